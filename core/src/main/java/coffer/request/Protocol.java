package coffer.request;

/** What a client speaks, where the two mean different things by the same request. */
public enum Protocol {
    COS,
    S3
}

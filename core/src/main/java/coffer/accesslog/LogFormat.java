package coffer.accesslog;

/** Whose lines logs have: those of whoever set the logging. */
public enum LogFormat {
    COS,
    S3
}

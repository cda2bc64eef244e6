package coffer.migration;

/** What a migration is at. */
public enum Phase {
    /** All rows and blobs are written into the other store. */
    COPY,
    /** All rows are compared, and all bytes are read again from the other store. */
    COMPARE
}

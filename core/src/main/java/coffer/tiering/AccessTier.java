package coffer.tiering;

/** Where intelligent tiering moves what nobody reads. */
public enum AccessTier {
    /** Only the rule {@code default} moves objects there, and nowhere else. */
    INFREQUENT,
    ARCHIVE_ACCESS,
    DEEP_ARCHIVE_ACCESS
}

package coffer.lock;

/** How firmly a version is kept. */
public enum RetentionMode {
    /** Nobody can change the version before its time. The only mode of COS. */
    COMPLIANCE,
    /** Who is allowed to bypass it can; a mode of S3. */
    GOVERNANCE
}

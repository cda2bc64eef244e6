package coffer.operation;

/** How far an operation is there. */
public enum Availability {
    /** It does what the reference says. */
    COMPLETE,
    /** It reads a setting that cannot be made yet, and answers what it would if nobody had. */
    NOT_CONFIGURED,
    /** It answers 501. */
    NOT_IMPLEMENTED
}

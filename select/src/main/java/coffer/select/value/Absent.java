package coffer.select.value;

/** Where there is no value. */
public enum Absent {
    /** A value that is known to be none. */
    NULL,
    /** A field that a record does not have. */
    MISSING
}

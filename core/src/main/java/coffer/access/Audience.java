package coffer.access;

/** As whom a caller is looked at when it is asked what others granted. */
enum Audience {
    /** As themselves and as one of everybody. */
    ANY,
    /** As one of everybody only. */
    EVERYBODY
}

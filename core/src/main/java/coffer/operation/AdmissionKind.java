package coffer.operation;

/** Who decides whether a caller may do what an operation does. */
enum AdmissionKind {
    /** The authorizer, asked about the action on the addressed bucket or object. */
    BY_ACTION,
    /** The same, of a bucket that is not there yet. */
    NEW_BUCKET,
    /** The handler, which learns from the body what the request is about or who signed it. */
    BY_HANDLER,
    /** Nobody: everybody may. */
    NONE
}

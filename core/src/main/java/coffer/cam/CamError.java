package coffer.cam;

/** What can be wrong with a change of accounts or of what belongs to one. */
public enum CamError {
    /** A value is not allowed. */
    INVALID_ARGUMENT(400, "InvalidArgument"),
    /** A policy cannot be understood. */
    MALFORMED_POLICY(400, "MalformedPolicy"),
    NO_SUCH_ENTITY(404, "NoSuchEntity"),
    ENTITY_ALREADY_EXISTS(409, "EntityAlreadyExists"),
    /** There are as many as there may be. */
    LIMIT_EXCEEDED(409, "LimitExceeded"),
    /** Something still depends on it. */
    DELETE_CONFLICT(409, "DeleteConflict"),
    /** Others are changing the same account all the time. */
    CONFLICT(409, "Conflict");

    private final int status;
    private final String code;

    CamError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The name on the wire. */
    public String code() {
        return code;
    }

    /** The error with a sentence that says what to do. */
    public CamException because(String sentence) {
        return new CamException(this, sentence);
    }
}

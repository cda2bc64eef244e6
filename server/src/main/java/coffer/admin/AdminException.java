package coffer.admin;

/** A request that is refused, with a sentence for whoever sent it. */
final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    AdminException(int status, String code, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
    }

    static AdminException invalid(String sentence) {
        return new AdminException(400, "InvalidArgument", sentence);
    }

    static AdminException notFound(String sentence) {
        return new AdminException(404, "NoSuchEntity", sentence);
    }

    static AdminException unauthorized(String sentence) {
        return new AdminException(401, "Unauthorized", sentence);
    }

    static AdminException forbidden(String sentence) {
        return new AdminException(403, "Forbidden", sentence);
    }

    static AdminException slowDown() {
        return new AdminException(
                429, "SlowDown", "Too many requests from your address had a wrong token or key; wait some seconds.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}

package coffer.sts;

/** A refused call. */
final class StsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StsError error;

    StsException(StsError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    StsError error() {
        return error;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}

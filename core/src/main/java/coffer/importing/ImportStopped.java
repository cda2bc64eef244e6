package coffer.importing;

/** Why an import cannot go on at all. The message is one for the user, and says what to do. */
public final class ImportStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImportStopped(String message) {
        super(message);
    }

    ImportStopped(String message, Throwable cause) {
        super(message, cause);
    }
}

package coffer.cli;

/** Ends a command with a sentence for the user. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int CANNOT_CONNECT = 3;

    private final int exitCode;

    private Failure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** The server said no, or something went wrong there. */
    static Failure refused(String sentence) {
        return new Failure(REFUSED, sentence);
    }

    /** What was asked for makes no sense. */
    static Failure usage(String sentence) {
        return new Failure(USAGE, sentence);
    }

    /** Nobody answers. */
    static Failure cannotConnect(String sentence) {
        return new Failure(CANNOT_CONNECT, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}

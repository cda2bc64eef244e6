package coffer.cam;

/** A change that is refused, with a sentence for whoever asked for it. */
public final class CamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CamError error;

    CamException(CamError error, String sentence) {
        super(sentence, null, false, false);
        this.error = error;
    }

    public CamError error() {
        return error;
    }

    /** What was wrong, a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

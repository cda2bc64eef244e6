package coffer.encryption;

/**
 * Says in a sentence for the operator why the master keys cannot be used and what to do. Never holds key material, nor a
 * stack trace: where it happened in the program is of no interest.
 */
public final class MasterKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MasterKeyException(String sentence) {
        super(sentence, null, false, false);
    }
}

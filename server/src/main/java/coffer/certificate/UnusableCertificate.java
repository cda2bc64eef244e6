package coffer.certificate;

/** Says in a sentence for the user why a certificate or its key cannot be used. */
public final class UnusableCertificate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableCertificate(String sentence) {
        super(sentence);
    }

    UnusableCertificate(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

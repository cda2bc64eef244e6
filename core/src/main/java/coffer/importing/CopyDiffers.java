package coffer.importing;

/** A copy is not what its source said it would be; it may be when it is made once more. */
final class CopyDiffers extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CopyDiffers(String message) {
        super(message);
    }
}

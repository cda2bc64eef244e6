package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;

/** How firmly a version is kept. */
public enum RetentionMode {
    /** Nobody can change the version before its time. The only mode of COS. */
    COMPLIANCE,
    /** Who is allowed to bypass it can; a mode of S3. */
    GOVERNANCE;

    /**
     * Reads a mode, in capitals only, as S3 does: a lock that cannot be undone is not to come of a near miss.
     *
     * @param name of the element or header, for the message
     * @throws CosException {@code InvalidArgument}
     */
    public static RetentionMode parse(String name, String text) {
        return switch (text) {
            case "COMPLIANCE" -> COMPLIANCE;
            case "GOVERNANCE" -> GOVERNANCE;
            default ->
                throw CosError.INVALID_ARGUMENT.because(
                        name + " must be COMPLIANCE or GOVERNANCE, not '" + text + "'.");
        };
    }
}

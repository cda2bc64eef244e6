package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import coffer.request.CosRequest;
import coffer.request.Protocol;

/** A key of the addressed bucket that a header names. */
final class NamedKey {
    private NamedKey() {}

    /**
     * Reads it; it may be percent-encoded, and is decoded once.
     *
     * @throws CosException {@code InvalidArgument} if it is absent or no encoded text, and as
     *     {@link ObjectKey#check(String, int)}
     */
    static String of(CosRequest request, String header) {
        String text = request.headers()
                .nonEmpty(header)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The header " + header + " is missing or empty."));
        String key;
        try {
            key = PercentCode.decodePath(text);
        } catch (CosException e) {
            throw CosError.INVALID_ARGUMENT.because("The header " + header + " is no key: write % as %25.");
        }
        ObjectKey.check(key, request.protocol() == Protocol.S3 ? ObjectKey.MAX_S3_BYTES : ObjectKey.MAX_BYTES);
        return key;
    }
}

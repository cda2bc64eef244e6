package coffer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosError;
import coffer.api.CosException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Where a listing goes on, in a form that clients do not take apart: base64 of the last name. */
final class ContinuationToken {
    private ContinuationToken() {}

    static String of(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8));
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static String read(String token) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw CosError.INVALID_ARGUMENT.because("The continuation token provided is incorrect.");
        }
    }
}

package coffer.encryption;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The headers that say how bytes are encrypted, in requests and answers. Source: COS API reference, "Common Request
 * Headers", section "Server-side encryption".
 */
public final class EncryptionHeaders {
    private static final String ALGORITHM = "x-cos-server-side-encryption";
    private static final String KEY_ID = "x-cos-server-side-encryption-cos-kms-key-id";
    private static final String CONTEXT = "x-cos-server-side-encryption-context";
    private static final String CUSTOMER = "x-cos-server-side-encryption-customer-";
    private static final String SOURCE_CUSTOMER = "x-cos-copy-source-server-side-encryption-customer-";

    private static final String SSE_COS = "AES256";
    private static final String SSE_KMS = "cos/kms";

    /** What a key service takes. Source: Tencent KMS API reference, "GenerateDataKey". */
    private static final int MAX_CONTEXT_BYTES = 1024;

    private static final JsonMapper JSON = new JsonMapper();

    private EncryptionHeaders() {}

    /**
     * What a write asks for: PUT, POST (its fields), a copy, the initiation of an upload.
     *
     * @param bucketDefault what its bucket does where the request says nothing
     * @throws CosException {@code InvalidArgument}, {@code SSEContentNotSupported}
     */
    public static EncryptionRequest ofWrite(Headers headers, Optional<BucketEncryption> bucketDefault) {
        if (areAbsent(headers)) {
            return bucketDefault.map(BucketEncryption::request).orElseGet(EncryptionRequest.None::new);
        }
        Optional<String> algorithm = headers.nonEmpty(ALGORITHM);
        Optional<CustomerKey> customer = customer(headers, CUSTOMER);
        if (customer.isPresent() && algorithm.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "Either " + ALGORITHM + " or a customer's key can encrypt an object, not both.");
        }
        boolean kms = algorithm.filter(SSE_KMS::equalsIgnoreCase).isPresent();
        if (!kms && isPresent(headers, KEY_ID, CONTEXT)) {
            throw CosError.INVALID_ARGUMENT.because(
                    KEY_ID + " and " + CONTEXT + " are for " + ALGORITHM + ": " + SSE_KMS + " only.");
        }
        if (customer.isPresent()) {
            return new EncryptionRequest.SseC(customer.get());
        }
        if (kms) {
            return new EncryptionRequest.SseKms(headers.nonEmpty(KEY_ID), context(headers), false);
        }
        if (algorithm.isEmpty()) {
            return bucketDefault.map(BucketEncryption::request).orElseGet(EncryptionRequest.None::new);
        }
        if (!algorithm.get().equalsIgnoreCase(SSE_COS)) {
            throw CosError.SSE_CONTENT_NOT_SUPPORTED.because(ALGORITHM + " must be AES256 or cos/kms.");
        }
        return new EncryptionRequest.SseCos();
    }

    /**
     * The key a request brings where only a customer's key has a meaning: GET, HEAD, Upload Part.
     *
     * @throws CosException {@code SSEHeaderNotAllowed} for other encryption headers; {@code InvalidArgument},
     *     {@code SSEContentNotSupported}
     */
    public static Optional<CustomerKey> ofRead(Headers headers) {
        if (areAbsent(headers)) {
            return Optional.empty();
        }
        refuse(headers);
        return customer(headers, CUSTOMER);
    }

    /**
     * The key that a later append brings. What else it asks for has been settled by the first one.
     *
     * @throws CosException {@code InvalidArgument}, {@code SSEContentNotSupported}
     */
    public static Optional<CustomerKey> ofAppend(Headers headers) {
        return customer(headers, CUSTOMER);
    }

    /**
     * The key that the source of a copy is to be read with.
     *
     * @throws CosException {@code InvalidArgument}, {@code SSEContentNotSupported}
     */
    public static Optional<CustomerKey> ofCopySource(Headers headers) {
        return customer(headers, SOURCE_CUSTOMER);
    }

    /**
     * Refuses headers that ask for SSE-COS or SSE-KMS where nothing is written. A customer's key is let pass: the Go SDK
     * sends it with DELETE.
     *
     * @throws CosException {@code SSEHeaderNotAllowed}
     */
    public static void refuse(Headers headers) {
        if (isPresent(headers, ALGORITHM, KEY_ID, CONTEXT)) {
            throw CosError.SSE_HEADER_NOT_ALLOWED.exception();
        }
    }

    /**
     * What an answer about an object or upload says of its encryption.
     *
     * @param given the key the request brought
     */
    public static List<Header> answered(Encryption encryption, Optional<CustomerKey> given) {
        return switch (encryption) {
            case Encryption.None _ -> List.of();
            case Encryption.SseCos _ -> List.of(new Header(ALGORITHM, SSE_COS));
            case Encryption.SseKms(WrappedKey key, String _) ->
                List.of(new Header(ALGORITHM, SSE_KMS), new Header(KEY_ID, key.keyId()));
            // Its MD5 is not stored; where no key is asked for, nothing is said.
            case Encryption.SseC _ ->
                given.map(key -> List.of(
                                new Header(CUSTOMER + "algorithm", CustomerKey.ALGORITHM),
                                new Header(CUSTOMER + "key-MD5", key.md5())))
                        .orElse(List.of());
        };
    }

    /** Whether a write leaves it to the bucket how its bytes are encrypted. Nearly all requests do: one look is enough. */
    public static boolean areAbsent(Headers headers) {
        for (Header header : headers.all()) {
            if (header.name().regionMatches(true, 0, ALGORITHM, 0, ALGORITHM.length())
                    && !header.value().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPresent(Headers headers, String... names) {
        return List.of(names).stream().anyMatch(name -> headers.nonEmpty(name).isPresent());
    }

    private static Optional<CustomerKey> customer(Headers headers, String prefix) {
        Optional<String> algorithm = headers.nonEmpty(prefix + "algorithm");
        Optional<String> key = headers.nonEmpty(prefix + "key");
        Optional<String> md5 = headers.nonEmpty(prefix + "key-MD5");
        if (algorithm.isEmpty() && key.isEmpty() && md5.isEmpty()) {
            return Optional.empty();
        }
        if (algorithm.isEmpty() || key.isEmpty() || md5.isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The headers " + prefix + "algorithm, -key and -key-MD5 must be sent together.");
        }
        return Optional.of(CustomerKey.parse(algorithm.get(), key.get(), md5.get()));
    }

    private static String context(Headers headers) {
        String base64 = headers.nonEmpty(CONTEXT).orElse("");
        if (base64.isEmpty()) {
            return "";
        }
        try {
            byte[] json = Base64.getDecoder().decode(base64);
            if (json.length <= MAX_CONTEXT_BYTES && JSON.readTree(json).isObject()) {
                return base64;
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // neither base64 nor JSON: the same error as another kind of JSON
        }
        throw CosError.INVALID_ARGUMENT.because(
                CONTEXT + " must be the base64 of a JSON object of at most " + MAX_CONTEXT_BYTES + " bytes.");
    }
}

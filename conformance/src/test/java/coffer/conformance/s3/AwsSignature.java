package coffer.conformance.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.conformance.Account;
import coffer.conformance.RawRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of S3, versions 4 and 2, written from their description and not from the server's code. Targets need no
 * escapes, and their parameters are in order. Source: S3 API reference, "Authenticating Requests".
 *
 * @param secretId the key's id
 * @param secretKey the key
 * @param region of the scope
 * @param time when it is made
 */
record AwsSignature(String secretId, String secretKey, String region, Instant time) {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** By the account's keys, now. */
    static AwsSignature now() {
        return new AwsSignature(Account.SECRET_ID, Account.SECRET_KEY, "us-east-1", Instant.now());
    }

    AwsSignature with(String otherKey) {
        return new AwsSignature(secretId, otherKey, region, time);
    }

    AwsSignature by(String otherId) {
        return new AwsSignature(otherId, secretKey, region, time);
    }

    AwsSignature in(String otherRegion) {
        return new AwsSignature(secretId, secretKey, otherRegion, time);
    }

    AwsSignature at(Instant otherTime) {
        return new AwsSignature(secretId, secretKey, region, otherTime);
    }

    String date() {
        return COMPACT.format(time.atOffset(ZoneOffset.UTC));
    }

    private String scope() {
        return date().substring(0, 8) + "/" + region + "/s3/aws4_request";
    }

    String credential() {
        return secretId + "/" + scope();
    }

    /** A request whose headers are all signed, and the signature that its chunks begin with. */
    record Signed(RawRequest request, String signature) {}

    /** Signs a request. {@code payload} is what it says of its body. */
    Signed sign(String method, String host, String target, String payload, SortedMap<String, String> more) {
        SortedMap<String, String> headers = new TreeMap<>(more);
        headers.put("host", host);
        headers.put("x-amz-content-sha256", payload);
        headers.put("x-amz-date", date());
        String names = String.join(";", headers.keySet());
        String signature = signature(canonical(method, target, headers, payload));
        RawRequest request = RawRequest.to(method, host, target);
        headers.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        request.header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + credential() + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return new Signed(request, signature);
    }

    /** Signs a request with no more headers than needed. */
    RawRequest sign(String method, String host, String target, String payload) {
        return sign(method, host, target, payload, new TreeMap<>()).request();
    }

    /** A target that carries its signature. */
    String presigned(String method, String host, String path, int seconds) {
        String target = path + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + credential().replace("/", "%2F") + "&X-Amz-Date=" + date() + "&X-Amz-Expires=" + seconds
                + "&X-Amz-SignedHeaders=host";
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host);
        return target + "&X-Amz-Signature=" + signature(canonical(method, target, headers, UNSIGNED));
    }

    /** One chunk of a body. */
    record Chunk(String text, String signature) {}

    /** A chunk, signed over the one before. */
    Chunk chunk(String text, String previous) {
        String signature = hmacHex("AWS4-HMAC-SHA256-PAYLOAD\n" + date() + "\n" + scope() + "\n" + previous + "\n"
                + digest("") + "\n" + digest(text));
        return new Chunk(
                Integer.toHexString(text.length()) + ";chunk-signature=" + signature + "\r\n" + text
                        + (text.isEmpty() ? "" : "\r\n"),
                signature);
    }

    /** What stands behind the last chunk. */
    String trailer(String line, String previous) {
        return line + "\r\nx-amz-trailer-signature:"
                + hmacHex("AWS4-HMAC-SHA256-TRAILER\n" + date() + "\n" + scope() + "\n" + previous + "\n"
                        + digest(line + "\n"))
                + "\r\n\r\n";
    }

    /** The signature of a form's policy. */
    String ofPolicy(String policy) {
        return hmacHex(policy);
    }

    /** A signature of version 2. */
    String version2(String text) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA1", secretKey.getBytes(UTF_8), text));
    }

    private String signature(String canonical) {
        return hmacHex("AWS4-HMAC-SHA256\n" + date() + "\n" + scope() + "\n" + digest(canonical));
    }

    private static String canonical(String method, String target, SortedMap<String, String> headers, String payload) {
        int mark = target.indexOf('?');
        StringBuilder text = new StringBuilder(method)
                .append('\n')
                .append(mark < 0 ? target : target.substring(0, mark))
                .append('\n')
                .append(mark < 0 ? "" : target.substring(mark + 1))
                .append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n')
                .append(String.join(";", headers.keySet()))
                .append('\n')
                .append(payload)
                .toString();
    }

    private String hmacHex(String text) {
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : scope().split("/", -1)) {
            key = hmac("HmacSHA256", key, part);
        }
        return HexFormat.of().formatHex(hmac("HmacSHA256", key, text));
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 in hex. */
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

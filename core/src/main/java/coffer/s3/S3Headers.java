package coffer.s3;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import coffer.api.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Headers of one dialect in the words of the other. Nearly all are {@code x-amz-} here and {@code x-cos-} there; those
 * that differ otherwise stand in the two tables. Source: S3 API reference, "Common request headers"; COS API reference,
 * "Common Request Headers".
 */
public final class S3Headers {
    static final String AMZ = "x-amz-";

    private static final String COS = "x-cos-";
    private static final String ENCRYPTION = "server-side-encryption";
    private static final String STORAGE_CLASS = "storage-class";
    private static final String CHUNKED = "aws-chunked";

    /** Names behind the prefix, of S3 and of COS. */
    private static final Map<String, String> TO_COS =
            Map.of("server-side-encryption-aws-kms-key-id", "server-side-encryption-cos-kms-key-id");

    private static final Map<String, String> TO_S3 = Map.of(
            "server-side-encryption-cos-kms-key-id", "server-side-encryption-aws-kms-key-id",
            "trace-id", "id-2");

    /** Parameters of signatures, which are no headers in the place of parameters. */
    private static final Set<String> SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-signedheaders",
            "x-amz-signature",
            "x-amz-security-token",
            "x-amz-content-sha256");

    private S3Headers() {}

    /**
     * What a COS client would have sent. Clients that presign put headers into the query; there they count unless the
     * header is there, too.
     *
     * @throws CosException {@code NotImplemented} for an encryption that there is not, {@code InvalidDigest} for an empty
     *     one
     */
    public static Headers toCos(Headers sent, Query query) {
        List<Header> headers = new ArrayList<>(sent.all().size());
        for (Header header : sent.all()) {
            headers.add(toCos(header));
        }
        for (Query.Parameter parameter : query.all()) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            if (name.startsWith(AMZ) && !SIGNATURE.contains(name) && !sent.hasAny(name)) {
                headers.add(toCos(new Header(name, parameter.value())));
            }
        }
        headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Encoding")
                && header.value().isEmpty()
                && !sent.first("Content-Encoding").orElse("").isEmpty());
        return Headers.of(headers);
    }

    /** What an S3 client expects. */
    public static List<Header> toS3(List<Header> answered) {
        List<Header> headers = new ArrayList<>(answered.size());
        for (Header header : answered) {
            headers.add(toS3(header));
        }
        return headers;
    }

    private static Header toCos(Header header) {
        String name = header.name();
        if (name.equalsIgnoreCase("Content-MD5") && header.value().isEmpty()) {
            throw CosError.INVALID_DIGEST.exception();
        }
        if (name.equalsIgnoreCase("Content-Encoding")) {
            return new Header(name, withoutChunked(header.value()));
        }
        if (!name.regionMatches(true, 0, AMZ, 0, AMZ.length())) {
            return header;
        }
        String suffix = name.substring(AMZ.length()).toLowerCase(Locale.ROOT);
        String value = switch (suffix) {
            case ENCRYPTION -> encryption(header.value());
            case STORAGE_CLASS -> S3StorageClass.toCos(header.value());
            default -> header.value();
        };
        return new Header(COS + TO_COS.getOrDefault(suffix, suffix), value);
    }

    private static Header toS3(Header header) {
        String name = header.name();
        if (!name.startsWith(COS) || name.equals("x-cos-hash-crc64ecma")) {
            return header;
        }
        String suffix = name.substring(COS.length());
        String value = switch (suffix) {
            case ENCRYPTION -> header.value().equals("cos/kms") ? "aws:kms" : header.value();
            case STORAGE_CLASS -> S3StorageClass.toS3(header.value());
            default -> header.value();
        };
        return new Header(AMZ + TO_S3.getOrDefault(suffix, suffix), value);
    }

    private static String encryption(String value) {
        return switch (value) {
            case "aws:kms" -> "cos/kms";
            case "aws:kms:dsse", "aws:fsx" ->
                throw CosError.NOT_IMPLEMENTED.because("Of x-amz-server-side-encryption there are AES256 and aws:kms.");
            default -> value;
        };
    }

    /** It says how the body is sent, not what the object is. */
    private static String withoutChunked(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.equalsIgnoreCase(CHUNKED))
                .collect(Collectors.joining(", "));
    }
}

package coffer.awssignature;

import coffer.api.Headers;
import coffer.api.PercentCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs requests as clients of S3 do, in headers and without their bodies. Source: AWS Signature Version 4, "Authenticating
 * requests (Authorization header)".
 */
public final class AwsRequestSigner {
    private static final String PAYLOAD = "UNSIGNED-PAYLOAD";

    private final String accessKey;
    private final String secretKey;
    private final String region;

    public AwsRequestSigner(String accessKey, String secretKey, String region) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
    }

    /**
     * What is to be sent beside the other headers.
     *
     * @param path as it is sent, encoded
     * @param query parameters, decoded
     * @param headers of which those of S3 are signed
     */
    public List<Headers.Header> sign(
            String method,
            String host,
            String path,
            List<Headers.Header> query,
            List<Headers.Header> headers,
            Instant now) {
        String time = AwsTime.compact(now);
        Scope scope = new Scope(time.substring(0, 8), region, "s3");
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put("host", host);
        signed.put("x-amz-content-sha256", PAYLOAD);
        signed.put("x-amz-date", time);
        headers.stream()
                .filter(header -> header.name().toLowerCase(Locale.ROOT).startsWith("x-amz-"))
                .forEach(header -> signed.put(
                        header.name().toLowerCase(Locale.ROOT), header.value().strip()));
        String names = String.join(";", signed.keySet());
        String canonical = method + "\n" + path + "\n" + parameters(query) + "\n"
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + PAYLOAD;
        String toSign = SignatureV4.ALGORITHM + "\n" + time + "\n" + scope.text() + "\n" + AwsHmac.digest(canonical);
        String signature = AwsHmac.sha256Hex(scope.signingKey(secretKey), toSign);
        String authorization = SignatureV4.ALGORITHM + " Credential=" + accessKey + "/" + scope.text()
                + ", SignedHeaders=" + names + ", Signature=" + signature;
        List<Headers.Header> added = new ArrayList<>();
        added.add(new Headers.Header("x-amz-content-sha256", PAYLOAD));
        added.add(new Headers.Header("x-amz-date", time));
        added.add(new Headers.Header("Authorization", authorization));
        return added;
    }

    private static String parameters(List<Headers.Header> query) {
        return query.stream()
                .map(pair -> PercentCode.encode(pair.name()) + "=" + PercentCode.encode(pair.value()))
                .sorted()
                .collect(Collectors.joining("&"));
    }
}

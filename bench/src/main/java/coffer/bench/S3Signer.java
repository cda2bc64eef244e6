package coffer.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signatures of S3. Source: AWS Signature Version 4, "Authenticating requests", in the query and in headers. */
final class S3Signer implements Signer {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final int VALID_SECONDS = 7 * 24 * 3600;

    private final String accessKey;
    private final String time;
    private final String scope;
    private final byte[] signingKey;

    S3Signer(String accessKey, String secretKey, String region, Instant now) {
        this.accessKey = accessKey;
        this.time = TIME.format(now);
        String day = time.substring(0, 8);
        this.scope = day + "/" + region + "/s3/aws4_request";
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String step : new String[] {day, region, "s3", "aws4_request"}) {
            key = Signer.hmac("HmacSHA256", key, step);
        }
        this.signingKey = key;
    }

    @Override
    public String presigned(String method, String host, String path, SortedMap<String, String> query) {
        SortedMap<String, String> all = new TreeMap<>(query);
        all.put("X-Amz-Algorithm", ALGORITHM);
        all.put("X-Amz-Credential", accessKey + "/" + scope);
        all.put("X-Amz-Date", time);
        all.put("X-Amz-Expires", Integer.toString(VALID_SECONDS));
        all.put("X-Amz-SignedHeaders", "host");
        String parameters = Signer.joined(all);
        String canonical = method + "\n" + path + "\n" + parameters + "\nhost:" + host + "\n\nhost\n" + PAYLOAD;
        return path + "?" + parameters + "&X-Amz-Signature=" + signature(canonical);
    }

    @Override
    public String headerLines(String method, String host, String path, SortedMap<String, String> query) {
        String names = "host;x-amz-content-sha256;x-amz-date";
        String canonical = method + "\n" + path + "\n" + Signer.joined(query) + "\nhost:" + host
                + "\nx-amz-content-sha256:" + PAYLOAD + "\nx-amz-date:" + time + "\n\n" + names + "\n" + PAYLOAD;
        return "x-amz-content-sha256: " + PAYLOAD + "\r\nx-amz-date: " + time + "\r\nAuthorization: " + ALGORITHM
                + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + signature(canonical) + "\r\n";
    }

    private String signature(String canonical) {
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + Signer.digest("SHA-256", canonical);
        return HexFormat.of().formatHex(Signer.hmac("HmacSHA256", signingKey, toSign));
    }
}

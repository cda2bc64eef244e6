package coffer.conformance.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client that speaks S3, with buckets in the path. Signature of version 4, written from its description. Source: S3 API
 * reference, "Authenticating Requests (AWS Signature Version 4)".
 *
 * @param key empty for a client without keys
 */
record S3Caller(CofferProcess server, Optional<AdminApi.Key> key) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    RawResponse send(String method, String target, String body, String... headers) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("host", server.authority());
        all.put("x-amz-content-sha256", UNSIGNED);
        all.put("x-amz-date", TIME.format(Instant.now()));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        RawRequest request = RawRequest.to(method, server.authority(), target);
        key.ifPresent(signer -> request.header("Authorization", authorization(signer, method, target, all)));
        all.remove("host");
        all.forEach(request::header);
        return RawConnection.exchange(server, request.body(body));
    }

    private static String authorization(
            AdminApi.Key key, String method, String target, SortedMap<String, String> headers) {
        String time = headers.getOrDefault("x-amz-date", "");
        String scope = time.substring(0, 8) + "/ap-guangzhou/s3/aws4_request";
        String names = String.join(";", headers.keySet());
        String[] parts = target.split("\\?", 2);
        String query = parts.length == 1
                ? ""
                : Arrays.stream(parts[1].split("&", -1))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", method, parts[0], query, lines, names, UNSIGNED);
        String text = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, HexFormat.of().formatHex(sha256(request)));
        byte[] signing = ("AWS4" + key.secretKey()).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            signing = hmac(signing, part);
        }
        return "AWS4-HMAC-SHA256 Credential=" + key.secretId() + "/" + scope + ", SignedHeaders=" + names
                + ", Signature=" + HexFormat.of().formatHex(hmac(signing, text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

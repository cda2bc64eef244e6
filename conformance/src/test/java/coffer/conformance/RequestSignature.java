package coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The request signature of COS, written from its description and not from the server's code. Source: COS API reference,
 * "Request Signature".
 *
 * @param secretId the key's id
 * @param secretKey the key
 * @param keyTime {@code start;end} in Unix seconds
 */
public record RequestSignature(String secretId, String secretKey, String keyTime) {
    private static final long HOUR = 3600;

    /** With the account's keys, from a minute before {@code now} to an hour after. */
    public static RequestSignature validAt(Instant now) {
        long second = now.getEpochSecond();
        return new RequestSignature(Account.SECRET_ID, Account.SECRET_KEY, (second - 60) + ";" + (second + HOUR));
    }

    /** The value of the Authorization header that covers all of {@code headers} and all parameters of {@code target}. */
    public String authorization(String method, String target, Map<String, String> headers) {
        int queryAt = target.indexOf('?');
        String path = queryAt < 0 ? target : target.substring(0, queryAt);
        SortedMap<String, String> parameters = encoded(queryAt < 0 ? Map.of() : query(target.substring(queryAt + 1)));
        SortedMap<String, String> signed = encoded(headers);
        String decodedPath = URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
        String request =
                String.join("\n", method.toLowerCase(Locale.ROOT), decodedPath, joined(parameters), joined(signed), "");
        return String.join(
                "&",
                "q-sign-algorithm=sha1",
                "q-ak=" + secretId,
                "q-sign-time=" + keyTime,
                "q-key-time=" + keyTime,
                "q-header-list=" + String.join(";", signed.keySet()),
                "q-url-param-list=" + String.join(";", parameters.keySet()),
                "q-signature=" + sign("sha1\n" + keyTime + "\n" + sha1(request) + "\n"));
    }

    /** The signature of a POST form's policy: over the decoded policy's SHA-1, without framing. */
    public String ofPolicy(String policy) {
        return sign(sha1(policy));
    }

    private String sign(String text) {
        return hmac(hmac(secretKey, keyTime), text);
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
        }
        return parameters;
    }

    private static SortedMap<String, String> encoded(Map<String, String> pairs) {
        SortedMap<String, String> sorted = new TreeMap<>();
        pairs.forEach((name, value) -> sorted.put(encode(name).toLowerCase(Locale.ROOT), encode(value)));
        return sorted;
    }

    private static String joined(SortedMap<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package coffer.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests. Written from the descriptions of the schemes, not from the server's code. */
public interface Signer {
    /**
     * A request target that is valid for hours.
     *
     * @param method upper case
     * @param host as it will stand in the Host header
     * @param path with its leading slash; of unreserved characters and slashes only, so encoded and decoded are the same
     * @param query decoded names and values, sorted
     */
    String presigned(String method, String host, String path, SortedMap<String, String> query);

    /**
     * The header lines that sign a request, each with its line end; valid for at least ten minutes. Parameters as above.
     */
    String headerLines(String method, String host, String path, SortedMap<String, String> query);

    /** {@code name=value} pairs, encoded, joined by {@code &}. */
    static String joined(SortedMap<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** All but unreserved characters as percent escapes. */
    static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return out.toString();
    }

    static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

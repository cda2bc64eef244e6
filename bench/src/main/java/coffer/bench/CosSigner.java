package coffer.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Signatures of COS. Source: COS API reference, "Request Signature". */
public final class CosSigner implements Signer {
    private final String secretId;
    private final String keyTime;
    private final byte[] signKey;

    public CosSigner(String secretId, String secretKey, Instant now) {
        this.secretId = secretId;
        this.keyTime = (now.getEpochSecond() - 60) + ";" + (now.getEpochSecond() + 24 * 3600);
        this.signKey = hex(Signer.hmac("HmacSHA1", secretKey.getBytes(StandardCharsets.UTF_8), keyTime))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String presigned(String method, String host, String path, SortedMap<String, String> query) {
        String own = query.isEmpty() ? "" : Signer.joined(query) + "&";
        return path + "?" + own + signature(method, host, path, query, Signer::encoded);
    }

    @Override
    public String headerLines(String method, String host, String path, SortedMap<String, String> query) {
        return "Authorization: " + signature(method, host, path, query, value -> value) + "\r\n";
    }

    private String signature(
            String method, String host, String path, SortedMap<String, String> query, UnaryOperator<String> encoding) {
        SortedMap<String, String> signed = new TreeMap<>();
        query.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        String format = method.toLowerCase(Locale.ROOT) + "\n" + path + "\n" + Signer.joined(signed) + "\nhost="
                + Signer.encoded(host) + "\n";
        String signature = hex(
                Signer.hmac("HmacSHA1", signKey, "sha1\n" + keyTime + "\n" + Signer.digest("SHA-1", format) + "\n"));
        String time = encoding.apply(keyTime);
        return "q-sign-algorithm=sha1&q-ak=" + secretId + "&q-sign-time=" + time + "&q-key-time=" + time
                + "&q-header-list=host&q-url-param-list=" + encoding.apply(String.join(";", signed.keySet()))
                + "&q-signature=" + signature;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

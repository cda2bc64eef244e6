package coffer.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bucket that is driven, and how.
 *
 * @param address where the sockets go
 * @param host what stands in the Host header
 * @param prefix before each key in the path: {@code /} where the host names the bucket, else {@code /<bucket>/}
 * @param signer signs each request
 * @param signatureIn where the signature stands
 */
record Target(InetSocketAddress address, String host, String prefix, Signer signer, SignatureIn signatureIn) {
    /** How requests are signed and buckets addressed. */
    enum Dialect {
        COS,
        S3
    }

    /** Where a signature stands. */
    enum SignatureIn {
        QUERY,
        HEADER
    }

    /** The same, signed in another place. */
    Target with(SignatureIn place) {
        return new Target(address, host, prefix, signer, place);
    }

    /** A bucket of a server that speaks COS: its host name is one of COS, whatever the address. */
    static Target cos(URI endpoint, String bucket, String region, String secretId, String secretKey, Instant now) {
        String host = bucket + ".cos." + region + ".myqcloud.com";
        return new Target(addressOf(endpoint), host, "/", new CosSigner(secretId, secretKey, now), SignatureIn.QUERY);
    }

    /** A bucket of a server that speaks S3, in path style. */
    static Target s3(URI endpoint, String bucket, String region, String accessKey, String secretKey, Instant now) {
        return new Target(
                addressOf(endpoint),
                endpoint.getAuthority(),
                "/" + bucket + "/",
                new S3Signer(accessKey, secretKey, region, now),
                SignatureIn.QUERY);
    }

    private static InetSocketAddress addressOf(URI endpoint) {
        return new InetSocketAddress(endpoint.getHost(), endpoint.getPort() < 0 ? 80 : endpoint.getPort());
    }

    /** The head of a request for a key, or for the bucket if the key is empty. */
    byte[] head(String method, String key, SortedMap<String, String> query, long bodyBytes) {
        String path = path(key);
        String target = path + (query.isEmpty() ? "" : "?" + Signer.joined(query));
        String signature = "";
        switch (signatureIn) {
            case QUERY -> target = signer.presigned(method, host, path, query);
            case HEADER -> signature = signer.headerLines(method, host, path, query);
        }
        String length = method.startsWith("P") ? "Content-Length: " + bodyBytes + "\r\n" : "";
        return (method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + signature + length + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** As above without parameters. */
    byte[] head(String method, String key, long bodyBytes) {
        return head(method, key, new TreeMap<>(), bodyBytes);
    }

    private String path(String key) {
        return key.isEmpty() && prefix.length() > 1 ? prefix.substring(0, prefix.length() - 1) : prefix + key;
    }
}

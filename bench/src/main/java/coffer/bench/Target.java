package coffer.bench;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/**
 * The bucket that is driven, and how.
 *
 * @param address where the sockets go
 * @param host what stands in the Host header
 * @param prefix before each key in the path: {@code /} where the host names the bucket, else {@code /<bucket>/}
 * @param signer signs each request
 * @param signatureIn where the signature stands
 * @param tls for https: trusts any server, since only its speed is of interest
 */
record Target(
        InetSocketAddress address,
        String host,
        String prefix,
        Signer signer,
        SignatureIn signatureIn,
        Optional<SslContext> tls) {
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
        return new Target(address, host, prefix, signer, place, tls);
    }

    /** A bucket of a server that speaks COS: its host name is one of COS, whatever the address. */
    static Target cos(URI endpoint, String bucket, String region, String secretId, String secretKey, Instant now) {
        String host = bucket + ".cos." + region + ".myqcloud.com";
        return new Target(
                addressOf(endpoint),
                host,
                "/",
                new CosSigner(secretId, secretKey, now),
                SignatureIn.QUERY,
                tls(endpoint));
    }

    /** A bucket of a server that speaks S3, in path style. */
    static Target s3(URI endpoint, String bucket, String region, String accessKey, String secretKey, Instant now) {
        return new Target(
                addressOf(endpoint),
                endpoint.getAuthority(),
                "/" + bucket + "/",
                new S3Signer(accessKey, secretKey, region, now),
                SignatureIn.QUERY,
                tls(endpoint));
    }

    private static InetSocketAddress addressOf(URI endpoint) {
        int usual = isHttps(endpoint) ? 443 : 80;
        return new InetSocketAddress(endpoint.getHost(), endpoint.getPort() < 0 ? usual : endpoint.getPort());
    }

    private static boolean isHttps(URI endpoint) {
        return endpoint.getScheme().equals("https");
    }

    private static Optional<SslContext> tls(URI endpoint) {
        try {
            return isHttps(endpoint)
                    ? Optional.of(SslContextBuilder.forClient()
                            .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .endpointIdentificationAlgorithm(null)
                            .build())
                    : Optional.empty();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
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

package coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Clients of the AWS SDK for Java, which is told nothing of COS. A retry would hide a failure, so there is none. */
public final class S3Sdk {
    private S3Sdk() {}

    /** The account's keys. */
    public static AwsCredentials credentials() {
        return AwsBasicCredentials.create(Account.SECRET_ID, Account.SECRET_KEY);
    }

    /** A client that names the server by its address, and so buckets in the path. The caller closes it. */
    public static S3Client client(CofferProcess server) {
        return client(server, credentials());
    }

    /** As above with other keys. */
    public static S3Client client(CofferProcess server, AwsCredentials credentials) {
        return builder(credentials)
                .endpointOverride(URI.create("http://" + server.authority()))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** A client by https that trusts the CA for development of the server. The caller closes it. */
    public static S3Client secure(CofferProcess server, Trust trust) {
        return builder(credentials())
                .endpointOverride(
                        URI.create("https://localhost:" + server.address().getPort()))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.builder()
                        .tlsTrustManagersProvider(trust::managers)
                        .build())
                .build();
    }

    /** Signs URLs for the server. The caller closes it. */
    public static S3Presigner presigner(CofferProcess server) {
        return S3Presigner.builder()
                .endpointOverride(URI.create("http://" + server.authority()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials()))
                .build();
    }

    /** A client that puts buckets into the host name, which a proxy, the server itself, resolves. The caller closes it. */
    public static S3Client virtualHosted(CofferProcess server, String host) {
        return builder(credentials())
                .endpointOverride(URI.create("http://" + host))
                .httpClient(UrlConnectionHttpClient.builder()
                        .proxyConfiguration(ProxyConfiguration.builder()
                                .endpoint(URI.create("http://" + server.authority()))
                                .build())
                        .build())
                .build();
    }

    private static S3ClientBuilder builder(AwsCredentials credentials) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    /** The name of a bucket for S3 clients: without the APPID. */
    public static String name(TestBucket bucket) {
        return bucket.name().substring(0, bucket.name().length() - Account.APPID.length() - 1);
    }

    /** Runs a call that the server must refuse with this status and code, and hands back what the SDK threw. */
    public static S3Exception assertRefused(int status, String code, Executable call) {
        S3Exception refused = assertThrows(S3Exception.class, call);
        assertThat(refused.awsErrorDetails().errorCode() + " " + refused.statusCode())
                .as(refused.getMessage())
                .isEqualTo(code + " " + status);
        assertThat(refused.requestId()).isNotBlank();
        return refused;
    }
}

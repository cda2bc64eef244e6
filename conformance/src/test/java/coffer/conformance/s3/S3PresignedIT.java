package coffer.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** URLs that the AWS SDK for Java has signed, used by a client that knows nothing of S3. */
@ExtendWith(SharedCoffer.class)
class S3PresignedIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void putsAndGets(TestBucket bucket, CofferProcess server)
            throws IOException, InterruptedException, URISyntaxException {
        String name = S3Sdk.name(bucket);
        try (S3Presigner presigner = S3Sdk.presigner(server);
                HttpClient client = HttpClient.newHttpClient()) {
            PresignedPutObjectRequest put = presigner.presignPutObject(request -> request.signatureDuration(MINUTE)
                    .putObjectRequest(object -> object.bucket(name)
                            .key("a b/ü")
                            .contentType("text/x-a")
                            .metadata(java.util.Map.of("colour", "blue"))));
            HttpRequest.Builder upload =
                    HttpRequest.newBuilder(put.url().toURI()).PUT(HttpRequest.BodyPublishers.ofString("hello"));
            put.signedHeaders().forEach((header, values) -> {
                if (!header.equalsIgnoreCase("host")) {
                    upload.header(header, values.getFirst());
                }
            });
            HttpResponse<String> stored = client.send(upload.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
            URI url = presigner
                    .presignGetObject(request -> request.signatureDuration(MINUTE)
                            .getObjectRequest(
                                    object -> object.bucket(name).key("a b/ü").responseContentType("text/x-b")))
                    .url()
                    .toURI();
            HttpResponse<String> got =
                    client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(got.body()).isEqualTo("hello");
            assertThat(got.headers().firstValue("Content-Type")).contains("text/x-b");
            assertThat(got.headers().firstValue("x-amz-meta-colour")).contains("blue");
        }
    }
}

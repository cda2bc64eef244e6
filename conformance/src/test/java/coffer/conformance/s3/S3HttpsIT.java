package coffer.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.Trust;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** By https the AWS SDK for Java signs no chunks: it sends a checksum behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3HttpsIT {
    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("s3-https-").resolve("data"), Map.of("COFFER_DEV_TLS", "true"));

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void sendsChunksWithAChecksum() {
        byte[] bytes = Scratch.bytes(900_000, 8);
        try (S3Client s3 = S3Sdk.secure(server, Trust.in(server.devCa("ca.pem")))) {
            s3.createBucket(request -> request.bucket("secure"));
            s3.putObject(request -> request.bucket("secure").key("k"), RequestBody.fromBytes(bytes));
            assertThat(s3.getObjectAsBytes(request -> request.bucket("secure").key("k"))
                            .asByteArrayUnsafe())
                    .isEqualTo(bytes);
        }
    }
}

package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting, stopping and starting twice. */
class LifeOfAProcessIT {
    private static final String BUCKET = "life-1250000000";

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("life-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void aSecondServerOnTheSameFolderRefuses() {
        CofferProcess.Ended refusal = CofferProcess.startRefused(server.dataDirectory());
        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.output())
                .contains(server.dataDirectory().getFileName().toString())
                .doesNotContain("\tat ");
        bucket.put("k", "the first one still serves");
        assertThat(bucket.text("k")).isEqualTo("the first one still serves");
    }

    @Test
    void stopsWhenAskedAndStartsWithEverything() {
        bucket.put("k", "text");
        server.askToStop();
        assertThat(server.exitCode()).isIn(0, 143);
        server.startAgain();
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(cos.doesBucketExist(BUCKET)).isTrue();
    }

    @Test
    void finishesARequestInFlightBeforeItStops() throws InterruptedException {
        byte[] bytes = Scratch.bytes(2_000_000, 8);
        RawRequest put = bucket.request("PUT", "/k").body(bytes).signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            connection.send(Arrays.copyOf(bytes, 1_000_000));
            server.askToStop();
            Thread.sleep(500);
            connection.send(Arrays.copyOfRange(bytes, 1_000_000, bytes.length));
            RawResponse answer = connection.read(put);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        server.exitCode();
        server.startAgain();
        assertThat(bucket.bytes("k")).isEqualTo(bytes);
    }
}

package coffer.conformance.process;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.GetSymlinkRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutSymlinkRequest;
import com.qcloud.cos.model.RenameRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Restorations go on, and symlinks lead on, after the server was killed or stopped. */
class RestoreAfterKillIT {
    private final CofferProcess server = CofferProcess.start(
            Scratch.directory("restore-").resolve("data"), Map.of("COFFER_RESTORE_DELAY", "standard=3h,bulk=2s"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "cold-1250000000");

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void nothingIsForgottenByAKillOrARestart() throws InterruptedException {
        for (String key : new String[] {"frozen", "ongoing", "soon", "done"}) {
            ObjectMetadata archived = new ObjectMetadata();
            archived.setHeader("x-cos-storage-class", "ARCHIVE");
            bucket.put(key, key.getBytes(UTF_8), archived);
        }
        bucket.put("renamed", "plain");
        assertThat(restore("ongoing", "Standard").status()).isEqualTo(202);
        assertThat(restore("done", "Expedited").status()).isEqualTo(202);
        cos.putSymlink(new PutSymlinkRequest(bucket.name(), "link", "done"));
        cos.rename(new RenameRequest(bucket.name(), "renamed", "plain"));
        assertThat(restore("soon", "Bulk").status()).isEqualTo(202);
        String head = ongoing();

        server.kill();
        server.startAgain();
        assertThat(ongoing()).isEqualTo(head);
        assertKept();

        server.askToStop();
        server.exitCode();
        server.startAgain();
        assertThat(ongoing()).isEqualTo(head);
        assertKept();
        for (int i = 0; i < 100 && bucket.exchange("GET", "/soon").status() != 200; i++) {
            Thread.sleep(100);
        }
        assertThat(bucket.text("soon")).isEqualTo("soon");
        server.askToStop();
        server.exitCode();
        CofferProcess.Ended verified = CofferProcess.verify(server.dataDirectory());
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }

    private String ongoing() {
        RawResponse head = bucket.exchange("HEAD", "/ongoing");
        assertThat(head.header("x-cos-restore")).contains("ongoing-request=\"true\"");
        return head.header("x-cos-restore-status").orElseThrow();
    }

    private void assertKept() {
        assertRefused(403, "InvalidObjectState", () -> bucket.text("frozen"));
        assertRefused(403, "InvalidObjectState", () -> bucket.text("ongoing"));
        assertAnswered(409, "RestoreAlreadyInProgress", restore("ongoing", "Standard"));
        assertThat(bucket.text("done")).isEqualTo("done");
        assertThat(bucket.text("link")).isEqualTo("done");
        assertThat(cos.getSymlink(new GetSymlinkRequest(bucket.name(), "link", null))
                        .getTarget())
                .isEqualTo("done");
        assertThat(bucket.text("plain")).isEqualTo("plain");
        assertThat(cos.doesObjectExist(bucket.name(), "renamed")).isFalse();
    }

    private RawResponse restore(String key, String tier) {
        return bucket.exchange(bucket.request("POST", "/" + key + "?restore")
                .body("<RestoreRequest><Days>1</Days><CASJobParameters><Tier>" + tier
                        + "</Tier></CASJobParameters></RestoreRequest>"));
    }
}

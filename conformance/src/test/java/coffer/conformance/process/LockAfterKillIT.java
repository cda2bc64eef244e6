package coffer.conformance.process;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.ObjectMetadata;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is locked is locked after the server was killed or stopped, and so is what is written then. */
class LockAfterKillIT {
    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("lock-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket plain = TestBucket.create(server, cos, "plain-1250000000");
    private final TestBucket versioned = TestBucket.create(server, cos, "versioned-1250000000");

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void nothingIsUnlockedByAKillOrARestart() {
        put(
                plain,
                "/?object-lock",
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
                        + "<DefaultRetention><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>");
        put(
                versioned,
                "/?object-lock",
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
                        + "</ObjectLockConfiguration>");
        versioned.enableVersioning();
        plain.put("k", "text");
        ObjectMetadata retained = new ObjectMetadata();
        retained.setHeader("x-cos-object-lock-mode", "COMPLIANCE");
        retained.setHeader(
                "x-cos-object-lock-retain-until-date",
                Instant.now().plusSeconds(3600).toString());
        String first = versioned.put("k", "first".getBytes(UTF_8), retained).getVersionId();
        String held = versioned.put("k", "second").getVersionId();
        put(versioned, "/k?legal-hold&versionId=" + held, "<LegalHold><Status>ON</Status></LegalHold>");
        String free = versioned.put("k", "third").getVersionId();

        server.kill();
        server.startAgain();
        assertKept("k", first, held);
        plain.put("later", "text");

        server.askToStop();
        server.exitCode();
        server.startAgain();
        assertKept("later", first, held);
        assertKept("k", first, held);
        cos.deleteVersion(versioned.name(), "k", free);
        assertThat(versioned.text("k")).isEqualTo("second");
    }

    private void assertKept(String key, String first, String held) {
        assertRefused(409, "ObjectLocked", () -> plain.put(key, "new"));
        assertRefused(409, "ObjectLocked", () -> cos.deleteObject(plain.name(), key));
        assertRefused(409, "ObjectLocked", () -> cos.deleteVersion(versioned.name(), "k", first));
        assertRefused(409, "ObjectLocked", () -> cos.deleteVersion(versioned.name(), "k", held));
        assertThat(plain.text(key)).isEqualTo("text");
        assertThat(versioned.text("k", first)).isEqualTo("first");
    }

    private static void put(TestBucket bucket, String target, String document) {
        RawResponse answer = bucket.exchange(bucket.request("PUT", target).body(document));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}

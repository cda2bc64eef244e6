package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.DeleteObjectsRequest.KeyVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions that were acknowledged are there after the server was killed, each of them once; deleted ones are not. */
class VersionsKillIT {
    private static final String BUCKET = "versions-1250000000";
    private static final int WRITERS = 8;
    private static final int KEYS = 5;
    private static final int STEPS_BEFORE_THE_KILL = 300;

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("versions-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    /** Key and version id to what was put; a version leaves before its deletion is asked for. */
    private final Map<KeyVersion, String> acknowledged = new ConcurrentHashMap<>();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void everyAcknowledgedVersionIsThereOnce() throws InterruptedException {
        bucket.enableVersioning();
        for (int round = 0; round < 3; round++) {
            workUntilKilled(round);
            server.startAgain();
            check();
        }
        server.askToStop();
        assertThat(server.exitCode()).isIn(0, 143);
        CofferProcess.Ended verified = CofferProcess.verify(server.dataDirectory(), "--repair");
        assertThat(verified.output()).doesNotContain("LOSS").doesNotContain("DAMAGE");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }

    @Test
    void versionsMarkersAndTheStateSurviveARestart() {
        bucket.put("k", "null");
        bucket.enableVersioning();
        byte[] large = Scratch.bytes(1_500_000, 3);
        String first = bucket.put("k", large).getVersionId();
        String second = bucket.put("k", "second").getVersionId();
        cos.deleteObject(BUCKET, "k");
        bucket.suspendVersioning();
        List<String> before = lines();
        assertThat(before).hasSize(4);
        server.askToStop();
        server.exitCode();
        server.startAgain();
        assertThat(lines()).isEqualTo(before);
        assertThat(bucket.text("k", "null")).isEqualTo("null");
        assertThat(bucket.text("k", first)).isEqualTo(new String(large, UTF_8));
        assertThat(bucket.text("k", second)).isEqualTo("second");
        assertThat(bucket.put("k", "suspended").getVersionId()).isNull();
        assertThat(bucket.text("k", "null")).isEqualTo("suspended");
    }

    private void workUntilKilled(int round) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(STEPS_BEFORE_THE_KILL);
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(round * 100L + writer);
                writers.execute(() -> {
                    while (!killed.get()) {
                        try {
                            step(random);
                        } catch (CosServiceException refused) {
                            throw refused;
                        } catch (CosClientException hungUp) {
                            return;
                        }
                        enough.countDown();
                    }
                });
            }
            assertThat(enough.await(120, TimeUnit.SECONDS)).isTrue();
            server.kill();
            killed.set(true);
        }
    }

    /** All writers work on the same few keys. */
    private void step(Random random) {
        String key = "k" + random.nextInt(KEYS);
        int choice = random.nextInt(10);
        if (choice < 7) {
            String text = random.nextLong() + " " + "x".repeat(random.nextInt(8) == 0 ? 600_000 : random.nextInt(3000));
            acknowledged.put(new KeyVersion(key, bucket.put(key, text).getVersionId()), text);
        } else if (choice < 8) {
            cos.deleteObject(BUCKET, key);
        } else {
            List<KeyVersion> victims = acknowledged.keySet().stream().limit(3).toList();
            victims.forEach(acknowledged::remove);
            if (!victims.isEmpty()) {
                DeleteObjectsRequest request = new DeleteObjectsRequest(BUCKET);
                request.setKeys(victims);
                cos.deleteObjects(request);
                victims.forEach(victim -> deleted.add(victim.getVersion()));
            }
        }
    }

    private void check() {
        List<COSVersionSummary> listed = bucket.versions();
        assertThat(listed).extracting(COSVersionSummary::getVersionId).doesNotHaveDuplicates();
        assertThat(listed).extracting(COSVersionSummary::getVersionId).doesNotContainAnyElementsOf(deleted);
        List<String> ids = new ArrayList<>();
        Map<String, COSVersionSummary> newest = new HashMap<>();
        for (COSVersionSummary kept : listed) {
            ids.add(kept.getKey() + kept.getVersionId());
            assertThat(kept.isLatest())
                    .as(kept.getKey() + " " + kept.getVersionId())
                    .isEqualTo(newest.putIfAbsent(kept.getKey(), kept) == null);
        }
        acknowledged.forEach((version, text) -> {
            assertThat(ids).contains(version.getKey() + version.getVersion());
            assertThat(bucket.text(version.getKey(), version.getVersion()).equals(text))
                    .as(version.getVersion())
                    .isTrue();
        });
        newest.forEach((key, kept) ->
                assertThat(cos.doesObjectExist(BUCKET, key)).as(key).isEqualTo(!kept.isDeleteMarker()));
    }

    private List<String> lines() {
        return bucket.versions().stream()
                .map(kept ->
                        kept.getKey() + " " + kept.getVersionId() + " " + kept.isLatest() + " " + kept.isDeleteMarker())
                .toList();
    }
}

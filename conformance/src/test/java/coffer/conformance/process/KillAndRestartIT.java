package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there after the server was killed at any moment. */
class KillAndRestartIT {
    private static final String BUCKET = "kill-1250000000";
    private static final int WRITERS = 8;
    private static final int WRITTEN_BEFORE_THE_KILL = 400;

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("kill-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void everyAcknowledgedObjectIsThereByteForByte() throws InterruptedException {
        Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
        Set<String> attempted = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 3; round++) {
            writeUntilKilled(round, attempted, acknowledged);
            server.startAgain();
            assertAllThere(attempted, acknowledged);
        }
    }

    @Test
    void anOverwrittenObjectIsTheOldOneOrTheNewOne() throws InterruptedException {
        bucket.put("same", payload("same", 0));
        AtomicBoolean killed = new AtomicBoolean();
        CountDownLatch some = new CountDownLatch(100);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 1; !killed.get(); i++) {
                try {
                    bucket.put("same", payload("same", i));
                    some.countDown();
                } catch (CosClientException hungUp) {
                    return;
                }
            }
        });
        assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
        server.kill();
        killed.set(true);
        writer.join();
        server.startAgain();
        byte[] found = bucket.bytes("same");
        int number = Integer.parseInt(new String(found, UTF_8).split(" ", 3)[1]);
        assertThat(number).isGreaterThanOrEqualTo(100);
        assertThat(found).isEqualTo(payload("same", number));
    }

    @Test
    void bucketsUploadsAndDeletesAreKept() {
        bucket.put("kept", "kept");
        bucket.put("deleted", "deleted");
        cos.deleteObject(BUCKET, "deleted");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/css");
        metadata.addUserMetadata("name", "中");
        bucket.put("described", "x".getBytes(UTF_8), metadata);
        byte[] large = Scratch.bytes(9_000_001, 4);
        bucket.put("large", large);
        String upload = cos.initiateMultipartUpload(
                        new com.qcloud.cos.model.InitiateMultipartUploadRequest(BUCKET, "film"))
                .getUploadId();
        PartETag first = part(upload, 1, 1 << 20);

        server.kill();
        server.startAgain();

        PartETag second = part(upload, 2, 77);
        cos.completeMultipartUpload(new com.qcloud.cos.model.CompleteMultipartUploadRequest(
                BUCKET, "film", upload, new ArrayList<>(List.of(first, second))));
        assertThat(bucket.bytes("film")).hasSize((1 << 20) + 77);
        assertThat(bucket.text("kept")).isEqualTo("kept");
        assertThat(cos.doesObjectExist(BUCKET, "deleted")).isFalse();
        assertThat(bucket.bytes("large")).isEqualTo(large);
        ObjectMetadata described = cos.getObjectMetadata(BUCKET, "described");
        assertThat(described.getContentType()).isEqualTo("text/css");
        assertThat(described.getUserMetadata()).containsEntry("name", "中");
        assertThat(cos.listObjects(BUCKET).getObjectSummaries())
                .extracting(COSObjectSummary::getKey)
                .containsExactly("described", "film", "kept", "large");
    }

    private void writeUntilKilled(int round, Set<String> attempted, Map<String, byte[]> acknowledged)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(WRITTEN_BEFORE_THE_KILL);
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "r" + round + "/w" + writer + "/";
                writers.execute(() -> {
                    for (int i = 0; !killed.get(); i++) {
                        String key = prefix + i;
                        byte[] bytes = payload(key, i);
                        attempted.add(key);
                        try {
                            bucket.put(key, bytes);
                        } catch (CosClientException hungUp) {
                            return;
                        }
                        acknowledged.put(key, bytes);
                        enough.countDown();
                    }
                });
            }
            assertThat(enough.await(120, TimeUnit.SECONDS)).isTrue();
            server.kill();
            killed.set(true);
        }
    }

    /** Every acknowledged key is listed and whole; a key never acknowledged may be there, but then it is whole too. */
    private void assertAllThere(Set<String> attempted, Map<String, byte[]> acknowledged) {
        Set<String> listed = new HashSet<>();
        ObjectListing page = cos.listObjects(BUCKET);
        while (true) {
            page.getObjectSummaries().forEach(object -> listed.add(object.getKey()));
            if (!page.isTruncated()) {
                break;
            }
            page = cos.listNextBatchOfObjects(page);
        }
        assertThat(listed).containsAll(acknowledged.keySet());
        assertThat(attempted).containsAll(listed);
        for (String key : listed) {
            byte[] expected = payload(key, Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)));
            assertThat(Arrays.equals(bucket.bytes(key), expected)).as(key).isTrue();
        }
    }

    /** Sizes on both sides of what an engine may keep with its metadata. */
    private static byte[] payload(String key, int number) {
        return (key + " " + number + " " + "x".repeat(number % 7 == 0 ? 20_000 : number % 1000)).getBytes(UTF_8);
    }

    private PartETag part(String upload, int number, int size) {
        return cos.uploadPart(new UploadPartRequest()
                        .withBucketName(BUCKET)
                        .withKey("film")
                        .withUploadId(upload)
                        .withPartNumber(number)
                        .withPartSize(size)
                        .withInputStream(new ByteArrayInputStream(Scratch.bytes(size, number))))
                .getPartETag();
    }
}

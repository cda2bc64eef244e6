package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed again and again under load. Of each key is known which contents it may have: after an answer
 * exactly one, after a connection that broke the old or the new one.
 */
class KillLoopIT {
    private static final String BUCKET = "loop-1250000000";
    private static final int WRITERS = 8;
    private static final int KEYS_EACH = 10;
    private static final int ABSENT = 0;
    private static final int MIB = 1024 * 1024;

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("loop-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    /** Key to the numbers of the contents it may have. */
    private final Map<String, Set<Integer>> possible = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingElseAppears() throws InterruptedException, ExecutionException {
        long seed = Long.getLong("coffer.kill.seed", System.nanoTime());
        int rounds = Integer.getInteger("coffer.kill.rounds", 4);
        System.err.println("killed " + rounds + " times with seed " + seed);
        Random random = new Random(seed);
        for (int round = 1; round <= rounds; round++) {
            workUntilKilled(random, round);
            server.startAgain();
            checkAll();
        }
        server.askToStop();
        assertThat(server.exitCode()).isZero();
        CofferProcess.Ended verified = CofferProcess.verify(server.dataDirectory(), "--repair");
        assertThat(verified.output()).doesNotContain("LOSS").doesNotContain("DAMAGE");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }

    private void workUntilKilled(Random random, int round) throws InterruptedException, ExecutionException {
        AtomicBoolean killed = new AtomicBoolean();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "w" + writer + "/";
                Random own = new Random(random.nextLong());
                work.add(writers.submit(() -> {
                    for (int i = 1; !killed.get(); i++) {
                        step(prefix + own.nextInt(KEYS_EACH), round * 1_000_000 + i, own);
                    }
                }));
            }
            LockSupport.parkNanos(300_000_000L + random.nextInt(1_500_000_000));
            server.kill();
            killed.set(true);
        }
        for (Future<?> one : work) {
            one.get();
        }
    }

    private void step(String key, int number, Random random) {
        int choice = random.nextInt(20);
        if (choice < 12) {
            change(key, number, () -> bucket.put(key, content(number)));
        } else if (choice < 13) {
            change(key, number, () -> putInParts(key, content(number)));
        } else if (choice < 16) {
            change(key, ABSENT, () -> cos.deleteObject(BUCKET, key));
        } else {
            try {
                assertThat(possible(key)).contains(found(key));
            } catch (CosServiceException refused) {
                throw refused;
            } catch (CosClientException hungUp) {
                // nothing is known, nothing has changed
            }
        }
    }

    private void change(String key, int number, Runnable call) {
        Set<Integer> either = new HashSet<>(possible(key));
        either.add(number);
        possible.put(key, either);
        try {
            call.run();
            possible.put(key, Set.of(number));
        } catch (CosServiceException refused) {
            throw refused;
        } catch (CosClientException hungUp) {
            // it may be there or not
        }
    }

    private void putInParts(String key, byte[] bytes) {
        String upload = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, key))
                .getUploadId();
        List<PartETag> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += MIB) {
            int size = Math.min(MIB, bytes.length - from);
            parts.add(cos.uploadPart(new UploadPartRequest()
                            .withBucketName(BUCKET)
                            .withKey(key)
                            .withUploadId(upload)
                            .withPartNumber(parts.size() + 1)
                            .withPartSize(size)
                            .withInputStream(new ByteArrayInputStream(bytes, from, size)))
                    .getPartETag());
        }
        cos.completeMultipartUpload(new CompleteMultipartUploadRequest(BUCKET, key, upload, parts));
    }

    /** After a start each key has one of the contents it may have, and from then on it is that one. */
    private void checkAll() {
        Set<String> listed = new HashSet<>();
        ObjectListing page = cos.listObjects(BUCKET);
        page.getObjectSummaries().forEach(object -> listed.add(object.getKey()));
        while (page.isTruncated()) {
            page = cos.listNextBatchOfObjects(page);
            page.getObjectSummaries().forEach(object -> listed.add(object.getKey()));
        }
        assertThat(possible.keySet()).containsAll(listed);
        possible.replaceAll((key, numbers) -> {
            int found = found(key);
            assertThat(numbers).as(key).contains(found);
            assertThat(listed.contains(key)).as(key).isEqualTo(found != ABSENT);
            return Set.of(found);
        });
    }

    /** The number of what a key has. */
    private int found(String key) {
        byte[] bytes;
        try {
            bytes = bucket.bytes(key);
        } catch (CosServiceException e) {
            assertThat(e.getErrorCode()).as(key).isEqualTo("NoSuchKey");
            return ABSENT;
        } catch (java.io.UncheckedIOException hungUp) {
            throw new CosClientException("the connection broke", hungUp);
        }
        int number = java.nio.ByteBuffer.wrap(bytes).getInt();
        assertThat(Arrays.equals(bytes, content(number))).as(key).isTrue();
        return number;
    }

    /** Bytes that follow from a number, which they begin with: most are short, some lie in files of their own. */
    private static byte[] content(int number) {
        Random random = new Random(number);
        int size = random.nextInt(10) == 0 ? 700_000 + random.nextInt(3 * MIB) : 4 + random.nextInt(20_000);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        java.nio.ByteBuffer.wrap(bytes).putInt(number);
        return bytes;
    }

    private Set<Integer> possible(String key) {
        return possible.getOrDefault(key, Set.of(ABSENT));
    }
}

package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.TestBucket;
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

/**
 * Writers that change keys of their own in one bucket while something goes wrong. Of each key is known which contents it
 * may have: after an answer exactly one, after a connection that broke, or a server that could not say, the old or the
 * new one.
 */
final class ChangingKeys {
    private static final int WRITERS = 8;
    private static final int KEYS_EACH = 10;
    private static final int ABSENT = 0;
    private static final int MIB = 1024 * 1024;
    private static final int UNAVAILABLE = 503;

    private final List<TestBucket> buckets;

    /** Key to the numbers of the contents it may have. */
    private final Map<String, Set<Integer>> possible = new ConcurrentHashMap<>();

    /** Of one bucket, by each server that has it. */
    ChangingKeys(List<TestBucket> buckets) {
        this.buckets = List.copyOf(buckets);
    }

    /**
     * Works.
     *
     * @param round of rounds, none twice
     * @param meanwhile when it returns the work ends
     */
    void workDuring(Random random, int round, Runnable meanwhile) throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "w" + writer + "/";
                Random own = new Random(random.nextLong());
                work.add(writers.submit(() -> {
                    for (int i = 1; !over.get(); i++) {
                        step(prefix + own.nextInt(KEYS_EACH), round * 1_000_000 + i, own);
                    }
                }));
            }
            try {
                meanwhile.run();
            } finally {
                over.set(true);
            }
        }
        for (Future<?> one : work) {
            one.get();
        }
    }

    private TestBucket any(Random random) {
        return buckets.get(random.nextInt(buckets.size()));
    }

    private void step(String key, int number, Random random) {
        int choice = random.nextInt(20);
        TestBucket bucket = any(random);
        if (choice < 12) {
            change(key, number, () -> bucket.put(key, content(number)));
        } else if (choice < 13) {
            change(key, number, () -> putInParts(bucket, key, content(number)));
        } else if (choice < 16) {
            change(key, ABSENT, () -> bucket.cos().deleteObject(bucket.name(), key));
        } else {
            try {
                assertThat(possible(key)).contains(found(bucket, key));
            } catch (CosServiceException refused) {
                requireUnavailable(refused);
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
            requireUnavailable(refused);
        } catch (CosClientException hungUp) {
            // it may be there or not
        }
    }

    private static void requireUnavailable(CosServiceException refused) {
        if (refused.getStatusCode() != UNAVAILABLE) {
            throw refused;
        }
    }

    private static void putInParts(TestBucket bucket, String key, byte[] bytes) {
        String upload = bucket.cos()
                .initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), key))
                .getUploadId();
        List<PartETag> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += MIB) {
            int size = Math.min(MIB, bytes.length - from);
            parts.add(bucket.cos()
                    .uploadPart(new UploadPartRequest()
                            .withBucketName(bucket.name())
                            .withKey(key)
                            .withUploadId(upload)
                            .withPartNumber(parts.size() + 1)
                            .withPartSize(size)
                            .withInputStream(new ByteArrayInputStream(bytes, from, size)))
                    .getPartETag());
        }
        bucket.cos().completeMultipartUpload(new CompleteMultipartUploadRequest(bucket.name(), key, upload, parts));
    }

    /** After it is over each key has one of the contents it may have, by each server, and from then on it is that one. */
    void checkAll() {
        for (TestBucket bucket : buckets) {
            Set<String> listed = new HashSet<>();
            ObjectListing page = bucket.cos().listObjects(bucket.name());
            page.getObjectSummaries().forEach(object -> listed.add(object.getKey()));
            while (page.isTruncated()) {
                page = bucket.cos().listNextBatchOfObjects(page);
                page.getObjectSummaries().forEach(object -> listed.add(object.getKey()));
            }
            assertThat(possible.keySet()).containsAll(listed);
            possible.replaceAll((key, numbers) -> {
                int found = found(bucket, key);
                assertThat(numbers).as(key).contains(found);
                assertThat(listed.contains(key)).as(key).isEqualTo(found != ABSENT);
                return Set.of(found);
            });
        }
    }

    /** The number of what a key has. */
    private static int found(TestBucket bucket, String key) {
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

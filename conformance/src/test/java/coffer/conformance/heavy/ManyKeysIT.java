package coffer.conformance.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A page of a list from a bucket with very many keys. Times are printed for people to compare, not asserted: a machine
 * shared with others would make the test a lottery.
 */
@Tag("heavy")
@ExtendWith(SharedCoffer.class)
class ManyKeysIT {
    private static final int KEYS = Integer.getInteger("coffer.listedKeys", 20_000);
    private static final int FOLDERS = 100;
    private static final int WRITERS = 16;

    @Test
    void aPageIsRightHoweverManyKeysThereAre(TestBucket few, TestBucket many) throws Exception {
        fill(few, 2000);
        fill(many, KEYS);
        for (String query : List.of("/?max-keys=1000", "/?max-keys=1000&delimiter=/", "/?max-keys=1000&marker=f050/")) {
            RawResponse page = page(many, query);
            assertThat(page.xml().getElementsByTagName("Key").getLength()
                            + page.xml().getElementsByTagName("CommonPrefixes").getLength())
                    .isEqualTo(query.contains("delimiter") ? FOLDERS : 1000);
            System.err.printf(
                    "LIST %s: %s of 2,000 keys, %s of %,d keys (median of 21)%n",
                    query, median(few, query), median(many, query), KEYS);
        }
    }

    private static RawResponse page(TestBucket bucket, String query) {
        RawResponse page = RawConnection.exchange(
                bucket.server(), bucket.request("GET", query).signed());
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return page;
    }

    private static Duration median(TestBucket bucket, String query) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            Instant start = Instant.now();
            page(bucket, query);
            times.add(Duration.between(start, Instant.now()));
        }
        return times.stream().sorted().toList().get(10);
    }

    /** Keys spread evenly over a hundred folders. */
    private static void fill(TestBucket bucket, int keys) throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer;
                done.add(writers.submit(() -> {
                    try (RawConnection connection = bucket.connect()) {
                        for (int i = first; i < keys; i += WRITERS) {
                            String target = String.format("/f%03d/%07d", i % FOLDERS, i);
                            RawRequest put =
                                    bucket.request("PUT", target).body("x").signed();
                            assertThat(connection.exchange(put).status()).isEqualTo(200);
                        }
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        }
    }
}

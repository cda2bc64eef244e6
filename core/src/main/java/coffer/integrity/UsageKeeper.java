package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.cam.Quota;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import coffer.usage.Reading;
import coffer.usage.Usage;
import coffer.usage.UsageRows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the usage: reads it at the start, counts what is not certain, looks at the quotas every few seconds, saves it every minute
 * and when the server stops.
 */
public final class UsageKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageKeeper.class);
    private static final Duration LIMITED_EVERY = Duration.ofSeconds(5);
    private static final int SAVED_EVERY = 12;
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final BucketService buckets;
    private final Usage usage;
    private final UsageRows rows;
    private final UsageCount count;
    private final Supplier<Map<String, Quota>> quotas;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("coffer-usage").daemon().unstarted(this::run);

    private UsageKeeper(
            MetadataStore metadata, BucketService buckets, Usage usage, Supplier<Map<String, Quota>> quotas) {
        this.buckets = buckets;
        this.usage = usage;
        this.rows = new UsageRows(metadata);
        this.count = new UsageCount(metadata, usage);
        this.quotas = quotas;
    }

    /**
     * Starts; what was saved counts when it returns.
     *
     * @param quotas of the accounts that have some, by APPID
     */
    public static UsageKeeper start(
            MetadataStore metadata, BucketService buckets, Usage usage, Supplier<Map<String, Quota>> quotas) {
        UsageKeeper keeper = new UsageKeeper(metadata, buckets, usage, quotas);
        keeper.load();
        keeper.thread.start();
        return keeper;
    }

    private void load() {
        Map<String, Reading> saved = rows.open();
        for (Bucket bucket : buckets.all()) {
            Reading unknown = new Reading(Reading.NOTHING.amount(), true);
            usage.begin(bucket, saved.getOrDefault(bucket.space(), unknown));
        }
        usage.limit(quotas);
    }

    private void run() {
        for (int round = 0; !isClosing(Duration.ZERO); round++) {
            try {
                usage.limit(quotas);
                countUncertain();
                if (round % SAVED_EVERY == SAVED_EVERY - 1) {
                    rows.save(readings());
                }
            } catch (StoreException e) {
                LOG.warn("The usage could not be kept and will be in a while: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("The usage could not be kept and will be in a while.", e);
            }
            if (isClosing(LIMITED_EVERY)) {
                return;
            }
        }
    }

    private void countUncertain() {
        if (!usage.isAnyApproximate()) {
            return;
        }
        List<Bucket> uncertain = buckets.all().stream()
                .filter(bucket -> usage.of(bucket).isApproximate())
                .toList();
        for (Bucket bucket : uncertain) {
            if (!count.count(bucket, () -> isClosing(Duration.ZERO))) {
                return;
            }
            LOG.info("Counted what {} holds.", bucket.name());
        }
    }

    private Map<String, Reading> readings() {
        // Looked up first, so that a bucket that is made meanwhile is not taken for one that is gone.
        Set<String> counted = usage.spaces();
        Map<String, Reading> readings = new HashMap<>();
        buckets.all().forEach(bucket -> readings.put(bucket.space(), usage.of(bucket)));
        counted.stream().filter(space -> !readings.containsKey(space)).forEach(usage::forget);
        return readings;
    }

    private boolean isClosing(Duration within) {
        try {
            return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Saves what is held. Nothing can be written any more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
            if (usage.stop(LAST_WAIT)) {
                rows.close(readings());
            } else {
                LOG.warn("Writes were still under way; what is held will be counted at the next start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.warn("The usage was not saved; it will be counted at the next start: {}", e.getMessage());
        }
    }
}

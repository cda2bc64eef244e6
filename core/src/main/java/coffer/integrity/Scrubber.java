package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKeys;
import coffer.multipart.UploadRows;
import coffer.object.DamageLog;
import coffer.object.ObjectRows;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that is stored in the background, again and again, at a bounded rate, so that damage is found while
 * there still is a backup. Where it is survives a restart. One thread of its own.
 */
public final class Scrubber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

    static final List<Character> KINDS = List.of(ObjectRows.CURRENT, ObjectRows.VERSION, UploadRows.PART);

    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "scrubber").row('s');

    /** After a crash, so much is read again at most. */
    private static final Duration SAVED_EVERY = Duration.ofMinutes(1);

    /** What reading a small object costs the disk beside its bytes. */
    private static final int ITEM_BYTES = 4096;

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final ContentCheck content;
    private final Inventory inventory;
    private final DamageLog damage;
    private final InstantSource clock;
    private final Options options;
    private final Thread thread;
    private volatile boolean closed;

    private ScrubProgress progress;
    private Instant saved;

    /** Until when what was read so far takes at the rate allowed, by {@link System#nanoTime}. */
    private long paidUntilNanos;

    /**
     * How much it may take.
     *
     * @param bytesPerSecond from 1
     * @param between from the beginning of one scrub to that of the next, at least
     */
    public record Options(long bytesPerSecond, Duration between) {}

    private Scrubber(
            Engine engine,
            ContentKeys keys,
            BucketService buckets,
            DamageLog damage,
            InstantSource clock,
            Options options) {
        this.metadata = engine.metadata();
        this.buckets = buckets;
        this.content = new ContentCheck(engine, keys);
        this.inventory = new Inventory(metadata);
        this.damage = damage;
        this.clock = clock;
        this.options = options;
        this.saved = clock.instant();
        this.progress = metadata.get(ROW)
                .map(row -> ScrubProgress.fromBytes(row.value()))
                .orElseGet(() -> ScrubProgress.begin(clock.instant()));
        this.thread = Thread.ofPlatform().name("coffer-scrubber").daemon().unstarted(this::run);
    }

    /**
     * Starts where the last one on this store stopped.
     *
     * @param keys of what is encrypted
     * @param damage told of every damaged object
     */
    public static Scrubber start(
            Engine engine,
            ContentKeys keys,
            BucketService buckets,
            DamageLog damage,
            InstantSource clock,
            Options options) {
        Scrubber scrubber = new Scrubber(engine, keys, buckets, damage, clock, options);
        scrubber.thread.start();
        return scrubber;
    }

    private void run() {
        while (!closed) {
            try {
                if (progress.finished()) {
                    awaitNext();
                } else {
                    scrub();
                }
            } catch (StoreException e) {
                LOG.warn("Scrubbing was interrupted and goes on in a while: {}", e.getMessage());
                rest(SAVED_EVERY);
            } catch (RuntimeException e) {
                LOG.error("Stored objects are no longer scrubbed; start again.", e);
                return;
            }
        }
    }

    private void awaitNext() {
        Duration left = Duration.between(clock.instant(), progress.begun().plus(options.between()));
        if (left.isPositive()) {
            rest(left);
        } else {
            progress = ScrubProgress.begin(clock.instant());
        }
    }

    private void scrub() {
        paidUntilNanos = System.nanoTime();
        for (Bucket bucket : buckets.all()) {
            int begun = bucket.name().compareTo(progress.bucket());
            if (begun > 0) {
                progress = progress.at(bucket.name(), KINDS.getFirst(), "", "");
            }
            for (char kind : begun < 0 ? List.<Character>of() : KINDS) {
                if (KINDS.indexOf(kind) > KINDS.indexOf(progress.kind())) {
                    progress = progress.at(bucket.name(), kind, "", "");
                }
                if (kind == progress.kind()) {
                    scrub(bucket, kind);
                }
                if (closed) {
                    save();
                    return;
                }
            }
        }
        progress = progress.end();
        save();
        LOG.info(
                "Scrubbed {} objects and parts, {} bytes: {} damaged.",
                progress.items(),
                progress.bytes(),
                progress.damaged());
    }

    private void scrub(Bucket bucket, char kind) {
        boolean begun = !progress.key().isEmpty();
        Optional<RowKey> after = begun
                ? Optional.of(new RowGroup(bucket.space(), progress.key()).row(kind, progress.suffix()))
                : Optional.empty();
        List<Row> page = inventory.page(bucket, kind, after);
        while (!page.isEmpty()) {
            for (Row row : page) {
                check(bucket, row);
                if (closed) {
                    return;
                }
            }
            page = inventory.page(bucket, kind, Optional.of(page.getLast().key()));
        }
    }

    private void check(Bucket bucket, Row row) {
        pace(ITEM_BYTES);
        String key = row.key().group().key();
        if (row.key().kind() == ObjectRows.CURRENT && ObjectRows.isCopy(row)) {
            return; // read with the row it is a copy of
        }
        ContentCheck.Outcome outcome =
                row.key().kind() == UploadRows.PART ? content.part(row, this::pace) : content.object(row, this::pace);
        if (closed) {
            return; // it may not have been read to its end
        }
        outcome.problem().ifPresent(problem -> damage.report(bucket, key, problem));
        progress = progress.plus(outcome.readBytes(), outcome.problem().isPresent())
                .at(bucket.name(), row.key().kind(), key, row.key().suffix());
        if (clock.instant().isAfter(saved.plus(SAVED_EVERY))) {
            save();
        }
    }

    /** Waits until as much may be read. */
    private void pace(int bytes) {
        paidUntilNanos += (long) (bytes * 1e9 / options.bytesPerSecond());
        long wait = paidUntilNanos - System.nanoTime();
        if (wait > 0) {
            rest(Duration.ofNanos(wait));
        }
    }

    private void rest(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (!closed && System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private void save() {
        metadata.commit(Commit.ofRows(ROW.group(), List.of(), List.of(Change.put(ROW, progress.toBytes()))));
        saved = clock.instant();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.InventoryRows.Kept;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryRun;
import coffer.inventory.InventorySchedule;
import coffer.record.UniqueIds;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lists that buckets are set to have made of what is in them, and how far each is. Thread-safe. */
public final class BucketInventories {
    private static final Logger LOG = LoggerFactory.getLogger(BucketInventories.class);

    /** Source: COS API reference, "PUT Bucket inventory". */
    private static final int MOST = 1000;

    private static final int MAX_ATTEMPTS = 100;

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final InventoryRows rows;
    private final InstantSource clock;
    private final UniqueIds ids;
    private volatile Runnable asked = () -> {};

    public BucketInventories(MetadataStore metadata, BucketService buckets, InstantSource clock, UniqueIds ids) {
        this.metadata = metadata;
        this.buckets = buckets;
        this.rows = new InventoryRows(metadata);
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * One of a list.
     *
     * @param sequence grows with every one that is made in a bucket
     */
    public record Listed(long sequence, InventoryConfiguration configuration) {}

    /**
     * A report to be made.
     *
     * @param bucket it is about
     * @param id of its configuration
     * @param row as it was read
     */
    public record Open(Bucket bucket, String id, Row row, InventoryRun run) {}

    /** Has somebody told when a report is asked for at once. */
    public void onAsked(Runnable listener) {
        asked = listener;
    }

    /** That of an id. */
    public Optional<InventoryConfiguration> find(Bucket bucket, String id) {
        return rows.find(bucket.name(), InventoryRows.CONFIGURATION, id)
                .map(Kept::of)
                .map(Kept::configuration);
    }

    /** All of a bucket, in the order they were made. */
    public List<Listed> list(Bucket bucket) {
        return rows.all(bucket.name(), InventoryRows.CONFIGURATION).stream()
                .map(Kept::of)
                .sorted(Comparator.comparingLong(Kept::sequence))
                .map(kept -> new Listed(kept.sequence(), kept.configuration()))
                .toList();
    }

    /**
     * Makes or replaces one. What fell due before is made all the same.
     *
     * @throws CosException {@code InventoryFull}
     */
    public void put(Bucket seen, InventoryConfiguration configuration) {
        change(seen, bucket -> {
            RowKey key = InventoryRows.key(bucket.name(), InventoryRows.CONFIGURATION, configuration.id());
            Optional<Kept> before = metadata.get(key).map(Kept::of);
            if (before.isEmpty()) {
                requireRoom(bucket, InventoryRows.CONFIGURATION);
            }
            Instant now = clock.instant();
            Kept next = new Kept(
                    before.map(Kept::sequence).orElse(bucket.revision() + 1),
                    before.filter(kept ->
                                    kept.configuration().due(kept.since(), now).isPresent())
                            .map(Kept::since)
                            .orElse(now),
                    configuration);
            return Change.put(key, next.toBytes());
        });
    }

    /** Removes one; a report that is being made is made to its end. */
    public void remove(Bucket seen, String id) {
        change(seen, bucket -> Change.delete(InventoryRows.key(bucket.name(), InventoryRows.CONFIGURATION, id)));
    }

    /**
     * Has a report made at once.
     *
     * @return its job id
     * @throws CosException {@code DuplicateInventoryId} if the id is in use or was used today, {@code InventoryFull}
     */
    public String ask(Bucket seen, InventoryConfiguration configuration) {
        String jobId = ids.next();
        change(seen, bucket -> {
            RowKey key = InventoryRows.key(bucket.name(), InventoryRows.RUN, configuration.id());
            Instant now = clock.instant();
            Optional<InventoryRun> last = metadata.get(key).map(InventoryRows::run);
            if (find(bucket, configuration.id()).isPresent()
                    || last.filter(run -> !run.isEnded() || day(run.asked()).equals(day(now)))
                            .isPresent()) {
                throw CosError.DUPLICATE_INVENTORY_ID.exception();
            }
            if (last.isEmpty()) {
                requireRoom(bucket, InventoryRows.RUN);
            }
            return Change.put(key, InventoryRun.begin(jobId, now, configuration).toBytes());
        });
        asked.run();
        return jobId;
    }

    private void requireRoom(Bucket bucket, char kind) {
        if (rows.all(bucket.name(), kind).size() >= MOST) {
            throw CosError.INVENTORY_FULL.exception();
        }
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(InventorySchedule.ZONE).toLocalDate();
    }

    /** A change of the rows beside a bucket's, given the bucket as it is. */
    @FunctionalInterface
    private interface Edit {
        Change of(Bucket bucket);
    }

    /** One after the other, as each leaves another revision of the bucket. */
    private void change(Bucket seen, Edit edit) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Bucket bucket = buckets.find(seen.name())
                    .filter(now -> now.space().equals(seen.space()))
                    .orElseThrow(CosError.NO_SUCH_BUCKET::exception);
            Change change = edit.of(bucket);
            Change revised = Change.put(
                    BucketService.row(bucket.name()), bucket.revised().toBytes());
            if (buckets.change(bucket, List.of(change, revised))) {
                return;
            }
        }
        throw CosError.PATH_CONFLICT.because("Others are changing the bucket's settings all the time; try again.");
    }

    /** Begins whatever is due, unless the report before it is still being made. */
    public void beginDue(Instant now) {
        List<Row> page = rows.page(InventoryRows.CONFIGURATION, Optional.empty());
        while (!page.isEmpty()) {
            for (Row row : page) {
                try {
                    beginDue(row, now);
                } catch (StoreException e) {
                    requireCorrupt(e);
                }
            }
            page = rows.page(
                    InventoryRows.CONFIGURATION, Optional.of(page.getLast().key()));
        }
    }

    private void beginDue(Row row, Instant now) {
        Kept kept = Kept.of(row);
        Optional<Instant> due = kept.configuration().due(kept.since(), now);
        RowKey key = row.key().group().row(InventoryRows.RUN, row.key().suffix());
        Optional<Row> last = metadata.get(key);
        if (due.isEmpty()
                || last.map(InventoryRows::run).filter(run -> !run.isEnded()).isPresent()) {
            return;
        }
        InventoryRun run = InventoryRun.begin(ids.next(), due.get(), kept.configuration());
        Kept next = new Kept(kept.sequence(), due.get(), kept.configuration());
        // Whoever changed either meanwhile is seen the next time.
        boolean _ = metadata.commit(Commit.ofRows(
                key.group(),
                List.of(Expected.same(row), Expected.of(key, last)),
                List.of(Change.put(row.key(), next.toBytes()), Change.put(key, run.toBytes()))));
    }

    /** What cannot be read any more is left alone, and is no reason to leave the others alone. */
    private static void requireCorrupt(StoreException e) {
        if (e.reason() != StoreException.Reason.CORRUPT) {
            throw e;
        }
        LOG.error("An inventory is not made: {}", e.getMessage());
    }

    /** The reports that are being made; of those that were made on earlier days, nothing is kept. */
    public List<Open> open(Instant now) {
        List<Open> open = new ArrayList<>();
        List<Row> page = rows.page(InventoryRows.RUN, Optional.empty());
        while (!page.isEmpty()) {
            for (Row row : page) {
                try {
                    InventoryRun run = InventoryRows.run(row);
                    if (!run.isEnded()) {
                        buckets.find(row.key().group().key())
                                .ifPresent(bucket ->
                                        open.add(new Open(bucket, row.key().suffix(), row, run)));
                    } else if (day(run.asked()).isBefore(day(now))) {
                        boolean _ = metadata.commit(Commit.ofRows(
                                row.key().group(), List.of(Expected.same(row)), List.of(Change.delete(row.key()))));
                    }
                } catch (StoreException e) {
                    requireCorrupt(e);
                }
            }
            page = rows.page(InventoryRows.RUN, Optional.of(page.getLast().key()));
        }
        return open;
    }

    /**
     * Keeps how far a report is.
     *
     * @return empty if its bucket is gone, and so it is
     */
    public Optional<Open> save(Open open, InventoryRun next) {
        byte[] value = next.toBytes();
        RowKey key = open.row.key();
        return metadata.commit(
                        Commit.ofRows(key.group(), List.of(Expected.same(open.row)), List.of(Change.put(key, value))))
                ? metadata.get(key).map(row -> new Open(open.bucket, open.id, row, next))
                : Optional.empty();
    }
}

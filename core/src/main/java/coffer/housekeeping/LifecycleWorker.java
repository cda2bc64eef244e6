package coffer.housekeeping;

import coffer.api.CosException;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.background.WorkerState;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.housekeeping.LifecycleProgress.Deed;
import coffer.housekeeping.LifecycleProgress.Stage;
import coffer.integrity.Inventory;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lifecycle.LifecycleDays;
import coffer.multipart.MultipartService;
import coffer.object.KeyOrder;
import coffer.object.ObjectAging;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once a day what the lifecycle rules of buckets say. One pass looks at the rows of the prefixes that rules are about, page
 * by page and at a bounded rate, never at a body. Where it is survives a restart; what it does again then does no harm, since
 * each change is made only if it is still due.
 */
public final class LifecycleWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleWorker.class);
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "lifecycle").row('s');

    /** What a change costs, in rows read. */
    private static final int CHANGE_ROWS = 7;

    /** After a crash, so much is looked at again at most. */
    private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

    private final BucketService buckets;
    private final BucketSettings settings;
    private final WorkerState state;
    private final Inventory inventory;
    private final AgingRows aging;
    private final InstantSource clock;
    private final LifecycleDays days;
    private final long rowsPerSecond;

    private volatile LifecycleProgress progress;
    private long savedNanos = System.nanoTime();

    /**
     * A worker that goes on where the last one on this store stopped. Of a new store, the first pass begins with the next day.
     *
     * @param days how long they are
     * @param rowsPerSecond how fast it may be, from 1
     */
    public LifecycleWorker(
            MetadataStore metadata,
            BucketService buckets,
            BucketSettings settings,
            ObjectAging objects,
            MultipartService uploads,
            InstantSource clock,
            LifecycleDays days,
            long rowsPerSecond) {
        this.state = new WorkerState(metadata, ROW);
        this.buckets = buckets;
        this.settings = settings;
        this.inventory = new Inventory(metadata);
        this.aging = new AgingRows(metadata, objects, uploads, days);
        this.clock = clock;
        this.days = days;
        this.rowsPerSecond = rowsPerSecond;
        this.progress = LifecycleProgress.begin(clock.instant()).end();
        begin();
    }

    @Override
    public void begin() {
        Optional<byte[]> kept = state.load();
        kept.ifPresent(bytes -> progress = LifecycleProgress.fromBytes(bytes));
        if (kept.isEmpty()) {
            save();
        }
    }

    @Override
    public String name() {
        return "lifecycle";
    }

    @Override
    public long unitsPerSecond() {
        return rowsPerSecond;
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        LifecycleProgress now = progress;
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("rows", now.rows());
        figures.put("expired", now.expired());
        figures.put("removed", now.removed());
        figures.put("moved", now.moved());
        figures.put("aborted", now.aborted());
        figures.put("locked", now.locked());
        figures.put("damaged", now.damaged());
        return figures;
    }

    /** Looks at all of it, until the shift is over. */
    @Override
    public Next work(Shift shift) {
        return Cause.itself(Cause.Act.LIFECYCLE).during(() -> pass(shift));
    }

    private Next pass(Shift shift) {
        if (progress.finished()) {
            Instant next = days.next(progress.begun());
            Instant now = clock.instant();
            if (now.isBefore(next)) {
                return new Next.At(next);
            }
            progress = LifecycleProgress.begin(now);
        }
        for (Bucket bucket : buckets.all()) {
            int begun = bucket.name().compareTo(progress.bucket());
            if (begun > 0) {
                progress = progress.at(bucket.name(), Stage.CURRENT, "");
            }
            if (begun >= 0) {
                rules(bucket).ifPresent(rules -> bucket(bucket, rules, shift));
            }
            if (shift.isOver()) {
                save();
                return new Next.Now();
            }
        }
        progress = progress.end();
        save();
        if (progress.rows() > 0) {
            LOG.info("Lifecycle rules: {}", figures());
        }
        return new Next.Now();
    }

    /** Rules that cannot be read any more do nothing, and are no reason to leave the other buckets alone. */
    private Optional<LifecycleConfiguration> rules(Bucket bucket) {
        try {
            return settings.find(bucket, Settings.LIFECYCLE);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT) {
                throw e;
            }
            LOG.error("Lifecycle rules are not followed: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void bucket(Bucket bucket, LifecycleConfiguration rules, Shift shift) {
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(progress.stage()) > 0) {
                progress = progress.at(bucket.name(), stage, "");
            }
            if (stage == progress.stage() && aging.concerns(stage, rules)) {
                List<String> prefixes = new ArrayList<>(rules.prefixes());
                prefixes.sort(KeyOrder::compare);
                prefixes.forEach(prefix -> rows(bucket, rules, prefix, shift));
            }
            if (shift.isOver()) {
                return;
            }
        }
    }

    private void rows(Bucket bucket, LifecycleConfiguration rules, String prefix, Shift shift) {
        char kind = AgingRows.kind(progress.stage());
        String from = KeyOrder.compare(progress.key(), prefix) > 0 ? progress.key() : prefix;
        AgingRows.Look look = aging.look(bucket, rules, progress.stage(), progress.begun());
        List<Row> page = inventory.from(bucket, kind, from, prefix);
        while (!page.isEmpty() && !shift.isOver()) {
            for (Row row : page) {
                Deed deed = deed(look, row);
                progress = progress.plus(deed)
                        .at(bucket.name(), progress.stage(), row.key().group().key());
                shift.pace(deed == Deed.NOTHING ? 1 : CHANGE_ROWS);
                if (shift.isOver()) {
                    return;
                }
            }
            if (System.nanoTime() - savedNanos > SAVED_EVERY.toNanos()) {
                save();
            }
            page = inventory.behind(bucket, page.getLast().key(), prefix);
        }
    }

    private static Deed deed(AgingRows.Look look, Row row) {
        try {
            return look.at(row);
        } catch (CosException e) {
            return Deed.NOTHING; // it is gone, or its bucket is
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT) {
                throw e;
            }
            LOG.error("Lifecycle rules pass over {}: {}", row.key().group().key(), e.getMessage());
            return Deed.DAMAGED;
        }
    }

    /** If another process has gone on meanwhile, its progress counts. */
    private void save() {
        if (!state.save(progress.toBytes())) {
            state.load().ifPresent(bytes -> progress = LifecycleProgress.fromBytes(bytes));
        }
        savedNanos = System.nanoTime();
    }
}

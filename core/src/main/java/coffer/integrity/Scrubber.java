package coffer.integrity;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.background.WorkerState;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKeys;
import coffer.multipart.UploadRows;
import coffer.object.DamageLog;
import coffer.object.ObjectRows;
import coffer.store.Engine;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that is stored in the background, again and again, so that damage is found while there still is a backup.
 * Where it is survives a restart.
 */
public final class Scrubber implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

    static final List<Character> KINDS = List.of(ObjectRows.CURRENT, ObjectRows.VERSION, UploadRows.PART);

    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "scrubber").row('s');

    /** After a crash, so much is read again at most. */
    private static final Duration SAVED_EVERY = Duration.ofMinutes(1);

    /** What reading a small object costs the disk beside its bytes. */
    private static final int ITEM_BYTES = 4096;

    private final WorkerState state;
    private final BucketService buckets;
    private final ContentCheck content;
    private final Inventory inventory;
    private final DamageLog damage;
    private final InstantSource clock;
    private final Options options;

    private volatile ScrubProgress progress;
    private Instant saved;

    /**
     * How much it may take.
     *
     * @param bytesPerSecond from 1
     * @param between from the beginning of one scrub to that of the next, at least
     */
    public record Options(long bytesPerSecond, Duration between) {}

    /**
     * A scrubber that goes on where the last one on this store stopped.
     *
     * @param keys of what is encrypted
     * @param damage told of every damaged object
     */
    public Scrubber(
            Engine engine,
            ContentKeys keys,
            BucketService buckets,
            DamageLog damage,
            InstantSource clock,
            Options options) {
        this.state = new WorkerState(engine.metadata(), ROW);
        this.buckets = buckets;
        this.content = new ContentCheck(engine, keys);
        this.inventory = new Inventory(engine.metadata());
        this.damage = damage;
        this.clock = clock;
        this.options = options;
        this.saved = clock.instant();
        this.progress = ScrubProgress.begin(clock.instant());
        begin();
    }

    @Override
    public void begin() {
        state.load().ifPresent(bytes -> progress = ScrubProgress.fromBytes(bytes));
    }

    @Override
    public String name() {
        return "scrubber";
    }

    @Override
    public long unitsPerSecond() {
        return options.bytesPerSecond();
    }

    @Override
    public boolean isSeenByClients() {
        return false;
    }

    @Override
    public Map<String, Long> figures() {
        ScrubProgress now = progress;
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("items", now.items());
        figures.put("bytes", now.bytes());
        figures.put("damaged", now.damaged());
        return figures;
    }

    /** Scrubs all of it, until the shift is over. */
    @Override
    public Next work(Shift shift) {
        if (progress.finished()) {
            Instant next = progress.begun().plus(options.between());
            if (clock.instant().isBefore(next)) {
                return new Next.At(next);
            }
            progress = ScrubProgress.begin(clock.instant());
        }
        scrub(shift);
        return new Next.Now();
    }

    private void scrub(Shift shift) {
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
                    scrub(bucket, kind, shift);
                }
                if (shift.isOver()) {
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

    private void scrub(Bucket bucket, char kind, Shift shift) {
        boolean begun = !progress.key().isEmpty();
        Optional<RowKey> after = begun
                ? Optional.of(new RowGroup(bucket.space(), progress.key()).row(kind, progress.suffix()))
                : Optional.empty();
        List<Row> page = inventory.page(bucket, kind, after);
        while (!page.isEmpty()) {
            for (Row row : page) {
                check(bucket, row, shift);
                if (shift.isOver()) {
                    return;
                }
            }
            page = inventory.page(bucket, kind, Optional.of(page.getLast().key()));
        }
    }

    private void check(Bucket bucket, Row row, Shift shift) {
        shift.pace(ITEM_BYTES);
        String key = row.key().group().key();
        if (row.key().kind() == ObjectRows.CURRENT && ObjectRows.isCopy(row)) {
            return; // read with the row it is a copy of
        }
        ContentCheck.Outcome outcome =
                row.key().kind() == UploadRows.PART ? content.part(row, shift::pace) : content.object(row, shift::pace);
        if (shift.isOver()) {
            return; // it may not have been read to its end
        }
        outcome.problem().ifPresent(problem -> damage.report(bucket, key, problem));
        progress = progress.plus(outcome.readBytes(), outcome.problem().isPresent())
                .at(bucket.name(), row.key().kind(), key, row.key().suffix());
        if (clock.instant().isAfter(saved.plus(SAVED_EVERY))) {
            save();
        }
    }

    /** If another process has gone on meanwhile, its progress counts. */
    private void save() {
        if (!state.save(progress.toBytes())) {
            begin();
        }
        saved = clock.instant();
    }
}

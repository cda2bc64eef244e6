package coffer.housekeeping;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.event.EventRows;
import coffer.event.EventType;
import coffer.event.ObjectEvent;
import coffer.integrity.Inventory;
import coffer.object.ObjectAging;
import coffer.object.ObjectRows;
import coffer.object.ObjectVersion;
import coffer.object.Replicas;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.record.UniqueIds;
import coffer.replication.ReplicationConfiguration;
import coffer.replication.ReplicationRule;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Puts objects that are older than a rule of replication into the queue of what it copies, if the rule wants that. Where it
 * is in a bucket survives a restart; what it puts there again is not copied again.
 */
final class BackfillWorker implements Worker {
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);
    private static final long ROWS_PER_SECOND = 2_000;
    private static final int FORMAT = 1;

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final BucketSettings settings;
    private final Replicas replicas;
    private final EventRows events;
    private final Inventory inventory;
    private final InstantSource clock;
    private final UniqueIds ids;
    private final Consumer<Bucket> queued;
    private final AtomicLong adopted = new AtomicLong();

    BackfillWorker(
            MetadataStore metadata,
            BucketService buckets,
            BucketSettings settings,
            Replicas replicas,
            EventRows events,
            InstantSource clock,
            UniqueIds ids,
            Consumer<Bucket> queued) {
        this.metadata = metadata;
        this.buckets = buckets;
        this.settings = settings;
        this.replicas = replicas;
        this.events = events;
        this.inventory = new Inventory(metadata);
        this.clock = clock;
        this.ids = ids;
        this.queued = queued;
    }

    /**
     * How far it is with a rule.
     *
     * @param space that of the bucket then
     * @param rule what it said then
     * @param kind of the rows it is at
     * @param key the last one it looked at
     */
    private record Progress(String space, String rule, boolean finished, char kind, String key) {
        byte[] toBytes() {
            return new RecordWriter(FORMAT)
                    .text(space)
                    .text(rule)
                    .number(finished ? 1 : 0)
                    .number(kind)
                    .text(key)
                    .toBytes();
        }

        static Progress of(Row row) {
            RecordReader in = new RecordReader(row.value(), FORMAT);
            return new Progress(in.text(), in.text(), in.number() == 1, (char) in.number(), in.text());
        }

        Progress at(char otherKind, String otherKey) {
            return new Progress(space, rule, false, otherKind, otherKey);
        }
    }

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public long unitsPerSecond() {
        return ROWS_PER_SECOND;
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of("queued", adopted.get());
    }

    @Override
    public Next work(Shift shift) {
        for (Bucket bucket : buckets.all()) {
            Optional<ReplicationConfiguration> rules = settings.find(bucket, Settings.REPLICATION);
            List<ReplicationRule> wanting = rules.map(all -> all.rules().stream()
                            .filter(ReplicationRule::copiesExisting)
                            .toList())
                    .orElse(List.of());
            wanting.forEach(rule -> fill(bucket, rules.orElseThrow(), rule, shift));
            if (shift.isOver()) {
                return new Next.Now();
            }
        }
        return new Next.At(clock.instant().plus(LOOKS_EVERY));
    }

    private static RowKey row(Bucket bucket, ReplicationRule rule) {
        return new RowGroup(BucketService.SYSTEM, "backfill/" + bucket.name()).row('s', rule.id());
    }

    private void fill(Bucket bucket, ReplicationConfiguration rules, ReplicationRule rule, Shift shift) {
        String said =
                rule.target().text() + " " + rule.prefix() + " " + rule.tags().header();
        Progress at = metadata.get(row(bucket, rule))
                .map(Progress::of)
                .filter(known -> known.space.equals(bucket.space()) && known.rule.equals(said))
                .orElseGet(() -> new Progress(bucket.space(), said, false, ObjectRows.VERSION, ""));
        if (at.finished) {
            return;
        }
        // Older versions first: of each key the newest is to be copied last.
        for (char kind : new char[] {ObjectRows.VERSION, ObjectRows.CURRENT}) {
            if (kind == ObjectRows.CURRENT || at.kind == kind) {
                at = fill(bucket, rules, rule, at.kind == kind ? at : at.at(kind, ""), shift);
            }
        }
        if (!shift.isOver()) {
            save(bucket, rule, new Progress(at.space, at.rule, true, at.kind, at.key));
        }
    }

    private Progress fill(
            Bucket bucket, ReplicationConfiguration rules, ReplicationRule rule, Progress begun, Shift shift) {
        Progress at = begun;
        String from = at.key.isEmpty() ? rule.prefix() : at.key;
        List<Row> page = inventory.from(bucket, at.kind, from, rule.prefix());
        while (!page.isEmpty() && !shift.isOver()) {
            List<ObjectEvent> older = new ArrayList<>();
            for (Row row : page) {
                adopt(bucket, rules, rule, row).ifPresent(older::add);
            }
            if (!older.isEmpty()) {
                events.enqueue(bucket.space(), rule.queue(), older);
                adopted.addAndGet(older.size());
                queued.accept(bucket);
            }
            RowKey last = page.getLast().key();
            at = at.at(at.kind, last.group().key());
            save(bucket, rule, at);
            shift.pace(page.size());
            page = inventory.behind(bucket, last, rule.prefix());
        }
        return at;
    }

    private void save(Bucket bucket, ReplicationRule rule, Progress at) {
        boolean _ = metadata.commit(Commit.put(row(bucket, rule), at.toBytes()));
    }

    private Optional<ObjectEvent> adopt(Bucket bucket, ReplicationConfiguration rules, ReplicationRule rule, Row row) {
        boolean elsewhere =
                ObjectRows.isMarker(row) || (row.key().kind() == ObjectRows.CURRENT && ObjectRows.isCopy(row));
        if (elsewhere) {
            return Optional.empty();
        }
        String key = row.key().group().key();
        ObjectVersion version = ObjectRows.summary(row);
        boolean wanted = rules.of(key, version.attributes().tags()).contains(rule);
        boolean isNew =
                wanted && Cause.itself(Cause.Act.REPLICATION).during(() -> replicas.adopt(bucket, row, rule.id()));
        return isNew
                ? Optional.of(new ObjectEvent(
                        EventType.CREATED_BY_PUT,
                        ids.nextSequence(0),
                        ObjectAging.written(row),
                        key,
                        Optional.of(version.id().text()),
                        version.sizeBytes(),
                        version.etag(),
                        "",
                        Cause.itself(Cause.Act.OTHER)))
                : Optional.empty();
    }
}

package coffer.store.rados;

import coffer.rados.Pool;
import coffer.store.Blob;
import coffer.store.BodyRef;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The rows. Thread-safe. */
final class RadosMetadata implements MetadataStore {
    /**
     * Larger bodies cost the metadata pool, whose rows are rewritten by compaction and moved by splits, more than an object
     * of their own.
     */
    static final int MAX_BODY_BYTES = 16 * 1024;

    private final LeafMap map;
    private final RangeFinisher finisher;
    private final RangePlanner planner;
    private final RangeLimits limits;
    private final LeafReader reader;
    private final RangeGrowth growth;
    private final RememberedRows remembered;
    private final RandomGenerator random;
    private final LeafCommits commits;
    private final Claims claims;
    private final LeafCounts counts = new LeafCounts();

    private volatile boolean closed;

    RadosMetadata(Pool pool, RandomGenerator random, RangeLimits limits, Predicate<RowKey> remembered, Claims claims) {
        this.random = random;
        this.map = new LeafMap(pool, random);
        this.finisher = new RangeFinisher(pool, map);
        this.planner = new RangePlanner(pool, map, finisher);
        this.limits = limits;
        this.reader = new LeafReader(pool, map, finisher, random);
        this.growth = new RangeGrowth(pool, planner, finisher, limits, counts);
        this.remembered = new RememberedRows(pool, remembered);
        this.commits = new LeafCommits(pool, map, finisher, growth, random, counts);
        this.claims = claims;
    }

    LeafMap map() {
        return map;
    }

    RangeFinisher finisher() {
        return finisher;
    }

    RangePlanner planner() {
        return planner;
    }

    RangeLimits limits() {
        return limits;
    }

    LeafReader reader() {
        return reader;
    }

    LeafCommits commits() {
        return commits;
    }

    LeafCounts counts() {
        return counts;
    }

    int ranges(String space) {
        return map.remembered(space);
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    @Override
    public Optional<Row> get(RowKey key) {
        return remembered.get(key, () -> read(key));
    }

    private Optional<Row> read(RowKey key) {
        byte[] group = LeafKeys.group(key.group().key());
        byte[] name = LeafKeys.row(key.kind(), group, key.suffix());
        byte[] body = LeafKeys.body(name);
        Map<RowName, byte[]> rows = reader.rows(key.group().space(), group, List.of(name, body));
        return Optional.ofNullable(rows.get(new RowName(name)))
                .map(row -> StoredRow.decode(key, row, rows.get(new RowName(body))));
    }

    @Override
    public Blob openBody(BodyRef ref) {
        RadosBody body = (RadosBody) ref;
        byte[] stored = body.stored();
        return new InlineBlob(body, stored == null ? readBody(body) : stored);
    }

    private byte[] readBody(RadosBody body) {
        byte[] group = LeafKeys.group(body.row().group().key());
        byte[] name =
                LeafKeys.body(LeafKeys.row(body.row().kind(), group, body.row().suffix()));
        return Optional.ofNullable(reader.rows(body.row().group().space(), group, List.of(name))
                        .get(new RowName(name)))
                .orElseThrow(() -> new StoreException(StoreException.Reason.GONE, "the body is gone with its row"));
    }

    @Override
    public RowCursor scan(String space, char kind, String fromKey, String fromSuffix) {
        return new LeafCursor(reader, space, String.valueOf(kind), fromKey, fromSuffix);
    }

    @Override
    public RowCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix) {
        return new LeafCursor(reader, space, kinds, fromKey, fromSuffix);
    }

    @Override
    public boolean commit(Commit commit) {
        if (closed) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "the store is closed");
        }
        List<RowKey> changed = commit.changes().stream()
                .map(change -> commit.group().row(change.kind(), change.suffix()))
                .toList();
        try {
            boolean done = commitRows(commit);
            if (done) {
                remembered.changed(changed);
            }
            return done;
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.UNKNOWN) {
                remembered.changed(changed);
            }
            throw e;
        }
    }

    private boolean commitRows(Commit commit) {
        String space = commit.group().space();
        PendingCommit pending = new PendingCommit(LeafKeys.group(commit.group().key()), commit, random);
        if (!commit.adopt().isEmpty()) {
            // Before they are claimed, so that whoever finds no such space knows that there will be no such commit.
            Leaf _ = map.findOrCreate(space, pending.group());
        }
        return claims.commit(space, commit, pending, () -> commits.apply(space, pending));
    }

    @Override
    public void drop(String space) {
        map.drop(space);
    }

    @Override
    public List<String> spaces() {
        return map.spaces();
    }

    void close() {
        closed = true;
        growth.close();
        remembered.close();
    }
}

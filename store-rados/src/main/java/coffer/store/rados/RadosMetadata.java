package coffer.store.rados;

import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The rows. Thread-safe. */
final class RadosMetadata implements MetadataStore {
    /**
     * Larger bodies cost the metadata pool, whose rows are rewritten by compaction and moved by splits, more than an object
     * of their own.
     */
    static final int MAX_BODY_BYTES = 16 * 1024;

    private final Pool pool;
    private final LeafMap map;
    private final RangeSplit splits;
    private final LeafReader reader;
    private final RangeGrowth growth;
    private final RememberedRows remembered;
    private final RandomGenerator random;

    /** By the id of the leaf. */
    private final Map<String, LeafCommitter> committers = new ConcurrentHashMap<>();

    private volatile boolean closed;

    RadosMetadata(Pool pool, RandomGenerator random, RangeLimits limits, Predicate<RowKey> remembered) {
        this.pool = pool;
        this.random = random;
        this.map = new LeafMap(pool, random);
        this.splits = new RangeSplit(pool, map);
        this.reader = new LeafReader(pool, map, splits, random);
        this.growth = new RangeGrowth(pool, splits, limits);
        this.remembered = new RememberedRows(pool, remembered);
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
        PendingCommit pending = new PendingCommit(LeafKeys.group(commit.group().key()), commit, random);
        Backoff backoff = new Backoff("a commit in the space " + commit.group().space(), random);
        while (true) {
            Leaf leaf = map.findOrCreate(commit.group().space(), pending.group());
            LeafCommitter committer = committers.computeIfAbsent(leaf.id(), _ -> new LeafCommitter(pool, leaf));
            switch (committer.commit(pending)) {
                case DONE -> {
                    growth.consider(leaf, committer);
                    return true;
                }
                case REFUSED -> {
                    return false;
                }
                default -> {
                    pending.reset();
                    if (growth.await(leaf)) {
                        forget(leaf);
                    } else {
                        backoff.pause();
                        leave(leaf, backoff);
                    }
                }
            }
        }
    }

    /** Looks why a leaf takes no commits: others are splitting it, or it is gone. */
    private void leave(Leaf leaf, Backoff backoff) {
        ReadResult result = pool.read(leaf.object(), new ReadOp().rows(List.of(LeafKeys.HEADER)));
        if (result.isAbsent()) {
            forget(leaf);
        } else if (result.result() < 0) {
            throw Failures.of(result.result(), "the header of a range");
        } else {
            LeafHeader.State state =
                    LeafHeader.fromBytes(LeafReader.header(result)).state();
            // Who sealed it is most likely about to move it.
            if (state == LeafHeader.State.SEALED && !backoff.isLong()) {
                return;
            }
            if (state != LeafHeader.State.OPEN) {
                splits.help(leaf);
                forget(leaf);
            }
        }
    }

    private void forget(Leaf leaf) {
        map.forget(leaf);
        committers.remove(leaf.id());
    }

    @Override
    public void drop(String space) {
        map.drop(space);
    }

    void close() {
        closed = true;
        growth.close();
        remembered.close();
    }
}

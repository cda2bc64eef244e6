package coffer.store.memory;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BlobWriter;
import coffer.store.BodyRef;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Expected;
import coffer.store.GroupCursor;
import coffer.store.MetadataStore;
import coffer.store.PinnedBlobs;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.Trouble;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Rows in a sorted map, blobs in a hash map, one lock for both. Nothing survives the process. Thread-safe. */
public final class MemoryEngine implements Engine, MetadataStore, BlobStore {
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final NavigableMap<RowKey, Row> rows = new ConcurrentSkipListMap<>(RowOrder.INSTANCE);

    /** Guarded by this. */
    private final Map<BlobId, byte[]> blobs = new HashMap<>();

    /** Guarded by this. */
    private final Set<BlobId> adopted = new HashSet<>();

    /** Bodies by a number of their own. Guarded by this. */
    private final Map<Long, byte[]> bodies = new HashMap<>();

    private final PinnedBlobs pinned = new PinnedBlobs(this::free);

    private long lastId;
    private boolean closed;

    @Override
    public MetadataStore metadata() {
        return this;
    }

    @Override
    public boolean isLeader() {
        return true;
    }

    @Override
    public Optional<Trouble> trouble() {
        return Optional.empty();
    }

    @Override
    public BlobStore blobs() {
        return this;
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    @Override
    public Optional<Row> get(RowKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public synchronized Blob openBody(BodyRef body) {
        return new MemoryBlob(present(bodies.get(((MemoryBody) body).id())));
    }

    @Override
    public RowCursor scan(String space, char kind, String fromKey, String fromSuffix) {
        MemoryCursor cursor = new MemoryCursor(rows, space, kind);
        cursor.seek(fromKey, fromSuffix);
        return cursor;
    }

    /** Of a copy of all rows. */
    @Override
    public synchronized RowCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix) {
        NavigableMap<RowKey, Row> now = new ConcurrentSkipListMap<>(rows);
        List<RowCursor> cursors = kinds.chars()
                .<RowCursor>mapToObj(kind -> new MemoryCursor(now, space, (char) kind))
                .toList();
        return new GroupCursor(cursors, now::clear, fromKey, fromSuffix);
    }

    @Override
    public synchronized boolean commit(Commit commit) {
        if (closed) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "the store is closed");
        }
        for (Expected expected : commit.expected()) {
            Row row = rows.get(new RowKey(commit.group(), expected.kind(), expected.suffix()));
            boolean same = expected.row()
                    .map(seen -> row != null && Arrays.equals(seen.value(), row.value()))
                    .orElse(row == null);
            if (!same) {
                return false;
            }
        }
        if (!blobs.keySet().containsAll(commit.adopt())) {
            throw new StoreException(StoreException.Reason.GONE, "a commit adopts a blob that is not there");
        }
        commit.changes().forEach(change -> apply(commit, change));
        adopted.addAll(commit.adopt());
        adopted.removeAll(commit.release());
        pinned.release(commit.release());
        return true;
    }

    private void apply(Commit commit, Change change) {
        RowKey key = new RowKey(commit.group(), change.kind(), change.suffix());
        Row old = switch (change) {
            case Change.Put put -> rows.put(key, new Row(key, put.value(), keep(put.body())));
            case Change.Delete delete -> rows.remove(key);
        };
        if (old != null) {
            old.body().ifPresent(body -> bodies.remove(((MemoryBody) body).id()));
        }
    }

    private Optional<BodyRef> keep(Optional<ByteBuffer> body) {
        return body.map(buffer -> {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            bodies.put(++lastId, bytes);
            return new MemoryBody(lastId, bytes.length);
        });
    }

    @Override
    public synchronized void drop(String space) {
        rows.keySet().removeIf(key -> key.group().space().equals(space));
    }

    @Override
    public List<String> spaces() {
        return rows.keySet().stream()
                .map(key -> key.group().space())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public BlobWriter create(long expectedBytes) {
        return new MemoryBlobWriter();
    }

    @Override
    public synchronized Blob open(BlobId id) {
        return new MemoryBlob(present(blobs.get(id)));
    }

    @Override
    public Pin pin(List<BlobId> ids) {
        return pinned.pin(ids);
    }

    private synchronized void free(BlobId id) {
        blobs.remove(id);
    }

    @Override
    public synchronized void discard(BlobId id) {
        if (!adopted.contains(id)) {
            blobs.remove(id);
        }
    }

    /** How many blobs there are, adopted or not. */
    public synchronized int blobCount() {
        return blobs.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static byte[] present(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new StoreException(StoreException.Reason.GONE, "the bytes have been freed");
        }
        return bytes;
    }

    private synchronized BlobId keep(byte[] bytes) {
        BlobId id = new BlobId(++lastId);
        blobs.put(id, bytes);
        return id;
    }

    private final class MemoryBlobWriter implements BlobWriter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            out.writeBytes(bytes);
        }

        @Override
        public BlobId finish() {
            return keep(out.toByteArray());
        }

        @Override
        public void close() {
            out.reset();
        }
    }
}

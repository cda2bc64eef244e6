package coffer.store.local;

import coffer.store.BlobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** Turns the records of one log batch into one write to the index. Not thread-safe. */
final class IndexBatch implements LogPayload.Effects {
    private final RowIndex index;
    private final WriteBatch batch;

    /** Rows this batch has written, since the index does not know them yet; null for a removed one. */
    private final Map<ByteBuffer, byte @Nullable []> written = new HashMap<>();

    private final Map<Long, Long> liveBytesChange = new HashMap<>();
    private final List<BlobId> released = new ArrayList<>();

    IndexBatch(RowIndex index, WriteBatch batch) {
        this.index = index;
        this.batch = batch;
    }

    /** Tells the cache what the index now has. */
    void publish(RowCache cache) {
        written.forEach((key, stored) -> {
            byte[] bytes = new byte[key.remaining()];
            key.get(key.position(), bytes);
            cache.set(bytes, stored);
        });
    }

    Map<Long, Long> liveBytesChange() {
        return liveBytesChange;
    }

    List<BlobId> released() {
        return released;
    }

    @Override
    public void put(byte[] key, byte[] value, Optional<LogPayload.BodyPlace> body) {
        forgetBody(key);
        byte[] stored = RowIndex.encode(value, body);
        countBody(key, stored, 1);
        written.put(ByteBuffer.wrap(key), stored);
        store(key, stored);
    }

    @Override
    public void delete(byte[] key) {
        forgetBody(key);
        written.put(ByteBuffer.wrap(key), null);
        remove(key);
    }

    @Override
    public void drop(byte[] prefix) {
        written.keySet().stream()
                .map(ByteBuffer::array)
                .filter(key -> startsWith(key, prefix))
                .toList()
                .forEach(this::delete);
        try (RocksIterator entries = index.iterator()) {
            for (entries.seek(prefix); RowIndex.isAt(entries, prefix); entries.next()) {
                delete(entries.key());
            }
        }
    }

    @Override
    public void adopt(List<BlobId> blobs) {
        blobs.forEach(blob -> store(RowIndex.blobKey(blob), new byte[] {1}));
    }

    @Override
    public void release(List<BlobId> blobs) {
        blobs.forEach(blob -> remove(RowIndex.blobKey(blob)));
        released.addAll(blobs);
    }

    private void forgetBody(byte[] key) {
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        byte[] old = written.containsKey(wrapped) ? written.get(wrapped) : index.readRow(key);
        if (old != null) {
            countBody(key, old, -1);
        }
    }

    /** A body keeps the whole record alive that brought it: copied forward, it takes its row along. */
    private void countBody(byte[] key, byte[] stored, int sign) {
        RowIndex.place(stored).ifPresent(place -> {
            long bytes = LogWriter.recordBytes(key.length, RowIndex.valueLength(stored), place.lengthBytes());
            liveBytesChange.merge(place.segment(), sign * bytes, Long::sum);
        });
    }

    private void store(byte[] key, byte[] value) {
        try {
            batch.put(key, value);
        } catch (RocksDBException e) {
            throw RowIndex.failed(e);
        }
    }

    private void remove(byte[] key) {
        try {
            batch.delete(key);
        } catch (RocksDBException e) {
            throw RowIndex.failed(e);
        }
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}

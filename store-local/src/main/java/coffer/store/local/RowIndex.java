package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.GroupCursor;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * Where everything is: RocksDB without a log of its own. Written by the committer alone; read by everybody.
 *
 * <pre>
 * 'R' row key      00, or 01 segment 8, position 8, length 4, crc32c 4; then the value
 * 'B' blob id 8    adopted blobs
 * 'L' segment 8    bytes of the records in the segment that hold live bodies, 8
 * 'P'              segment 8, position 8, sequence 8: the log is in the index up to there
 * </pre>
 *
 * All of one batch becomes durable together, whenever RocksDB or {@link #flush} writes its memory out.
 */
final class RowIndex implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final byte[] POSITION = {'P'};
    private static final int BODY_BYTES = 24;
    private static final long WRITE_BUFFER_BYTES = 16L * 1024 * 1024;

    private final Options options;
    private final LRUCache cache;

    /** What is not written yet takes its memory from the cache. */
    private final WriteBufferManager writeBuffers;

    private final BloomFilter bloomFilter = new BloomFilter(10);
    /** A file where half of a stretch are deletions is compacted soon: scans have to step over each of them. */
    private final TablePropertiesCollectorFactory compactDeletions =
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(4096, 2048, 0.5);

    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final RocksDB db;
    private final RowCache cached;
    private final ReadThreads reads;
    private final Map<Long, Long> liveBytes = new ConcurrentHashMap<>();

    /** How far the log is in the index. */
    record LogPosition(long segment, long position, long sequence) {}

    RowIndex(Path folder, LocalOptions local, ReadThreads reads) {
        this.reads = reads;
        cache = new LRUCache(local.blockCacheBytes());
        writeBuffers = new WriteBufferManager(local.blockCacheBytes() / 2, cache);
        cached = new RowCache(local.rowCacheBytes());
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(3)
                .setWriteBufferManager(writeBuffers)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(512)
                .setKeepLogFileNum(2)
                .setAvoidUnnecessaryBlockingIO(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloomFilter)
                        // In parts: the cache takes no block longer than one of its shards, so the index of a large
                        // file, in one piece, would be read again by every lookup.
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setMetadataBlockSize(8 * 1024)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setPinTopLevelIndexAndFilter(true));
        options.setTablePropertiesCollectorFactory(List.of(compactDeletions));
        try {
            db = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            throw failed(e);
        }
        readLiveBytes();
    }

    Optional<Row> get(RowKey key) {
        byte[] stored = readRow(RowKeys.encode(key));
        return stored == null ? Optional.empty() : Optional.of(row(key, stored));
    }

    /** The value of a row, null if there is no such row. */
    byte @Nullable [] value(byte[] rowKey) {
        byte[] stored = readRow(rowKey);
        return stored == null ? null : Arrays.copyOfRange(stored, valueOffset(stored), stored.length);
    }

    /** Where the body of a row lies now. */
    Optional<LogPayload.BodyPlace> body(byte[] rowKey) {
        byte[] stored = readRow(rowKey);
        return stored == null ? Optional.empty() : place(stored);
    }

    boolean isAdopted(BlobId blob) {
        return read(blobKey(blob)) != null;
    }

    RocksIterator iterator() {
        return db.newIterator();
    }

    /** As {@link coffer.store.MetadataStore#scanGroups}: all cursors see one snapshot. */
    GroupCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix) {
        Snapshot snapshot = db.getSnapshot();
        ReadOptions reading = new ReadOptions().setSnapshot(snapshot);
        List<RowCursor> cursors = kinds.chars()
                .<RowCursor>mapToObj(
                        kind -> new IndexCursor(db.newIterator(reading), space, (char) kind, fromKey, fromSuffix))
                .toList();
        return new GroupCursor(
                cursors,
                () -> {
                    reading.close();
                    db.releaseSnapshot(snapshot);
                    snapshot.close();
                },
                fromKey,
                fromSuffix);
    }

    /** As {@link coffer.store.MetadataStore#spaces}: one seek for each. */
    List<String> spaces() {
        List<String> spaces = new ArrayList<>();
        try (RocksIterator rows = iterator()) {
            rows.seek(new byte[] {'R'});
            while (isAt(rows, (byte) 'R')) {
                String space = RowKeys.space(rows.key());
                spaces.add(space);
                rows.seek(RowKeys.behind(space));
            }
        }
        return spaces;
    }

    /**
     * Whether an iterator is at an entry that begins with these bytes.
     *
     * @throws StoreException if it stopped for another reason than the end of what there is
     */
    static boolean isAt(RocksIterator entries, byte... prefix) {
        if (entries.isValid()) {
            return IndexBatch.startsWith(entries.key(), prefix);
        }
        try {
            entries.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
        return false;
    }

    static Row row(RowKey key, byte[] stored) {
        return new Row(
                key,
                Arrays.copyOfRange(stored, valueOffset(stored), stored.length),
                place(stored)
                        .map(place ->
                                new LogBody(place.segment(), place.position(), place.lengthBytes(), place.crc())));
    }

    /** How far the index has come, as of its last write. */
    LogPosition position() {
        byte[] stored = read(POSITION);
        if (stored == null) {
            return new LogPosition(0, 0, 0);
        }
        ByteBuffer in = ByteBuffer.wrap(stored);
        return new LogPosition(in.getLong(), in.getLong(), in.getLong());
    }

    /** Bytes of the records in a segment that hold live bodies: what copying them forward would write. */
    long liveBytes(long segment) {
        return liveBytes.getOrDefault(segment, 0L);
    }

    /**
     * Applies a batch of the log.
     *
     * @param payloadPosition where the payload lies in the segment
     * @param after the position behind the batch
     * @return the blobs that the batch released
     */
    List<BlobId> apply(ByteBuffer payload, long payloadPosition, LogPosition after) {
        try (WriteBatch batch = new WriteBatch()) {
            IndexBatch effects = new IndexBatch(this, batch);
            LogPayload.read(payload, after.segment(), payloadPosition, effects);
            effects.liveBytesChange().forEach((segment, change) -> {
                long live = liveBytes.merge(segment, change, Long::sum);
                put(
                        batch,
                        liveKey(segment),
                        ByteBuffer.allocate(8).putLong(live).array());
            });
            put(
                    batch,
                    POSITION,
                    ByteBuffer.allocate(24)
                            .putLong(after.segment())
                            .putLong(after.position())
                            .putLong(after.sequence())
                            .array());
            db.write(writeOptions, batch);
            effects.publish(cached);
            return effects.released();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Makes everything written so far durable. */
    void flush() {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            db.flush(flush);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /**
     * Reads everything that is on the disk.
     *
     * @throws StoreException {@code CORRUPT} if it is not what was written
     */
    void verify() {
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw new StoreException(StoreException.Reason.CORRUPT, "it is damaged: " + e.getMessage(), e);
        }
    }

    /** Corrects {@link #liveBytes}. */
    void setLiveBytes(long segment, long bytes) {
        liveBytes.put(segment, bytes);
        run(() -> db.put(
                writeOptions,
                liveKey(segment),
                ByteBuffer.allocate(8).putLong(bytes).array()));
    }

    /** What RocksDB knows of itself by this name. */
    long property(String name) {
        try {
            return db.getLongProperty(name);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Leaves its files as they are until {@link #resume}: what a copy of a folder in use needs. */
    void pause() {
        run(db::pauseBackgroundWork);
    }

    /** Ends {@link #pause}. */
    void resume() {
        run(db::continueBackgroundWork);
    }

    /** Work of the index that may fail. */
    private interface Work {
        void run() throws RocksDBException;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Forgets a segment that is gone. */
    void forget(long segment) {
        liveBytes.remove(segment);
        run(() -> db.delete(writeOptions, liveKey(segment)));
    }

    static byte[] encode(byte[] value, Optional<LogPayload.BodyPlace> body) {
        if (body.isEmpty()) {
            return ByteBuffer.allocate(1 + value.length)
                    .put((byte) 0)
                    .put(value)
                    .array();
        }
        LogPayload.BodyPlace place = body.get();
        return ByteBuffer.allocate(1 + BODY_BYTES + value.length)
                .put((byte) 1)
                .putLong(place.segment())
                .putLong(place.position())
                .putInt(place.lengthBytes())
                .putInt(place.crc())
                .put(value)
                .array();
    }

    static Optional<LogPayload.BodyPlace> place(byte[] stored) {
        if (stored[0] == 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, BODY_BYTES);
        return Optional.of(new LogPayload.BodyPlace(in.getLong(), in.getLong(), in.getInt(), in.getInt()));
    }

    static byte[] blobKey(BlobId blob) {
        return ByteBuffer.allocate(9).put((byte) 'B').putLong(blob.value()).array();
    }

    private static byte[] liveKey(long segment) {
        return ByteBuffer.allocate(9).put((byte) 'L').putLong(segment).array();
    }

    static int valueLength(byte[] stored) {
        return stored.length - valueOffset(stored);
    }

    private static int valueOffset(byte[] stored) {
        return stored[0] == 0 ? 1 : 1 + BODY_BYTES;
    }

    /** A row as it is stored, null if it is not there. */
    byte @Nullable [] readRow(byte[] key) {
        byte[] found = cached.find(key);
        return found != null
                ? found
                : reads.run(() -> Optional.ofNullable(cached.get(key, this::read)))
                        .orElse(null);
    }

    private byte @Nullable [] read(byte[] key) {
        try {
            return db.get(key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static void put(WriteBatch batch, byte[] key, byte[] value) {
        run(() -> batch.put(key, value));
    }

    private void readLiveBytes() {
        try (RocksIterator entries = db.newIterator()) {
            for (entries.seek(new byte[] {'L'}); isAt(entries, (byte) 'L'); entries.next()) {
                long live = ByteBuffer.wrap(entries.value()).getLong();
                liveBytes.put(ByteBuffer.wrap(entries.key(), 1, 8).getLong(), live);
            }
        }
    }

    static StoreException failed(RocksDBException e) {
        return new StoreException(StoreException.Reason.UNAVAILABLE, "the index failed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        db.close();
        writeOptions.close();
        options.close();
        compactDeletions.close();
        bloomFilter.close();
        writeBuffers.close();
        cache.close();
    }
}

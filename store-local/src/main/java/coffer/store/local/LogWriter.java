package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Encodes what commits together into one batch of the log. Reused batch after batch; not thread-safe.
 *
 * <pre>
 * batch   magic 4, payload length 4, segment 8, sequence 8, crc32c 4 of all but itself, 4 unused, payload
 * payload records, one after another
 * record  'C' changes 4, each: row key, value, body; adopted 4, ids 8; released 4, ids 8
 *         'D' prefix of row keys to be removed
 * row key length 2, bytes
 * value   length 4, bytes; length -1 removes the row
 * body    length 4, -1 for none; crc32c 4, bytes
 * </pre>
 */
final class LogWriter {
    static final int MAGIC = 0x434f4652;
    static final int HEADER_BYTES = 32;
    static final int CRC_OFFSET = 24;
    static final byte COMMIT = 'C';
    static final byte DROP = 'D';

    private static final byte[] ZEROS = new byte[DirectFiles.BLOCK_BYTES];

    private ByteBuffer buffer = ByteBuffer.allocateDirect(4 * 1024 * 1024);

    LogWriter() {
        buffer.position(HEADER_BYTES);
    }

    /** Forgets everything and begins a batch. */
    void begin() {
        buffer.clear().position(HEADER_BYTES);
    }

    boolean isEmpty() {
        return buffer.position() == HEADER_BYTES;
    }

    int sizeBytes() {
        return buffer.position();
    }

    /** At most how many bytes a commit adds. */
    static long boundBytes(Commit commit) {
        long bytes = 32 + 8L * (commit.adopt().size() + commit.release().size());
        for (Change change : commit.changes()) {
            bytes += 2000 + change.suffix().length();
            if (change instanceof Change.Put put) {
                bytes += put.value().length
                        + put.body().map(ByteBuffer::remaining).orElse(0);
            }
        }
        return bytes;
    }

    /** How many bytes a row with a body takes, its share of the batch not counted. */
    static long recordBytes(int keyBytes, int valueBytes, int bodyBytes) {
        return 14L + keyBytes + valueBytes + bodyBytes;
    }

    /** Adds a commit, given the encoded keys of its changes. */
    void add(Commit commit, byte[][] keys) {
        ensure(boundBytes(commit));
        buffer.put(COMMIT).putInt(keys.length);
        for (int i = 0; i < keys.length; i++) {
            switch (commit.changes().get(i)) {
                case Change.Put put -> put(keys[i], put.value(), put.body());
                case Change.Delete delete -> delete(keys[i]);
            }
        }
        putIds(commit.adopt());
        putIds(commit.release());
    }

    /** A row as it is, its body written once more, so that the old place becomes free. */
    void addMoved(byte[] key, byte[] value, ByteBuffer body) {
        ensure(64L + key.length + value.length + body.remaining());
        buffer.put(COMMIT).putInt(1);
        put(key, value, Optional.of(body));
        putIds(List.of());
        putIds(List.of());
    }

    void addDrop(byte[] prefix) {
        ensure(64L + prefix.length);
        buffer.put(DROP).putShort((short) prefix.length).put(prefix);
    }

    /** The batch, ready to be written; a block of zeros follows within the buffer. */
    ByteBuffer finish(long segment, long sequence) {
        int end = buffer.position();
        buffer.putInt(0, MAGIC)
                .putInt(4, end - HEADER_BYTES)
                .putLong(8, segment)
                .putLong(16, sequence);
        ensure(DirectFiles.BLOCK_BYTES);
        buffer.put(end, ZEROS);
        buffer.putInt(CRC_OFFSET, crc(buffer, end)).putInt(CRC_OFFSET + 4, 0);
        return buffer.duplicate().position(0).limit(end);
    }

    /** The payload of the finished batch. */
    ByteBuffer payload() {
        return buffer.duplicate().flip().position(HEADER_BYTES);
    }

    /** The checksum of a batch that lies at the beginning of a buffer. */
    static int crc(ByteBuffer batch, int end) {
        CRC32C crc = new CRC32C();
        crc.update(batch.duplicate().position(0).limit(CRC_OFFSET));
        crc.update(batch.duplicate().limit(end).position(HEADER_BYTES));
        return (int) crc.getValue();
    }

    private void put(byte[] key, byte[] value, Optional<ByteBuffer> body) {
        buffer.putShort((short) key.length).put(key).putInt(value.length).put(value);
        if (body.isPresent()) {
            CRC32C crc = new CRC32C();
            crc.update(body.get().duplicate());
            buffer.putInt(body.get().remaining())
                    .putInt((int) crc.getValue())
                    .put(body.get().duplicate());
        } else {
            buffer.putInt(-1);
        }
    }

    private void delete(byte[] key) {
        buffer.putShort((short) key.length).put(key).putInt(-1);
    }

    private void putIds(List<BlobId> ids) {
        buffer.putInt(ids.size());
        ids.forEach(id -> buffer.putLong(id.value()));
    }

    private void ensure(long moreBytes) {
        if (buffer.remaining() < moreBytes) {
            int capacity = Math.toIntExact(Math.max(2L * buffer.capacity(), buffer.position() + moreBytes));
            buffer = ByteBuffer.allocateDirect(capacity).put(buffer.flip());
        }
    }
}

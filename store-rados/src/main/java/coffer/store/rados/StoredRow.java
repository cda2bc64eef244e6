package coffer.store.rados;

import coffer.store.Row;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a row and its body are stored:
 *
 * <pre>
 * row   00 value, or 01 tag 8, length 4, crc32c 4, value
 * body  tag 8, bytes
 * </pre>
 *
 * The tag says which body belongs to which row: they are replaced together, but may be read one after the other.
 */
final class StoredRow {
    private static final byte PLAIN = 0;
    private static final byte WITH_BODY = 1;
    private static final int BODY_OFFSET = 17;
    static final int TAG_BYTES = 8;

    private StoredRow() {}

    static byte[] encode(byte[] value, Optional<RadosBody> body) {
        if (body.isEmpty()) {
            return ByteBuffer.allocate(1 + value.length).put(PLAIN).put(value).array();
        }
        RadosBody stored = body.get();
        return ByteBuffer.allocate(BODY_OFFSET + value.length)
                .put(WITH_BODY)
                .putLong(stored.tag())
                .putInt((int) stored.lengthBytes())
                .putInt(stored.crc32c())
                .put(value)
                .array();
    }

    /** A row as it was read, in the bytes it has in the store. */
    static byte[] encode(Row row) {
        return encode(row.value(), row.body().map(RadosBody.class::cast));
    }

    static byte[] encodeBody(long tag, ByteBuffer bytes) {
        return ByteBuffer.allocate(TAG_BYTES + bytes.remaining())
                .putLong(tag)
                .put(bytes.duplicate())
                .array();
    }

    /**
     * A row as it was stored.
     *
     * @param body what is stored of its body, null if that was not read
     */
    static Row decode(RowKey key, byte[] stored, byte @Nullable [] body) {
        if (stored[0] == PLAIN) {
            return new Row(key, Arrays.copyOfRange(stored, 1, stored.length), Optional.empty());
        }
        if (stored[0] != WITH_BODY || stored.length < BODY_OFFSET) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a stored row is not readable");
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, BODY_OFFSET - 1);
        RadosBody ref = new RadosBody(key, in.getLong(), in.getInt(), in.getInt(), body);
        return new Row(key, Arrays.copyOfRange(stored, BODY_OFFSET, stored.length), Optional.of(ref));
    }
}

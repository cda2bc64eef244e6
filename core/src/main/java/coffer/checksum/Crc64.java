package coffer.checksum;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * CRC-64/XZ: polynomial ECMA-182, reflected, initial value and final xor all ones. What COS calls
 * {@code x-cos-hash-crc64ecma}. Not thread-safe.
 *
 * <p>By {@link Crc64Tables}; where the system has a library that is faster still, by that.
 */
public final class Crc64 {
    private static final Crc64Tables TABLES = new Crc64Tables(0xC96C5795D7870F42L);

    /** Below that a call costs more than it saves. */
    private static final int NATIVE_BYTES = 512;

    /** A garbage collection has to wait for a call, so that none is long. */
    private static final int MAX_CALL_BYTES = 256 * 1024;

    private long state = Crc64Tables.BEGIN;

    /** Adds {@code count} bytes from {@code from} on. */
    public void update(byte[] bytes, int from, int count) {
        if (count >= NATIVE_BYTES && NativeCrc64.isThere()) {
            for (int at = from; at < from + count; at += MAX_CALL_BYTES) {
                int step = Math.min(MAX_CALL_BYTES, from + count - at);
                state = ~NativeCrc64.update(~state, MemorySegment.ofArray(bytes).asSlice(at, step));
            }
        } else {
            updateByTables(bytes, from, count);
        }
    }

    /** The same in Java alone. */
    void updateByTables(byte[] bytes, int from, int count) {
        state = TABLES.advance(state, bytes, from, count);
    }

    /** Adds what is left of a buffer, without moving its position. */
    public void update(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            update(copy, 0, copy.length);
        }
    }

    /** The CRC of what was added so far; to be read as unsigned. */
    public long value() {
        return ~state;
    }

    /** The CRC of {@code bytes}. */
    public static long of(byte[] bytes) {
        Crc64 crc = new Crc64();
        crc.update(bytes, 0, bytes.length);
        return crc.value();
    }

    /**
     * The CRC of two stretches one after the other.
     *
     * @param first CRC of the first
     * @param second CRC of the second
     * @param secondBytes length of the second
     */
    public static long combine(long first, long second, long secondBytes) {
        return TABLES.join().join(first, second, secondBytes);
    }
}

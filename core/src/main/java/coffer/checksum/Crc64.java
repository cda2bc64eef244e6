package coffer.checksum;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * CRC-64/XZ: polynomial ECMA-182, reflected, initial value and final xor all ones. What COS calls
 * {@code x-cos-hash-crc64ecma}. Not thread-safe.
 *
 * <p>Eight bytes at a time through eight tables; long input as four independent streams, whose table look-ups overlap in
 * the processor, joined by {@link #combine}. Where the system has a library that is faster still, by that.
 */
public final class Crc64 {
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;
    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** From here on four streams are worth the three combinations. */
    private static final int INTERLEAVE_BYTES = 64 * 1024;

    /** Below that a call costs more than it saves. */
    private static final int NATIVE_BYTES = 512;

    /** A garbage collection has to wait for a call, so that none is long. */
    private static final int MAX_CALL_BYTES = 256 * 1024;

    private long state = ~0L;

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
        if (count < INTERLEAVE_BYTES) {
            state = advance(state, bytes, from, count);
            return;
        }
        int quarter = (count / 4) & ~7;
        long a = state;
        long b = ~0L;
        long c = ~0L;
        long d = ~0L;
        for (int i = 0; i < quarter; i += 8) {
            a = eight(a ^ (long) LONGS.get(bytes, from + i));
            b = eight(b ^ (long) LONGS.get(bytes, from + quarter + i));
            c = eight(c ^ (long) LONGS.get(bytes, from + 2 * quarter + i));
            d = eight(d ^ (long) LONGS.get(bytes, from + 3 * quarter + i));
        }
        long joined = combine(combine(combine(~a, ~b, quarter), ~c, quarter), ~d, quarter);
        state = advance(~joined, bytes, from + 4 * quarter, count - 4 * quarter);
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
        long result = first;
        long rest = secondBytes;
        for (int power = 0; rest != 0; power++, rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = times(Shift.BY_POWER[power], result);
            }
        }
        return result ^ second;
    }

    private static long advance(long begun, byte[] bytes, int from, int count) {
        long crc = begun;
        int i = from;
        int end = from + count;
        for (; i + 8 <= end; i += 8) {
            crc = eight(crc ^ (long) LONGS.get(bytes, i));
        }
        for (; i < end; i++) {
            crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ crc >>> 8;
        }
        return crc;
    }

    private static long eight(long x) {
        return TABLES[7][(int) x & 0xff]
                ^ TABLES[6][(int) (x >>> 8) & 0xff]
                ^ TABLES[5][(int) (x >>> 16) & 0xff]
                ^ TABLES[4][(int) (x >>> 24) & 0xff]
                ^ TABLES[3][(int) (x >>> 32) & 0xff]
                ^ TABLES[2][(int) (x >>> 40) & 0xff]
                ^ TABLES[1][(int) (x >>> 48) & 0xff]
                ^ TABLES[0][(int) (x >>> 56)];
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][i] = crc;
        }
        for (int table = 1; table < 8; table++) {
            for (int i = 0; i < 256; i++) {
                long crc = tables[table - 1][i];
                tables[table][i] = tables[0][(int) crc & 0xff] ^ crc >>> 8;
            }
        }
        return tables;
    }

    /** A 64 by 64 matrix over GF(2), a column a word, times a vector. */
    private static long times(long[] matrix, long vector) {
        long sum = 0;
        for (long rest = vector; rest != 0; rest &= rest - 1) {
            sum ^= matrix[Long.numberOfTrailingZeros(rest)];
        }
        return sum;
    }

    /** The matrices that advance a CRC over 2^n zero bytes, as zlib's crc32_combine has them. */
    private static final class Shift {
        static final long[][] BY_POWER = new long[63][];

        static {
            long[] byBit = new long[64];
            byBit[0] = POLYNOMIAL;
            for (int i = 1; i < 64; i++) {
                byBit[i] = 1L << (i - 1);
            }
            long[] matrix = square(square(square(byBit)));
            for (int power = 0; power < BY_POWER.length; power++) {
                BY_POWER[power] = matrix;
                matrix = square(matrix);
            }
        }

        private static long[] square(long[] matrix) {
            long[] squared = new long[64];
            for (int i = 0; i < 64; i++) {
                squared[i] = times(matrix, matrix[i]);
            }
            return squared;
        }
    }
}

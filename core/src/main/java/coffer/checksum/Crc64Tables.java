package coffer.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A reflected CRC of 64 bits whose initial value and final xor are all ones, whatever its polynomial: eight bytes at a
 * time through eight tables; long input as four independent streams, whose table look-ups overlap in the processor.
 * Thread-safe.
 */
final class Crc64Tables {
    /** What the register holds before the first byte. */
    static final long BEGIN = ~0L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** From here on four streams are worth the three combinations. */
    private static final int INTERLEAVE_BYTES = 64 * 1024;

    private final long[][] tables;
    private final CrcJoin join;

    /** @param polynomial reflected */
    Crc64Tables(long polynomial) {
        this.tables = tables(polynomial);
        this.join = new CrcJoin(polynomial, 64);
    }

    /** Joins two CRCs of this polynomial. */
    CrcJoin join() {
        return join;
    }

    /**
     * Continues.
     *
     * @param begun what the register holds
     * @return what it holds behind the bytes
     */
    long advance(long begun, byte[] bytes, int from, int count) {
        if (count < INTERLEAVE_BYTES) {
            return oneStream(begun, bytes, from, count);
        }
        int quarter = (count / 4) & ~7;
        long a = begun;
        long b = BEGIN;
        long c = BEGIN;
        long d = BEGIN;
        for (int i = 0; i < quarter; i += 8) {
            a = eight(a ^ (long) LONGS.get(bytes, from + i));
            b = eight(b ^ (long) LONGS.get(bytes, from + quarter + i));
            c = eight(c ^ (long) LONGS.get(bytes, from + 2 * quarter + i));
            d = eight(d ^ (long) LONGS.get(bytes, from + 3 * quarter + i));
        }
        long joined = join.join(join.join(join.join(~a, ~b, quarter), ~c, quarter), ~d, quarter);
        return oneStream(~joined, bytes, from + 4 * quarter, count - 4 * quarter);
    }

    private long oneStream(long begun, byte[] bytes, int from, int count) {
        long crc = begun;
        int i = from;
        int end = from + count;
        for (; i + 8 <= end; i += 8) {
            crc = eight(crc ^ (long) LONGS.get(bytes, i));
        }
        for (; i < end; i++) {
            crc = tables[0][(int) (crc ^ bytes[i]) & 0xff] ^ crc >>> 8;
        }
        return crc;
    }

    private long eight(long x) {
        return tables[7][(int) x & 0xff]
                ^ tables[6][(int) (x >>> 8) & 0xff]
                ^ tables[5][(int) (x >>> 16) & 0xff]
                ^ tables[4][(int) (x >>> 24) & 0xff]
                ^ tables[3][(int) (x >>> 32) & 0xff]
                ^ tables[2][(int) (x >>> 40) & 0xff]
                ^ tables[1][(int) (x >>> 48) & 0xff]
                ^ tables[0][(int) (x >>> 56)];
    }

    private static long[][] tables(long polynomial) {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ polynomial;
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
}

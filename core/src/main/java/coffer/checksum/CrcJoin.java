package coffer.checksum;

/**
 * Joins the reflected CRCs of two stretches, whatever their polynomial: appending a zero bit is a linear map of the
 * register, and squaring the map doubles how many are appended, as zlib's crc32_combine does. Thread-safe.
 */
final class CrcJoin {
    private final int bits;

    /** A matrix over GF(2), a column a word, for 2^n zero bytes. */
    private final long[][] byPower = new long[63][];

    /**
     * Makes the matrices.
     *
     * @param polynomial reflected
     * @param bits width of the register, up to 64
     */
    CrcJoin(long polynomial, int bits) {
        this.bits = bits;
        long[] oneBit = new long[bits];
        oneBit[0] = polynomial;
        for (int i = 1; i < bits; i++) {
            oneBit[i] = 1L << (i - 1);
        }
        long[] map = square(square(square(oneBit)));
        for (int power = 0; power < byPower.length; power++) {
            byPower[power] = map;
            map = square(map);
        }
    }

    /**
     * The CRC of two stretches one after the other.
     *
     * @param secondBytes length of the second
     */
    long join(long first, long second, long secondBytes) {
        long crc = first;
        long rest = secondBytes;
        for (int power = 0; rest != 0; power++, rest >>>= 1) {
            if ((rest & 1) != 0) {
                crc = times(byPower[power], crc);
            }
        }
        return crc ^ second;
    }

    private static long times(long[] map, long vector) {
        long sum = 0;
        for (long rest = vector; rest != 0; rest &= rest - 1) {
            sum ^= map[Long.numberOfTrailingZeros(rest)];
        }
        return sum;
    }

    private long[] square(long[] map) {
        long[] squared = new long[bits];
        for (int i = 0; i < bits; i++) {
            squared[i] = times(map, map[i]);
        }
        return squared;
    }
}

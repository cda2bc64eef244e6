package coffer.checksum;

/**
 * Joins the reflected CRCs of two stretches, whatever their polynomial: appending a zero bit is a linear map of the
 * register, and squaring the map doubles how many are appended.
 *
 * @param polynomial reflected
 * @param bits width of the register, up to 64
 */
record CrcJoin(long polynomial, int bits) {
    /**
     * The CRC of two stretches one after the other.
     *
     * @param secondBytes length of the second
     */
    long join(long first, long second, long secondBytes) {
        long crc = first;
        long[] map = oneZeroByte();
        for (long rest = secondBytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                crc = times(map, crc);
            }
            map = square(map);
        }
        return crc ^ second;
    }

    private long[] oneZeroByte() {
        long[] oneBit = new long[bits];
        oneBit[0] = polynomial;
        for (int i = 1; i < bits; i++) {
            oneBit[i] = 1L << (i - 1);
        }
        return square(square(square(oneBit)));
    }

    private static long times(long[] map, long vector) {
        long sum = 0;
        long rest = vector;
        for (int i = 0; rest != 0; i++, rest >>>= 1) {
            if ((rest & 1) != 0) {
                sum ^= map[i];
            }
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

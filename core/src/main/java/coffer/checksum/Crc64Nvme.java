package coffer.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, initial value and final xor all ones, as {@link Crc64} but of another polynomial. Source: NVM
 * Express NVM Command Set Specification, "64b CRC"; S3 docs, "Checking object integrity". Not thread-safe.
 */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = ~0L;

    @Override
    public void update(int octet) {
        state = TABLES[0][(int) (state ^ octet) & 0xff] ^ state >>> 8;
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
        long crc = state;
        int i = from;
        int end = from + count;
        for (; i + 8 <= end; i += 8) {
            long x = crc ^ (long) LONGS.get(bytes, i);
            crc = TABLES[7][(int) x & 0xff]
                    ^ TABLES[6][(int) (x >>> 8) & 0xff]
                    ^ TABLES[5][(int) (x >>> 16) & 0xff]
                    ^ TABLES[4][(int) (x >>> 24) & 0xff]
                    ^ TABLES[3][(int) (x >>> 32) & 0xff]
                    ^ TABLES[2][(int) (x >>> 40) & 0xff]
                    ^ TABLES[1][(int) (x >>> 48) & 0xff]
                    ^ TABLES[0][(int) (x >>> 56) & 0xff];
        }
        for (; i < end; i++) {
            crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ crc >>> 8;
        }
        state = crc;
    }

    /** The CRC of what was added so far; to be read as unsigned. */
    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = ~0L;
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int octet = 0; octet < 256; octet++) {
            long crc = octet;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][octet] = crc;
        }
        for (int octet = 0; octet < 256; octet++) {
            for (int table = 1; table < 8; table++) {
                long before = tables[table - 1][octet];
                tables[table][octet] = tables[0][(int) before & 0xff] ^ before >>> 8;
            }
        }
        return tables;
    }
}

package coffer.checksum;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, initial value and final xor all ones, as {@link Crc64} but of another polynomial. Source: NVM
 * Express NVM Command Set Specification, "64b CRC"; S3 docs, "Checking object integrity". Not thread-safe.
 */
final class Crc64Nvme implements Checksum {
    static final Crc64Tables TABLES = new Crc64Tables(0x9A6C9329AC4BC9B5L);

    private long state = Crc64Tables.BEGIN;

    @Override
    public void update(int octet) {
        update(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
        state = TABLES.advance(state, bytes, from, count);
    }

    /** The CRC of what was added so far; to be read as unsigned. */
    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = Crc64Tables.BEGIN;
    }
}

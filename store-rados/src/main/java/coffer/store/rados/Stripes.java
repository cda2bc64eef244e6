package coffer.store.rados;

import coffer.store.BlobId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * How the bytes of a blob lie in objects of the data pool, each written by one operation and never changed, since that is
 * all that an erasure-coded pool does well:
 *
 * <pre>
 * d.ID.N   64 blocks, the last object has fewer; ID is 16 hexadecimal digits, N counts from 0, hexadecimal as well
 * block    65,532 bytes of the blob, CRC32C 4; the last block is shorter
 * </pre>
 *
 * A block lies where a block of 64 KiB would, so that reads are aligned. Its checksum is of its bytes, the id and its number:
 * a block that got to the wrong place is noticed. Object 0 has the length of the blob as an attribute.
 */
final class Stripes {
    static final int BLOCK_BYTES = 64 * 1024;
    static final int CRC_BYTES = 4;

    /** How much of a blob is in a block. */
    static final int BLOCK_DATA = BLOCK_BYTES - CRC_BYTES;

    /** Blocks of an object. */
    static final int BLOCKS = 64;

    static final int OBJECT_BYTES = BLOCKS * BLOCK_BYTES;

    /** The attribute that has the length: 01, then 8 bytes. */
    static final String LENGTH = "length";

    private static final byte FORMAT = 1;

    private Stripes() {}

    static String object(BlobId id, long stripe) {
        return "d." + HexFormat.of().toHexDigits(id.value()) + "." + Long.toHexString(stripe);
    }

    /** How many blocks so many bytes of a blob take. */
    static long blocks(long dataBytes) {
        return (dataBytes + BLOCK_DATA - 1) / BLOCK_DATA;
    }

    /** How many objects a blob has: at least one. */
    static long objects(long lengthBytes) {
        return Math.max(1, (blocks(lengthBytes) + BLOCKS - 1) / BLOCKS);
    }

    /** How long so many bytes of a blob are with their checksums. */
    static long storedBytes(long dataBytes) {
        return dataBytes + CRC_BYTES * blocks(dataBytes);
    }

    /**
     * The checksum of a block.
     *
     * @param block its number in the blob
     */
    static int crc(BlobId id, long block, ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        crc.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.value())
                .putLong(block)
                .flip());
        return (int) crc.getValue();
    }

    static byte[] length(long lengthBytes) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(FORMAT)
                .putLong(lengthBytes)
                .array();
    }

    /** The length of a blob; negative if that is none. */
    static long length(byte[] attribute) {
        boolean known = attribute.length == 1 + Long.BYTES && attribute[0] == FORMAT;
        return known ? ByteBuffer.wrap(attribute).getLong(1) : -1;
    }
}

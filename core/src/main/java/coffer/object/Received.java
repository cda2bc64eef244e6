package coffer.object;

import coffer.checksum.ObjectChecksum;
import coffer.store.BlobId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A body that has arrived whole and matched what was announced. Its extents are durable but belong to nobody until a
 * commit adopts them; whoever does not commit it discards it.
 *
 * @param content where the bytes are
 * @param tail the bytes of the tail as they are to be stored, empty if there is none
 * @param md5 16 bytes
 * @param crc64 CRC-64/XZ
 * @param etag 32 lower-case hex digits, the MD5 unless the encryption hides it
 * @param checksum the one that was chosen, if one was
 */
public record Received(
        Content content,
        Optional<ByteBuffer> tail,
        byte[] md5,
        long crc64,
        String etag,
        Optional<ObjectChecksum> checksum) {
    public long sizeBytes() {
        return content.sizeBytes();
    }

    /** The MD5 in lower-case hex. */
    public String md5Hex() {
        return HexFormat.of().formatHex(md5);
    }

    public List<BlobId> blobs() {
        return content.blobs();
    }
}

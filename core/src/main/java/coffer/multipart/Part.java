package coffer.multipart;

import coffer.object.Extent;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.BlobId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A part that has been uploaded.
 *
 * @param number 1 to 10,000
 * @param md5Hex 32 lower-case hex digits, the part's ETag without quotes
 * @param crc64 CRC-64/XZ of its bytes
 * @param modified when it was committed
 * @param extent its bytes; empty for a part without any
 */
public record Part(int number, String md5Hex, long crc64, Instant modified, Optional<Extent> extent) {
    private static final int FORMAT = 1;

    public long sizeBytes() {
        return extent.map(Extent::lengthBytes).orElse(0L);
    }

    public String quotedEtag() {
        return '"' + md5Hex + '"';
    }

    byte[] md5() {
        return HexFormat.of().parseHex(md5Hex);
    }

    /** The blobs its row refers to. */
    public List<BlobId> blobs() {
        return extent.map(Extent::blob).stream().toList();
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(md5Hex)
                .number(crc64)
                .time(modified)
                .number(extent.map(present -> present.blob().value()).orElse(0L))
                .number(sizeBytes())
                .toBytes();
    }

    static Part fromBytes(int number, byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        String md5Hex = in.text();
        long crc64 = in.number();
        Instant modified = in.time();
        Extent extent = new Extent(new BlobId(in.number()), in.number());
        return new Part(
                number, md5Hex, crc64, modified, extent.lengthBytes() == 0 ? Optional.empty() : Optional.of(extent));
    }
}

package coffer.multipart;

import coffer.checksum.ObjectChecksum;
import coffer.encryption.Salt;
import coffer.object.ChecksumRecord;
import coffer.object.Extent;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.BlobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part that has been uploaded.
 *
 * @param number 1 to 10,000
 * @param etag 32 lower-case hex digits, without quotes
 * @param crc64 CRC-64/XZ of its bytes
 * @param modified when it was committed
 * @param extent its bytes; empty for a part without any
 * @param checksum of its bytes, if one was chosen
 */
public record Part(
        int number,
        String etag,
        long crc64,
        Instant modified,
        Optional<Extent> extent,
        Optional<ObjectChecksum> checksum) {
    /** Since 2 the salt follows; a part that is not encrypted is still written as 1. */
    private static final int FORMAT = 2;

    public long sizeBytes() {
        return extent.map(Extent::lengthBytes).orElse(0L);
    }

    public String quotedEtag() {
        return '"' + etag + '"';
    }

    /** The blobs its row refers to. */
    public List<BlobId> blobs() {
        return extent.map(Extent::blob).stream().toList();
    }

    byte[] toBytes() {
        Salt salt = extent.map(Extent::salt).orElse(Salt.NONE);
        RecordWriter out = new RecordWriter(salt.equals(Salt.NONE) ? 1 : FORMAT)
                .text(etag)
                .number(crc64)
                .time(modified)
                .number(extent.map(present -> present.blob().value()).orElse(0L))
                .number(sizeBytes());
        if (!salt.equals(Salt.NONE)) {
            salt.write(out);
        }
        ChecksumRecord.write(out, checksum);
        return out.toBytes();
    }

    static Part fromBytes(int number, byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        String etag = in.text();
        long crc64 = in.number();
        Instant modified = in.time();
        BlobId blob = new BlobId(in.number());
        long lengthBytes = in.number();
        Extent extent = new Extent(blob, lengthBytes, in.format() < 2 ? Salt.NONE : Salt.read(in));
        return new Part(
                number,
                etag,
                crc64,
                modified,
                extent.lengthBytes() == 0 ? Optional.empty() : Optional.of(extent),
                ChecksumRecord.read(in));
    }
}

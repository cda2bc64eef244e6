package coffer.multipart;

import coffer.encryption.Encryption;
import coffer.object.Attributes;
import coffer.object.AttributesRecord;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * A multipart upload that has begun.
 *
 * @param key the object it is to become
 * @param id see {@link coffer.record.UniqueIds}
 * @param initiated when
 * @param attributes what the object will be said to be
 * @param encryption how its parts are encrypted
 * @param checksum what the object is to have, if its writer chose one
 */
public record Upload(
        String key,
        String id,
        Instant initiated,
        Attributes attributes,
        Encryption encryption,
        Optional<UploadChecksum> checksum) {
    /** Since 2 there are tags, owners, locks and encryption. */
    private static final int FORMAT = 2;

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(id).time(initiated);
        AttributesRecord.write(out, attributes);
        encryption.write(out);
        checksum.ifPresent(chosen -> chosen.write(out));
        return out.toBytes();
    }

    static Upload fromBytes(String key, byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        boolean first = in.format() < 2;
        return new Upload(
                key,
                in.text(),
                in.time(),
                AttributesRecord.read(in, first),
                first ? new Encryption.None() : Encryption.read(in),
                in.hasMore() ? Optional.of(UploadChecksum.read(in)) : Optional.empty());
    }
}

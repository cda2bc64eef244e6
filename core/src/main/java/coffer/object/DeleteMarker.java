package coffer.object;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * Says that a key was deleted at that point of its history.
 *
 * @param id its place among the versions of its key
 * @param created when it was committed
 */
public record DeleteMarker(VersionId id, Instant created) {
    /** Told from a version by its first byte. */
    private static final int FORMAT = 0x81;

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT);
        id.write(out);
        return out.time(created).toBytes();
    }

    /** Whether a row of a version holds a marker. */
    static boolean isIn(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xff) == FORMAT;
    }

    static DeleteMarker fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new DeleteMarker(VersionId.read(in), in.time());
    }
}

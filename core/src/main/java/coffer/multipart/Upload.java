package coffer.multipart;

import coffer.object.Attributes;
import coffer.object.AttributesRecord;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * A multipart upload that has begun.
 *
 * @param key the object it is to become
 * @param id see {@link coffer.record.UniqueIds}
 * @param initiated when
 * @param attributes what the object will be said to be
 */
public record Upload(String key, String id, Instant initiated, Attributes attributes) {
    /** Since 2 there are tags, owners and locks. */
    private static final int FORMAT = 2;

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(id).time(initiated);
        AttributesRecord.write(out, attributes);
        return out.toBytes();
    }

    static Upload fromBytes(String key, byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new Upload(key, in.text(), in.time(), AttributesRecord.read(in, in.format() < 2));
    }
}

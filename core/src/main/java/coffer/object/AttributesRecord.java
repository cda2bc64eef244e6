package coffer.object;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;

/** How {@link Attributes} stand in a stored record. */
public final class AttributesRecord {
    private AttributesRecord() {}

    public static void write(RecordWriter out, Attributes attributes) {
        out.text(attributes.storageClass().name())
                .texts(attributes.contentHeaders())
                .texts(attributes.metadata());
    }

    public static Attributes read(RecordReader in) {
        StorageClass storageClass = StorageClass.valueOf(in.text());
        return new Attributes(in.texts(), in.texts(), storageClass);
    }
}

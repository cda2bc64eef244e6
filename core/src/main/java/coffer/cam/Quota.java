package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;

/**
 * How much an account may keep.
 *
 * @param bytes of objects with all their versions and of uploaded parts
 * @param objects versions; delete markers and parts do not count
 * @param buckets how many
 */
public record Quota(long bytes, long objects, int buckets) {
    /** COS allows an account 200 buckets. Source: COS docs, "Specifications and Limits". */
    public static final Quota DEFAULT = new Quota(Long.MAX_VALUE, Long.MAX_VALUE, 200);

    /**
     * Checks it.
     *
     * @throws CamException {@code INVALID_ARGUMENT}
     */
    public Quota {
        if (bytes < 0 || objects < 0 || buckets < 0) {
            throw CamError.INVALID_ARGUMENT.because("A quota is a number from 0.");
        }
    }

    /** Whether it limits bytes or objects. */
    public boolean isLimited() {
        return bytes < DEFAULT.bytes || objects < DEFAULT.objects;
    }

    void write(RecordWriter out) {
        out.number(bytes).number(objects).number(buckets);
    }

    static Quota read(RecordReader in) {
        return new Quota(in.number(), in.number(), (int) in.number());
    }
}

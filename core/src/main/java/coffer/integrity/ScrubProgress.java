package coffer.integrity;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * How far a scrub has come.
 *
 * @param begun when it began
 * @param bucket the name of the bucket it is in; empty before the first and behind the last
 * @param kind of the rows it is at in that bucket
 * @param key of the last row checked; empty before the first
 * @param suffix of that row
 * @param items objects and parts checked
 * @param bytes read of them
 * @param damaged how many were damaged
 * @param finished whether it has come to the end
 */
record ScrubProgress(
        Instant begun,
        String bucket,
        char kind,
        String key,
        String suffix,
        long items,
        long bytes,
        long damaged,
        boolean finished) {
    private static final int FORMAT = 1;

    static ScrubProgress begin(Instant now) {
        return new ScrubProgress(now, "", Scrubber.KINDS.getFirst(), "", "", 0, 0, 0, false);
    }

    ScrubProgress at(String newBucket, char newKind, String newKey, String newSuffix) {
        return new ScrubProgress(begun, newBucket, newKind, newKey, newSuffix, items, bytes, damaged, false);
    }

    ScrubProgress plus(long readBytes, boolean isDamaged) {
        return new ScrubProgress(
                begun,
                bucket,
                kind,
                key,
                suffix,
                items + 1,
                bytes + readBytes,
                damaged + (isDamaged ? 1 : 0),
                finished);
    }

    ScrubProgress end() {
        return new ScrubProgress(begun, "", kind, "", "", items, bytes, damaged, true);
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .time(begun)
                .text(bucket)
                .number(kind)
                .text(key)
                .text(suffix)
                .number(items)
                .number(bytes)
                .number(damaged)
                .number(finished ? 1 : 0)
                .toBytes();
    }

    static ScrubProgress fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new ScrubProgress(
                in.time(),
                in.text(),
                (char) in.number(),
                in.text(),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.number() == 1);
    }
}

package coffer.housekeeping;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * How far a pass over all buckets has come.
 *
 * @param begun when it began; what is due is due then
 * @param finished whether it has come to the end
 * @param bucket the name of the bucket it is in; empty before the first
 * @param stage what it looks at there
 * @param key of the last row; it goes on with that key
 * @param rows looked at
 * @param expired current versions deleted
 * @param removed versions and delete markers deleted for good
 * @param moved versions given another storage class
 * @param aborted uploads
 * @param locked versions that a lock kept
 * @param damaged rows that could not be read
 */
record LifecycleProgress(
        Instant begun,
        boolean finished,
        String bucket,
        Stage stage,
        String key,
        long rows,
        long expired,
        long removed,
        long moved,
        long aborted,
        long locked,
        long damaged) {
    private static final int FORMAT = 1;

    /** What is looked at in a bucket, one after the other. */
    enum Stage {
        CURRENT,
        NONCURRENT,
        MARKERS,
        UPLOADS
    }

    /** What was done to a row. */
    enum Deed {
        NOTHING,
        EXPIRED,
        REMOVED,
        MOVED,
        ABORTED,
        LOCKED,
        DAMAGED
    }

    /** Before the first bucket. */
    static LifecycleProgress begin(Instant now) {
        return new LifecycleProgress(now, false, "", Stage.CURRENT, "", 0, 0, 0, 0, 0, 0, 0);
    }

    LifecycleProgress at(String newBucket, Stage newStage, String newKey) {
        return new LifecycleProgress(
                begun, false, newBucket, newStage, newKey, rows, expired, removed, moved, aborted, locked, damaged);
    }

    LifecycleProgress end() {
        return new LifecycleProgress(
                begun, true, "", Stage.CURRENT, "", rows, expired, removed, moved, aborted, locked, damaged);
    }

    LifecycleProgress plus(Deed deed) {
        return new LifecycleProgress(
                begun,
                finished,
                bucket,
                stage,
                key,
                rows + 1,
                expired + count(deed, Deed.EXPIRED),
                removed + count(deed, Deed.REMOVED),
                moved + count(deed, Deed.MOVED),
                aborted + count(deed, Deed.ABORTED),
                locked + count(deed, Deed.LOCKED),
                damaged + count(deed, Deed.DAMAGED));
    }

    private static int count(Deed deed, Deed counted) {
        return deed == counted ? 1 : 0;
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .time(begun)
                .number(finished ? 1 : 0)
                .text(bucket)
                .text(stage.name())
                .text(key)
                .number(rows)
                .number(expired)
                .number(removed)
                .number(moved)
                .number(aborted)
                .number(locked)
                .number(damaged)
                .toBytes();
    }

    static LifecycleProgress fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new LifecycleProgress(
                in.time(),
                in.number() == 1,
                in.text(),
                Stage.valueOf(in.text()),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }
}

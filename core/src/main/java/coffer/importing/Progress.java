package coffer.importing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Up to which key all of a bucket is done, though copies end in any order. It does not pass a failure, so that the next run
 * comes to it again. Thread-safe.
 */
final class Progress {
    /** More would be looked at again after a kill; fewer would be written down too often. */
    private static final int KEYS = 200;

    private final Journal journal;
    private final Tally tally;
    private final String bucket;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final Map<Uncarried, Long> written = new EnumMap<>(Uncarried.class);
    private Journal.Reached reached;
    private boolean hasFailed;

    /** Some keys one after the other. */
    static final class Batch {
        private String last = "";
        private int keys;
        private int open;
        private long objects;
        private long bytes;
        private boolean isFull;
        private boolean hasFailed;
    }

    Progress(Journal journal, Tally tally, String bucket) {
        this.journal = journal;
        this.tally = tally;
        this.bucket = bucket;
        this.reached = journal.reached(bucket).orElse(new Journal.Reached("", 0, 0));
        this.written.putAll(tally.uncarried());
    }

    /** A key is taken up. */
    synchronized Batch begin(String key, long objects, long bytes) {
        if (batches.isEmpty() || batches.getLast().isFull) {
            batches.add(new Batch());
        }
        Batch batch = batches.getLast();
        batch.last = key;
        batch.keys++;
        batch.open++;
        batch.objects += objects;
        batch.bytes += bytes;
        batch.isFull = batch.keys == KEYS;
        return batch;
    }

    /** A key of this batch is done. */
    synchronized void end(Batch batch, boolean failed) {
        batch.open--;
        batch.hasFailed |= failed;
        write();
    }

    /** All keys are taken up. */
    synchronized void finish() {
        if (!batches.isEmpty()) {
            batches.getLast().isFull = true;
        }
        write();
        if (!hasFailed) {
            journal.done(bucket);
        }
    }

    private void write() {
        boolean isFurther = false;
        while (!batches.isEmpty() && batches.getFirst().isFull && batches.getFirst().open == 0) {
            Batch batch = batches.remove();
            hasFailed |= batch.hasFailed;
            if (!hasFailed) {
                reached = new Journal.Reached(
                        batch.last, reached.objects() + batch.objects, reached.bytes() + batch.bytes);
                isFurther = true;
            }
        }
        if (isFurther) {
            Map<Uncarried, Long> now = tally.uncarried();
            Map<Uncarried, Long> more = new EnumMap<>(Uncarried.class);
            now.forEach((what, objects) -> {
                long grown = objects - written.getOrDefault(what, 0L);
                if (grown > 0) {
                    more.put(what, grown);
                }
            });
            written.putAll(now);
            journal.reach(bucket, reached, more);
        }
    }
}

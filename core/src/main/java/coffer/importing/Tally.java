package coffer.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what an import does. Thread-safe. */
public final class Tally {
    /** More are counted, but not listed. */
    public static final int MOST_LISTED = 1000;

    /** Then something is wrong with all of them. */
    static final int MOST_FAILED = 10_000;

    private final Map<Uncarried, Long> uncarried = new EnumMap<>(Uncarried.class);
    private final List<String> failures = new ArrayList<>();
    private final Size all = new Size();
    private final Size copied = new Size();
    private final Size seen = new Size();
    private long failed;
    private long markers;
    private long retries;
    private boolean allIsKnown;

    private static final class Size {
        private long objects;
        private long bytes;

        void add(long moreObjects, long moreBytes) {
            objects += moreObjects;
            bytes += moreBytes;
        }
    }

    /**
     * How far it is, in objects or versions.
     *
     * @param seen that are dealt with, by whatever outcome
     * @param all that the source holds, as far as they are counted
     * @param allIsKnown whether they are
     */
    public record Snapshot(
            long seen,
            long seenBytes,
            long copied,
            long copiedBytes,
            long markers,
            long failed,
            long retries,
            long all,
            long allBytes,
            boolean allIsKnown) {}

    /** How it is now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(
                seen.objects,
                seen.bytes,
                copied.objects,
                copied.bytes,
                markers,
                failed,
                retries,
                all.objects,
                all.bytes,
                allIsKnown);
    }

    /** How many objects came over without what. */
    public synchronized Map<Uncarried, Long> uncarried() {
        return new EnumMap<>(uncarried);
    }

    /** The objects that did not come over, and why; the first of them. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized void counted(long objects, long bytes) {
        all.add(objects, bytes);
    }

    synchronized void allIsCounted() {
        allIsKnown = true;
    }

    /** What earlier runs have done. */
    synchronized void before(long objects, long bytes) {
        seen.add(objects, bytes);
    }

    synchronized void copied(long bytes) {
        copied.add(1, bytes);
    }

    synchronized void marked() {
        markers++;
    }

    synchronized void seen(long objects, long bytes) {
        seen.add(objects, bytes);
    }

    synchronized void lacks(Uncarried what) {
        lacks(what, 1);
    }

    synchronized void lacks(Uncarried what, long objects) {
        uncarried.merge(what, objects, Long::sum);
    }

    synchronized void retried() {
        retries++;
    }

    synchronized void failed(String object, String why) {
        failed++;
        if (failures.size() < MOST_LISTED) {
            failures.add(object + ": " + why);
        }
        if (failed >= MOST_FAILED) {
            throw new ImportStopped("%,d objects could not be copied; the last: %s: %s".formatted(failed, object, why));
        }
    }
}

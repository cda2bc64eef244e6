package coffer.usage;

import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is saved of {@link Usage}, so that several processes count together. What a bucket holds is its reading and the shares
 * of all processes. Rows in the space {@code system}, all with the key {@code usage}:
 *
 * <pre>
 * q space            the reading: what is not in any share
 * q space/process    what a running process has done to the bucket; made before it writes there for the first time
 * h process          the process runs. Its shares are only changed while this is there
 * V                  all this is true
 * Q                  written by an older version that was stopped properly: the readings are true, there are no shares
 * </pre>
 *
 * <p>A process that stops adds its shares to the readings. Of one that was killed others do so, and the buckets are to be counted,
 * since its last share may not have been its last word. Thread-safe.
 */
public final class UsageRows {
    static final RowGroup GROUP = new RowGroup(BucketService.SYSTEM, "usage");

    private static final char READING = 'q';
    private static final char PROCESS = 'h';
    private static final RowKey TRUE = GROUP.row('V');
    private static final RowKey PROPER = GROUP.row('Q');
    private static final String BETWEEN = "/";
    private static final int FORMAT = 1;

    /** Since 2 it says how often it was changed, so that who counts sees whether others did meanwhile. */
    private static final int READING_FORMAT = 2;

    private static final int AT_ONCE = 1000;

    private final MetadataStore metadata;

    public UsageRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /**
     * All rows of buckets.
     *
     * @param readings by space
     * @param shares by space and process
     */
    public record Snapshot(Map<String, Row> readings, Map<String, Map<String, Row>> shares) {
        /** The spaces of all buckets that are spoken of. */
        public Set<String> spaces() {
            Set<String> spaces = new TreeSet<>(readings.keySet());
            spaces.addAll(shares.keySet());
            return spaces;
        }

        /** All processes that have shares. */
        public Set<String> processes() {
            Set<String> processes = new TreeSet<>();
            shares.values().forEach(shared -> processes.addAll(shared.keySet()));
            return processes;
        }

        /** What a bucket holds but for what one process has done. */
        public Reading without(String process, String space) {
            Reading reading = reading(Optional.ofNullable(readings.get(space)));
            return reading.plus(shares(process, space).amount());
        }

        /** What processes but for one have done to a bucket. */
        public Share shares(String process, String space) {
            Share sum = Share.NONE;
            for (Map.Entry<String, Row> share :
                    shares.getOrDefault(space, Map.of()).entrySet()) {
                if (!share.getKey().equals(process)) {
                    sum = sum.plus(share(share.getValue()));
                }
            }
            return sum;
        }
    }

    /** Whether what is saved is true; if not, everything is to be counted. */
    public boolean isTrue() {
        return metadata.get(TRUE).isPresent() || metadata.get(PROPER).isPresent();
    }

    /** Says that what is saved is true from now on. */
    public void setTrue() {
        if (metadata.get(TRUE).isEmpty()) {
            commit(List.of(), List.of(Change.put(TRUE, new byte[] {FORMAT}), Change.delete(PROPER)));
        }
    }

    /** Says that what is saved is not true. */
    public void forget() {
        commit(List.of(), List.of(Change.delete(TRUE), Change.delete(PROPER)));
    }

    private boolean commit(List<Expected> expected, List<Change> changes) {
        return metadata.commit(Commit.ofRows(GROUP, expected, changes));
    }

    /** A process begins to run. */
    public void begin(String process) {
        boolean _ = commit(List.of(), List.of(Change.put(process(process), new byte[] {FORMAT})));
    }

    /** The processes that run, or were killed. */
    public Set<String> processes() {
        Set<String> processes = new TreeSet<>();
        scan(PROCESS, "").forEach(row -> processes.add(row.key().suffix()));
        return processes;
    }

    /** A process does not run any more; {@link #fold} does the rest. */
    public void end(String process) {
        boolean _ = commit(List.of(), List.of(Change.delete(process(process))));
    }

    private static RowKey process(String process) {
        return GROUP.row(PROCESS, process);
    }

    private static Expected running(String process) {
        return Expected.same(new Row(process(process), new byte[] {FORMAT}, Optional.empty()));
    }

    /**
     * Makes a share.
     *
     * @return {@code false} if others have taken the process for a killed one
     */
    boolean register(String process, String space) {
        RowKey key = share(space, process);
        return commit(List.of(running(process), Expected.absent(key)), List.of(Change.put(key, toBytes(Share.NONE))))
                || (metadata.get(process(process)).isPresent()
                        && metadata.get(key).isPresent());
    }

    /**
     * Saves shares.
     *
     * @return {@code false} if others have taken the process for a killed one
     */
    boolean publish(String process, Map<String, Share> shares) {
        List<Change> changes = new ArrayList<>();
        shares.forEach((space, share) -> changes.add(Change.put(share(space, process), toBytes(share))));
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            List<Change> some = changes.subList(from, Math.min(changes.size(), from + AT_ONCE));
            if (!commit(List.of(running(process)), some)) {
                return false;
            }
        }
        return true;
    }

    private static RowKey share(String space, String process) {
        return GROUP.row(READING, space + BETWEEN + process);
    }

    /** All that is saved of buckets. */
    public Snapshot read() {
        return snapshot(scan(READING, ""));
    }

    /** What is saved of one bucket. */
    public Snapshot read(String space) {
        return snapshot(scan(READING, space));
    }

    private static Snapshot snapshot(Collection<Row> rows) {
        Map<String, Row> readings = new TreeMap<>();
        Map<String, Map<String, Row>> shares = new HashMap<>();
        for (Row row : rows) {
            String[] words = row.key().suffix().split(BETWEEN, 2);
            if (words.length == 1) {
                readings.put(words[0], row);
            } else {
                shares.computeIfAbsent(words[0], _ -> new HashMap<>()).put(words[1], row);
            }
        }
        return new Snapshot(readings, shares);
    }

    private List<Row> scan(char kind, String prefix) {
        List<Row> found = new ArrayList<>();
        try (RowCursor rows = metadata.scan(GROUP.space(), kind, GROUP.key(), prefix)) {
            Optional<Row> row = rows.next();
            while (row.isPresent()
                    && row.get().key().group().equals(GROUP)
                    && row.get().key().suffix().startsWith(prefix)) {
                found.add(row.get());
                row = rows.next();
            }
        }
        return found;
    }

    /**
     * Adds the shares of a process to the readings.
     *
     * @param isKilled whether the buckets are to be counted
     */
    public void fold(Snapshot snapshot, String process, boolean isKilled) {
        snapshot.shares()
                .forEach((space, shared) ->
                        Optional.ofNullable(shared.get(process)).ifPresent(share -> fold(space, share, isKilled)));
    }

    private void fold(String space, Row share, boolean isKilled) {
        boolean done = false;
        while (!done) {
            Optional<Row> row = metadata.get(reading(space));
            Reading reading = reading(row);
            Reading next =
                    new Reading(reading.amount().plus(share(share).amount()), reading.isApproximate() || isKilled);
            done = commit(
                            List.of(Expected.of(reading(space), row), Expected.same(share)),
                            List.of(Change.put(reading(space), toBytes(next, row)), Change.delete(share.key())))
                    || metadata.get(share.key()).isEmpty();
        }
    }

    /** Says that buckets are to be counted. */
    public void doubt(Collection<String> spaces) {
        for (String space : spaces) {
            boolean done = false;
            while (!done) {
                Optional<Row> row = metadata.get(reading(space));
                done = set(space, row, new Reading(reading(row).amount(), true));
            }
        }
    }

    /**
     * Sets a reading.
     *
     * @param seen as it was read
     * @return {@code false} if it is no longer so
     */
    public boolean set(String space, Optional<Row> seen, Reading reading) {
        return commit(
                List.of(Expected.of(reading(space), seen)),
                List.of(Change.put(reading(space), toBytes(reading, seen))));
    }

    /** Forgets buckets that are gone. */
    public void remove(Snapshot snapshot, Collection<String> spaces) {
        for (String space : spaces) {
            List<Change> changes = new ArrayList<>(List.of(Change.delete(reading(space))));
            snapshot.shares()
                    .getOrDefault(space, Map.of())
                    .values()
                    .forEach(row -> changes.add(Change.delete(row.key())));
            boolean _ = commit(List.of(), changes);
        }
    }

    private static RowKey reading(String space) {
        return GROUP.row(READING, space);
    }

    private static Reading reading(Optional<Row> row) {
        return row.map(found -> {
                    RecordReader in = new RecordReader(found.value(), READING_FORMAT);
                    return new Reading(new Amount(in.number(), in.number()), in.number() == 1);
                })
                .orElse(Reading.NOTHING);
    }

    private static long changes(Row row) {
        RecordReader in = new RecordReader(row.value(), READING_FORMAT);
        for (int before = 0; before < 3; before++) {
            long _ = in.number();
        }
        return in.format() < READING_FORMAT ? 0 : in.number();
    }

    private static byte[] toBytes(Reading reading, Optional<Row> before) {
        return new RecordWriter(READING_FORMAT)
                .number(reading.amount().bytes())
                .number(reading.amount().objects())
                .number(reading.isApproximate() ? 1 : 0)
                .number(before.map(UsageRows::changes).orElse(0L) + 1)
                .toBytes();
    }

    private static Share share(Row row) {
        RecordReader in = new RecordReader(row.value(), FORMAT);
        return new Share(new Amount(in.number(), in.number()), in.number());
    }

    private static byte[] toBytes(Share share) {
        return new RecordWriter(FORMAT)
                .number(share.amount().bytes())
                .number(share.amount().objects())
                .number(share.commits())
                .toBytes();
    }
}

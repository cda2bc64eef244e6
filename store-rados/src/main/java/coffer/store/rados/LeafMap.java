package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.RadosException;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/**
 * Which leaf has which range, as it is remembered here and as the maps of spaces have it:
 *
 * <pre>
 * m.SPACE   'R' high   01 id 16, low    a range; high is ff for the last one
 *           'P' high   a plan           what is becoming of that range, see {@link RangePlan}; of a merge there are two
 *           'N'        count 8          about how many ranges there are; not there if it is one
 *           'X' id 32  01               a leaf that is no longer, or never was, part of the space
 * </pre>
 *
 * Ranges are found by their ends, since rows can only be read forwards. Thread-safe.
 */
final class LeafMap {
    private static final String OBJECT = "m.";

    static final byte RANGE = 'R';
    static final byte PLAN = 'P';
    static final byte LEFTOVER = 'X';

    static final byte[] COUNT = {'N'};

    /** The object that names leaves of spaces that are dropped: rows SPACE '.' id 32. */
    static final String DROPS = "drops";

    private static final byte FORMAT = 1;
    private static final int ID_BYTES = 16;

    /** How many ranges are read at once: those beside the one that is needed are often needed next. */
    private static final int READ_AHEAD = 64;

    private static final int ROWS_AT_ONCE = 1000;

    /** Beyond it what is remembered of a space is forgotten. */
    private static final int MOST_REMEMBERED = 250_000;

    private final Pool pool;
    private final RandomGenerator random;

    /** By space, then by the end of their ranges. */
    private final Map<String, NavigableMap<byte[], Leaf>> known = new ConcurrentHashMap<>();

    LeafMap(Pool pool, RandomGenerator random) {
        this.pool = pool;
        this.random = random;
    }

    static String object(String space) {
        return OBJECT + space;
    }

    /** The spaces that have a map, in order; all objects of the pool are listed for it. */
    List<String> spaces() {
        List<String> spaces = new ArrayList<>();
        try {
            pool.list(object -> {
                if (object.startsWith(OBJECT)) {
                    spaces.add(object.substring(OBJECT.length()));
                }
            });
        } catch (RadosException e) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
        spaces.sort(null);
        return spaces;
    }

    /** The leaf of a group, perhaps an old one. Empty if the space has no rows at all. */
    Optional<Leaf> find(String space, byte[] group) {
        NavigableMap<byte[], Leaf> leaves = known.get(space);
        if (leaves != null) {
            Map.Entry<byte[], Leaf> entry = leaves.higherEntry(group);
            if (entry != null && entry.getValue().contains(group)) {
                return Optional.of(entry.getValue());
            }
        }
        return load(space, group);
    }

    private Optional<Leaf> load(String space, byte[] group) {
        ReadResult result = pool.read(
                object(space),
                new ReadOp().range(LeafKeys.join(new byte[] {RANGE}, group), new byte[] {RANGE}, READ_AHEAD));
        if (result.isAbsent()) {
            return Optional.empty();
        }
        if (result.result() < 0) {
            throw Failures.of(result.result(), "the map of the space " + space);
        }
        NavigableMap<byte[], Leaf> leaves =
                known.computeIfAbsent(space, _ -> new ConcurrentSkipListMap<>(LeafKeys::compare));
        if (leaves.size() > MOST_REMEMBERED) {
            leaves.clear();
        }
        Optional<Leaf> found = Optional.empty();
        for (OmapRow row : result.rows(0).rows()) {
            Leaf leaf = leaf(space, row);
            // What was merged is not in the way of what has become of it.
            leaves.subMap(leaf.low(), false, leaf.high(), false).clear();
            Leaf kept = leaves.merge(leaf.high(), leaf, (old, read) -> old.id().equals(read.id()) ? old : read);
            if (found.isEmpty() && kept.contains(group)) {
                found = Optional.of(kept);
            }
        }
        if (found.isEmpty()) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "the map of the space " + space + " does not cover a group");
        }
        return found;
    }

    /** The leaf of a range row. */
    static Leaf leaf(String space, OmapRow row) {
        byte[] value = row.value();
        if (value.length <= ID_BYTES || value[0] != FORMAT) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "a range of the space " + space + " is not readable");
        }
        return new Leaf(
                space,
                HexFormat.of().formatHex(value, 1, 1 + ID_BYTES),
                Arrays.copyOfRange(value, 1 + ID_BYTES, value.length),
                Arrays.copyOfRange(row.key(), 1, row.key().length));
    }

    static byte[] count(long ranges) {
        return ByteBuffer.allocate(Long.BYTES).putLong(ranges).array();
    }

    /** What a read of {@link #COUNT} says. */
    static long count(List<OmapRow> rows) {
        return rows.isEmpty() ? 1 : ByteBuffer.wrap(rows.getFirst().value()).getLong();
    }

    static byte[] rangeKey(Leaf leaf) {
        return LeafKeys.join(new byte[] {RANGE}, leaf.high());
    }

    static byte[] planKey(Leaf leaf) {
        return LeafKeys.join(new byte[] {PLAN}, leaf.high());
    }

    static byte[] leftoverKey(String id) {
        return LeafKeys.join(new byte[] {LEFTOVER}, id.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] rangeValue(Leaf leaf) {
        return ByteBuffer.allocate(1 + ID_BYTES + leaf.low().length)
                .put(FORMAT)
                .put(HexFormat.of().parseHex(leaf.id()))
                .put(leaf.low())
                .array();
    }

    /** The leaf of a group, made if the space has none. */
    Leaf findOrCreate(String space, byte[] group) {
        return find(space, group).orElseGet(() -> {
            create(space);
            return find(space, group)
                    .orElseThrow(() -> new StoreException(
                            StoreException.Reason.UNAVAILABLE, "the space " + space + " is being dropped"));
        });
    }

    /** Makes the first leaf of a space, unless somebody else was faster. */
    private void create(String space) {
        Leaf leaf = new Leaf(space, newId(), new byte[0], LeafKeys.END);
        int made = pool.write(
                leaf.object(),
                new WriteOp()
                        .createExclusively()
                        .set(LeafKeys.HEADER, LeafHeader.open().toBytes()));
        if (made < 0) {
            throw Failures.of(made, "the first leaf of the space " + space);
        }
        int named = pool.write(
                object(space),
                new WriteOp().create().expect(rangeKey(leaf), new byte[0]).set(rangeKey(leaf), rangeValue(leaf)));
        if (named == Errno.ECANCELED) {
            int _ = pool.write(leaf.object(), new WriteOp().removeObject());
        } else if (named < 0) {
            throw Failures.of(named, "the map of the space " + space);
        }
    }

    /** An id that no other leaf or plan has. */
    String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Reads the range again when it is asked for next. */
    void forget(Leaf leaf) {
        NavigableMap<byte[], Leaf> leaves = known.get(leaf.space());
        if (leaves != null) {
            leaves.computeIfPresent(leaf.high(), (_, other) -> other.id().equals(leaf.id()) ? null : other);
        }
    }

    /** How many ranges of a space are remembered: of a space in use, about as many as it has. */
    int remembered(String space) {
        NavigableMap<byte[], Leaf> leaves = known.get(space);
        return leaves == null ? 0 : leaves.size();
    }

    /** How many ranges are remembered of all spaces. */
    long remembered() {
        return known.values().stream().mapToLong(Map::size).sum();
    }

    /**
     * Removes a space: first its map, so that nobody finds it, then its leaves. They are written down before, so that what
     * is left if that is interrupted is found, and so are those that know of blobs to be freed.
     */
    void drop(String space) {
        Backoff backoff = new Backoff("dropping the space " + space, random);
        boolean removed = false;
        while (!removed) {
            List<String> leaves = new ArrayList<>();
            long version = leavesOf(space, leaves);
            if (version < 0) {
                return;
            }
            writeDown(space, leaves);
            // Those that come to it meanwhile change the version.
            int result = pool.write(
                    object(space), new WriteOp().assertVersion(version).removeObject());
            if (result >= 0) {
                known.remove(space);
                leaves.stream().filter(id -> !hasGarbage(space, id)).forEach(id -> removeDropped(space, id));
                removed = true;
            } else if (result == Errno.ERANGE || result == Errno.EOVERFLOW) {
                backoff.pause();
            } else if (result == Errno.ENOENT) {
                return;
            } else {
                throw Failures.of(result, "the map of the space " + space);
            }
        }
    }

    private void writeDown(String space, List<String> leaves) {
        List<OmapRow> rows = leaves.stream()
                .map(id -> new OmapRow(dropKey(space, id), new byte[] {1}))
                .toList();
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<OmapRow> some = rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size()));
            int result = pool.write(DROPS, new WriteOp().create().set(some));
            if (result < 0) {
                throw Failures.of(result, "dropping the space " + space);
            }
        }
    }

    private static byte[] dropKey(String space, String id) {
        return (space + "." + id).getBytes(StandardCharsets.US_ASCII);
    }

    private boolean hasGarbage(String space, String id) {
        byte[] prefix = {LeafKeys.GARBAGE};
        ReadResult result = pool.read(Leaf.object(space, id), new ReadOp().range(prefix, prefix, 1));
        return !result.isAbsent()
                && (result.result() < 0 || !result.rows(0).rows().isEmpty());
    }

    /** Removes a leaf that was written down and that no map names. */
    void removeDropped(String space, String id) {
        int removed = pool.write(Leaf.object(space, id), new WriteOp().removeObject());
        int forgotten = removed < 0 && removed != Errno.ENOENT
                ? removed
                : pool.write(DROPS, new WriteOp().assertExists().remove(List.of(dropKey(space, id))));
        if (forgotten < 0 && forgotten != Errno.ENOENT) {
            throw Failures.of(forgotten, "dropping the space " + space);
        }
    }

    /** Whether the map of a space, if it has one, says that it has or had a leaf. */
    boolean names(String space, String id) {
        List<String> leaves = new ArrayList<>();
        return leavesOf(space, leaves) >= 0 && leaves.contains(id);
    }

    /**
     * Collects the ids of all leaves that a space has or had.
     *
     * @return the version of the map they were all read at; negative if there is no map
     */
    private long leavesOf(String space, List<String> leaves) {
        byte[] after = new byte[0];
        long version = -1;
        boolean more = true;
        while (more) {
            ReadResult result = pool.read(object(space), new ReadOp().range(after, new byte[0], 1000));
            if (result.isAbsent()) {
                return -1;
            }
            if (result.result() < 0) {
                throw Failures.of(result.result(), "the map of the space " + space);
            }
            if (version >= 0 && version != result.version()) {
                leaves.clear();
                after = new byte[0];
                version = -1;
                continue;
            }
            version = result.version();
            for (OmapRow row : result.rows(0).rows()) {
                after = row.key();
                switch (row.key()[0]) {
                    case RANGE -> leaves.add(leaf(space, row).id());
                    case LEFTOVER -> leaves.add(new String(row.key(), 1, 2 * ID_BYTES, StandardCharsets.US_ASCII));
                    case PLAN -> leaves.addAll(RangePlan.newLeaves(row.value()));
                    default -> {
                        // how many there are
                    }
                }
            }
            more = result.rows(0).more();
        }
        return version;
    }
}

package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.store.Row;
import coffer.store.RowCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the rows of one kind or several, group by group, a page of one leaf at a time; all of a page is from one
 * moment. Not thread-safe.
 */
final class LeafCursor implements RowCursor {
    /** Most cursors are asked for a row or two. */
    private static final int FIRST_PAGE = 100;

    /** What the cluster gives at once at most is little more. */
    private static final int PAGE = 1000;

    private final LeafReader reader;
    private final String space;
    private final String kinds;
    private final Deque<Row> ahead = new ArrayDeque<>();
    private int page = FIRST_PAGE;

    /** Where the next page begins, null behind the last one. */
    private @Nullable Position position;

    LeafCursor(LeafReader reader, String space, String kinds, String fromKey, String fromSuffix) {
        this.reader = reader;
        this.space = space;
        this.kinds = kinds;
        seek(fromKey, fromSuffix);
    }

    /**
     * A place in the order of groups, kinds and suffixes.
     *
     * @param kind the number of the kind
     * @param key the first row key of that kind that is at or behind the place
     */
    private record Position(byte[] group, int kind, byte[] key) {
        static final Comparator<Position> ORDER = Comparator.comparing(Position::group, LeafKeys::compare)
                .thenComparingInt(Position::kind)
                .thenComparing(Position::key, LeafKeys::compare);
    }

    private record Placed(Position position, OmapRow row) {}

    @Override
    public Optional<Row> next() {
        while (ahead.isEmpty()) {
            Position from = position;
            if (from == null) {
                return Optional.empty();
            }
            load(from);
        }
        return Optional.of(ahead.remove());
    }

    @Override
    public void seek(String key, String suffix) {
        ahead.clear();
        byte[] group = LeafKeys.group(key);
        int kind = suffix.isEmpty() ? 0 : kinds.length() - 1;
        position = new Position(group, kind, LeafKeys.row(kinds.charAt(kind), group, suffix));
    }

    private void load(Position from) {
        int max = page;
        page = PAGE;
        Optional<LeafReader.Found> read = reader.read(space, from.group, () -> {
            ReadOp op = new ReadOp().rows(List.of(LeafKeys.HEADER));
            for (int i = 0; i < kinds.length(); i++) {
                op.range(LeafKeys.before(start(from, i)), new byte[] {(byte) kinds.charAt(i)}, max);
            }
            return op;
        });
        if (read.isEmpty()) {
            position = null;
            return;
        }
        LeafReader.Found found = read.get();
        List<Placed> rows = new ArrayList<>();
        Optional<Position> end = Optional.empty();
        for (int i = 0; i < kinds.length(); i++) {
            ReadResult.Rows ofKind = found.result().rows(1 + i);
            for (OmapRow row : ofKind.rows()) {
                rows.add(new Placed(new Position(LeafKeys.groupOf(row.key()), i, row.key()), row));
            }
            if (ofKind.more()) {
                Position last = rows.getLast().position;
                end = end.filter(other -> Position.ORDER.compare(other, last) <= 0)
                        .or(() -> Optional.of(last));
            }
        }
        rows.sort(Comparator.comparing(Placed::position, Position.ORDER));
        take(rows, end, found.leaf());
    }

    /** The first key of a kind that is at or behind a position. */
    private byte[] start(Position from, int kind) {
        char letter = kinds.charAt(kind);
        if (kind == from.kind) {
            return from.key;
        }
        byte[] first = LeafKeys.row(letter, from.group, "");
        // Before the position are all rows of the group: none of them has the octet fe behind the group.
        return kind > from.kind ? first : LeafKeys.join(first, new byte[] {(byte) 0xfe});
    }

    /**
     * Takes the rows up to where they are known to be complete.
     *
     * @param end the last row of a kind of which there are more; empty if the rest of the leaf was read
     */
    private void take(List<Placed> rows, Optional<Position> end, Leaf leaf) {
        if (end.isEmpty()) {
            rows.forEach(placed -> ahead.add(row(placed)));
            position = leaf.isLast() ? null : first(leaf.high());
            return;
        }
        Position last = end.get();
        // Of a group that is read in part only, nothing is taken yet, so that it is all of one moment.
        boolean whole = kinds.length() > 1 && LeafKeys.compare(rows.getFirst().position.group, last.group) < 0;
        for (Placed placed : rows) {
            boolean within = whole
                    ? LeafKeys.compare(placed.position.group, last.group) < 0
                    : Position.ORDER.compare(placed.position, last) <= 0;
            if (within) {
                ahead.add(row(placed));
            }
        }
        // A row key with one octet more is the first one behind it.
        position = whole
                ? first(last.group)
                : new Position(last.group, last.kind, LeafKeys.join(last.key, new byte[] {1}));
    }

    private Position first(byte[] group) {
        return new Position(group, 0, LeafKeys.row(kinds.charAt(0), group, ""));
    }

    private Row row(Placed placed) {
        return StoredRow.decode(LeafKeys.rowOf(space, placed.row.key()), placed.row.value(), null);
    }

    @Override
    public void close() {
        ahead.clear();
        position = null;
    }
}

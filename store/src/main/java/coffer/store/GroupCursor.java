package coffer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several cursors over one space, each of another kind, read as {@link MetadataStore#scanGroups} wants it. For engines
 * whose cursors can see one moment. Not thread-safe.
 */
public final class GroupCursor implements RowCursor {
    private final List<RowCursor> kinds;
    private final AutoCloseable moment;

    /** The next row of each kind, null where there is none. */
    private final List<@Nullable Row> ahead = new ArrayList<>();

    /**
     * A cursor before the given position.
     *
     * @param kinds in the order in which they come within a group; they are this cursor's to close
     * @param moment closed behind them, what they have in common
     */
    public GroupCursor(List<RowCursor> kinds, AutoCloseable moment, String fromKey, String fromSuffix) {
        this.kinds = List.copyOf(kinds);
        this.moment = moment;
        seek(fromKey, fromSuffix);
    }

    @Override
    public Optional<Row> next() {
        int first = -1;
        for (int i = 0; i < ahead.size(); i++) {
            Row row = ahead.get(i);
            if (row != null && (first < 0 || isBefore(row, ahead.get(first)))) {
                first = i;
            }
        }
        if (first < 0) {
            return Optional.empty();
        }
        Optional<Row> next = Optional.ofNullable(ahead.get(first));
        ahead.set(first, kinds.get(first).next().orElse(null));
        return next;
    }

    private static boolean isBefore(Row row, @Nullable Row other) {
        return other != null
                && RowGroup.compareKeys(
                                row.key().group().key(), other.key().group().key())
                        < 0;
    }

    @Override
    public void seek(String key, String suffix) {
        ahead.clear();
        for (int i = 0; i < kinds.size(); i++) {
            RowCursor rows = kinds.get(i);
            boolean last = i == kinds.size() - 1;
            // The first text behind a key is that key with one NUL more.
            rows.seek(suffix.isEmpty() || last ? key : key + '\0', last ? suffix : "");
            ahead.add(rows.next().orElse(null));
        }
    }

    @Override
    public void close() {
        kinds.forEach(RowCursor::close);
        try {
            moment.close();
        } catch (Exception e) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "a scan could not be ended", e);
        }
    }
}

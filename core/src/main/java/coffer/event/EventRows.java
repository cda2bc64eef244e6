package coffer.event;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where events wait, in the space of their bucket:
 *
 * <pre>
 * group of the object   e sequence          an event and the queues that are to have it, committed together with the change
 * group of a queue      q time sequence key an event of the queue, the first to be told first
 * </pre>
 *
 * <p>Sequences are unique for a key: who posts expects that there is no such row. In queues, events of all keys are told
 * apart by {@link ObjectEvent#uniqueId}.
 *
 * <p>A change and its row {@code e} are one commit, so no event is lost and none is told of a change that is not there.
 * From there events go to the queues, and then the row {@code e} goes: a crash in between puts an event into its queues again, as
 * the same row. Who is told of it may be told twice, never not at all. Thread-safe.
 */
public final class EventRows {
    private static final char POSTED = 'e';
    private static final char QUEUED = 'q';
    private static final int FORMAT = 1;

    /** Rows of one commit. */
    private static final int MOST_AT_ONCE = 500;

    private final MetadataStore metadata;

    public EventRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** An event in a queue. */
    public record Queued(RowKey row, ObjectEvent event) {}

    private record Posted(RowKey row, Instant due, List<String> queues, ObjectEvent event) {
        static Posted of(Row row) {
            RecordReader in = new RecordReader(row.value(), FORMAT);
            Instant due = in.time();
            List<String> queues = new ArrayList<>();
            int count = in.count();
            for (int i = 0; i < count; i++) {
                queues.add(in.text());
            }
            return new Posted(row.key(), due, queues, ObjectEvent.fromBytes(in.bytes()));
        }
    }

    /**
     * The change that announces an event, to be committed together with what happens.
     *
     * @param group of the object
     * @param due when it is to be told
     * @param queues that are to have it, at least one
     */
    public static Change post(RowGroup group, ObjectEvent event, Instant due, List<String> queues) {
        RecordWriter out = new RecordWriter(FORMAT).time(due).number(queues.size());
        queues.forEach(out::text);
        return Change.put(
                group.row(POSTED, event.id()), out.bytes(event.toBytes()).toBytes());
    }

    /**
     * Puts what was posted in a space into its queues.
     *
     * @return how many events those were; fewer than there are, if there are many
     */
    public int distribute(String space) {
        List<Posted> posted = new ArrayList<>();
        try (RowCursor rows = metadata.scan(space, POSTED, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent() && posted.size() < MOST_AT_ONCE; row = rows.next()) {
                posted.add(Posted.of(row.get()));
            }
        }
        Map<String, List<Change>> queues = new LinkedHashMap<>();
        for (Posted one : posted) {
            for (String queue : one.queues) {
                queues.computeIfAbsent(queue, _ -> new ArrayList<>()).add(enqueue(space, queue, one.event, one.due));
            }
        }
        queues.forEach((queue, changes) -> commit(new RowGroup(space, queue), changes));
        posted.forEach(one -> commit(one.row.group(), List.of(Change.delete(one.row))));
        return posted.size();
    }

    private static Change enqueue(String space, String queue, ObjectEvent event, Instant due) {
        String suffix = "%016x".formatted(due.toEpochMilli()) + event.uniqueId();
        return Change.put(new RowGroup(space, queue).row(QUEUED, suffix), event.toBytes());
    }

    /** Puts events into a queue that were not announced by a change. */
    public void enqueue(String space, String queue, List<ObjectEvent> events) {
        commit(
                new RowGroup(space, queue),
                events.stream()
                        .map(event -> enqueue(space, queue, event, event.time()))
                        .toList());
    }

    /** The queues of a space that are not empty. */
    public List<String> queues(String space) {
        List<String> queues = new ArrayList<>();
        String from = "";
        while (true) {
            try (RowCursor rows = metadata.scan(space, QUEUED, from, "")) {
                Optional<String> queue =
                        rows.next().map(row -> row.key().group().key());
                if (queue.isEmpty()) {
                    return queues;
                }
                queues.add(queue.get());
                from = queue.get() + "\0";
            }
        }
    }

    /** The first events of a queue, due or not. */
    public List<Queued> first(String space, String queue, int most) {
        List<Queued> first = new ArrayList<>();
        try (RowCursor rows = metadata.scan(space, QUEUED, queue, "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent()
                    && first.size() < most
                    && row.get().key().group().key().equals(queue)) {
                first.add(new Queued(
                        row.get().key(), ObjectEvent.fromBytes(row.get().value())));
                row = rows.next();
            }
        }
        return first;
    }

    /** When an event of a queue is to be told. */
    public static Instant due(Queued queued) {
        return Instant.ofEpochMilli(Long.parseLong(queued.row.suffix().substring(0, 16), 16));
    }

    /** Takes events off their queue: they were told, or need not be. */
    public void remove(List<Queued> told) {
        if (!told.isEmpty()) {
            commit(
                    told.getFirst().row().group(),
                    told.stream().map(one -> Change.delete(one.row())).toList());
        }
    }

    private void commit(RowGroup group, List<Change> changes) {
        boolean _ = metadata.commit(Commit.ofRows(group, List.of(), changes));
    }
}

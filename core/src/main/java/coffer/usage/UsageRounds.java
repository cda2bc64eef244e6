package coffer.usage;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How processes see that the others run, and how the leader has all of them tell what they have done to a bucket so far. Rows
 * beside those of {@link UsageRows}:
 *
 * <pre>
 * s            the bucket that the leader asks about, and the number of the question
 * l process    grows while the process runs, and the question it has answered last
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class UsageRounds {
    private static final RowKey QUESTION = UsageRows.GROUP.row('s');
    private static final char BEAT = 'l';
    private static final int FORMAT = 1;

    private final MetadataStore metadata;

    public UsageRounds(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** What the leader asks: that all that was committed to a bucket so far is in the shares. */
    public record Question(long number, String space) {}

    /** A sign of life. */
    public record Beat(long count, long answered) {}

    /** The last question; number 0 if there was none. */
    public Question question() {
        return metadata.get(QUESTION)
                .map(row -> new RecordReader(row.value(), FORMAT))
                .map(in -> new Question(in.number(), in.text()))
                .orElse(new Question(0, ""));
    }

    /** Asks. */
    public Question ask(String space) {
        Question next = new Question(question().number + 1, space);
        byte[] value =
                new RecordWriter(FORMAT).number(next.number).text(next.space).toBytes();
        boolean _ = metadata.commit(Commit.put(QUESTION, value));
        return next;
    }

    /** A process gives a sign of life. */
    public void beat(String process, Beat beat) {
        byte[] value = new RecordWriter(FORMAT)
                .number(beat.count)
                .number(beat.answered)
                .toBytes();
        boolean _ = metadata.commit(Commit.put(UsageRows.GROUP.row(BEAT, process), value));
    }

    /** The last signs of life of all processes. */
    public Map<String, Beat> beats() {
        Map<String, Beat> beats = new HashMap<>();
        try (RowCursor rows = metadata.scan(UsageRows.GROUP.space(), BEAT, UsageRows.GROUP.key(), "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && row.get().key().group().equals(UsageRows.GROUP)) {
                RecordReader in = new RecordReader(row.get().value(), FORMAT);
                beats.put(row.get().key().suffix(), new Beat(in.number(), in.number()));
                row = rows.next();
            }
        }
        return beats;
    }

    /** Forgets a process that runs no more. */
    public void forget(String process) {
        boolean _ =
                metadata.commit(Commit.ofRows(UsageRows.GROUP, List.of(), List.of(new Change.Delete(BEAT, process))));
    }
}

package coffer.usage;

import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is saved of {@link Usage}. Rows in the space {@code system}: {@code q} with the key {@code usage} and the space of a
 * bucket as suffix holds its reading; {@code Q} beside it says that the server was stopped properly, so that they are true.
 */
public final class UsageRows {
    private static final RowGroup GROUP = new RowGroup(BucketService.SYSTEM, "usage");
    private static final char READING = 'q';
    private static final RowKey PROPER = GROUP.row('Q');
    private static final int FORMAT = 1;
    private static final int AT_ONCE = 1000;

    private final MetadataStore metadata;

    public UsageRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** What was saved last, by space; approximate unless the server was stopped properly. From now on it was not. */
    public Map<String, Reading> open() {
        boolean isTrue = metadata.get(PROPER).isPresent();
        Map<String, Reading> readings = new HashMap<>();
        read().forEach((space, reading) ->
                readings.put(space, new Reading(reading.amount(), !isTrue || reading.isApproximate())));
        forget();
        return readings;
    }

    /** Says that what is saved is not true. */
    public void forget() {
        if (metadata.get(PROPER).isPresent()) {
            metadata.commit(Commit.ofRows(GROUP, List.of(), List.of(Change.delete(PROPER))));
        }
    }

    /** Saves all readings and forgets those of other spaces. */
    public void save(Map<String, Reading> readings) {
        Map<String, Reading> saved = read();
        List<Change> changes = new ArrayList<>();
        readings.forEach((space, reading) -> {
            if (!reading.equals(saved.get(space))) {
                changes.add(Change.put(GROUP.row(READING, space), toBytes(reading)));
            }
        });
        saved.keySet().stream()
                .filter(space -> !readings.containsKey(space))
                .forEach(space -> changes.add(Change.delete(GROUP.row(READING, space))));
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            List<Change> some = changes.subList(from, Math.min(changes.size(), from + AT_ONCE));
            metadata.commit(Commit.ofRows(GROUP, List.of(), some));
        }
    }

    /** Saves all readings for the last time: no commit comes any more. */
    public void close(Map<String, Reading> readings) {
        save(readings);
        metadata.commit(Commit.put(PROPER, new byte[] {FORMAT}));
    }

    private Map<String, Reading> read() {
        Map<String, Reading> readings = new HashMap<>();
        try (RowCursor rows = metadata.scan(GROUP.space(), READING, GROUP.key(), "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                readings.put(row.get().key().suffix(), fromBytes(row.get().value()));
            }
        }
        return readings;
    }

    private static byte[] toBytes(Reading reading) {
        return new RecordWriter(FORMAT)
                .number(reading.amount().bytes())
                .number(reading.amount().objects())
                .number(reading.isApproximate() ? 1 : 0)
                .toBytes();
    }

    private static Reading fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new Reading(new Amount(in.number(), in.number()), in.number() == 1);
    }
}

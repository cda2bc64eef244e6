package coffer.background;

import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is told not to work, in all processes: the row {@code s} of the group {@code background}. Thread-safe. */
final class PausedWorkers {
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "background").row('s');
    private static final int FORMAT = 1;

    private final MetadataStore metadata;

    PausedWorkers(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Their names. */
    Set<String> read() {
        return names(metadata.get(ROW));
    }

    private static Set<String> names(Optional<Row> row) {
        Set<String> names = new TreeSet<>();
        row.map(found -> new RecordReader(found.value(), FORMAT)).ifPresent(in -> {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                names.add(in.text());
            }
        });
        return names;
    }

    /** Pauses one or lets it go on; the others stay as they are. */
    void set(String name, boolean paused) {
        boolean done = false;
        while (!done) {
            Optional<Row> row = metadata.get(ROW);
            Set<String> names = names(row);
            boolean isNew = paused ? names.add(name) : names.remove(name);
            if (!isNew) {
                return;
            }
            RecordWriter out = new RecordWriter(FORMAT).number(names.size());
            names.forEach(out::text);
            done = metadata.commit(Commit.ofRows(
                    ROW.group(), List.of(Expected.of(ROW, row)), List.of(Change.put(ROW, out.toBytes()))));
        }
    }
}

package coffer.background;

import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * The row where a worker keeps how far it has come. A process that no longer leads and does not know it yet cannot put it
 * back over what the new leader has written. Used by one thread.
 */
public final class WorkerState {
    private final MetadataStore metadata;
    private final RowKey key;
    private Optional<Row> seen = Optional.empty();

    public WorkerState(MetadataStore metadata, RowKey key) {
        this.metadata = metadata;
        this.key = key;
    }

    /** What is kept. */
    public Optional<byte[]> load() {
        seen = metadata.get(key);
        return seen.map(Row::value);
    }

    /**
     * Keeps something else.
     *
     * @return {@code false} if another process has done so since this one looked; it is to be loaded again
     */
    public boolean save(byte[] value) {
        boolean saved = metadata.commit(
                Commit.ofRows(key.group(), List.of(Expected.of(key, seen)), List.of(Change.put(key, value))));
        if (saved) {
            seen = Optional.of(new Row(key, value, Optional.empty()));
        }
        return saved;
    }
}

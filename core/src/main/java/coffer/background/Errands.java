package coffer.background;

import coffer.bucket.BucketService;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What processes tell the leader of, so that it looks where there is work: a row {@code w} for each, with the name of the
 * worker and that of the errand as suffix. They are hints: the work is in rows of its own, committed before. Thread-safe.
 */
final class Errands {
    private static final RowGroup GROUP = new RowGroup(BucketService.SYSTEM, "errands");
    private static final char ERRAND = 'w';
    private static final int MOST_AT_ONCE = 1000;
    private static final char BETWEEN = '/';

    private final MetadataStore metadata;

    Errands(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Tells the leader. */
    void put(String worker, Set<String> names) {
        List<Change> changes = names.stream()
                .map(name -> Change.put(GROUP.row(ERRAND, worker + BETWEEN + name), new byte[] {1}))
                .toList();
        if (!changes.isEmpty()) {
            boolean _ = metadata.commit(Commit.ofRows(GROUP, List.of(), changes));
        }
    }

    /**
     * Takes what there is, but not endlessly much at once, by the name of the worker. Who takes it has to look at once: a
     * process that dies first leaves that to the next leader, which looks everywhere.
     */
    Map<String, Set<String>> take() {
        Map<String, Set<String>> taken = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        try (RowCursor rows = metadata.scan(GROUP.space(), ERRAND, GROUP.key(), "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent()
                    && changes.size() < MOST_AT_ONCE
                    && row.get().key().group().equals(GROUP)) {
                String suffix = row.get().key().suffix();
                int between = suffix.indexOf(BETWEEN);
                taken.computeIfAbsent(suffix.substring(0, between), _ -> new HashSet<>())
                        .add(suffix.substring(between + 1));
                changes.add(Change.delete(row.get().key()));
                row = rows.next();
            }
        }
        if (!changes.isEmpty()) {
            boolean _ = metadata.commit(Commit.ofRows(GROUP, List.of(), changes));
        }
        return taken;
    }
}

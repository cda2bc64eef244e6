package coffer.migration;

import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * How far a migration is, kept in the store it fills: the row {@code M} with the key {@code migration} in the space
 * {@code system}. While it is there the store is not whole, and no server may work on it.
 *
 * @param source which store is copied, in words of its operator
 * @param position of the walk of this phase
 */
record MigrationState(String source, Phase phase, Position position) {
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "migration").row('M');
    private static final int FORMAT = 1;

    static boolean isIn(Row row) {
        return row.key().equals(ROW);
    }

    static Optional<MigrationState> read(MetadataStore metadata) {
        return metadata.get(ROW).map(row -> {
            RecordReader in = new RecordReader(row.value(), FORMAT);
            String source = in.text();
            Phase phase = in.number() == 0 ? Phase.COPY : Phase.COMPARE;
            long rows = in.number();
            long bytes = in.number();
            Optional<RowKey> behind = in.number() == 0
                    ? Optional.empty()
                    : Optional.of(new RowGroup(in.text(), in.text()).row((char) in.number(), in.text()));
            return new MigrationState(source, phase, new Position(behind, rows, bytes));
        });
    }

    void write(MetadataStore metadata) {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(source)
                .number(phase == Phase.COPY ? 0 : 1)
                .number(position.rows())
                .number(position.bytes())
                .number(position.behind().isPresent() ? 1 : 0);
        position.behind()
                .ifPresent(row -> out.text(row.group().space())
                        .text(row.group().key())
                        .number(row.kind())
                        .text(row.suffix()));
        metadata.commit(Commit.put(ROW, out.toBytes()));
    }

    static void remove(MetadataStore metadata) {
        metadata.commit(Commit.ofRows(ROW.group(), List.of(), List.of(Change.delete(ROW))));
    }
}

package coffer.bucket;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryRun;
import coffer.inventory.InventoryWords;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rows of inventories, beside the row of their bucket: {@code i} with the id as suffix holds a configuration, {@code j}
 * with the id as suffix the last report that was made or is being made.
 */
final class InventoryRows {
    static final char CONFIGURATION = 'i';
    static final char RUN = 'j';

    private static final int FORMAT = 1;
    private static final int PAGE_ROWS = 256;

    private final MetadataStore metadata;

    InventoryRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /**
     * A configuration as it is kept.
     *
     * @param sequence grows with every one that is made
     * @param since when its last report was due, or it was set
     */
    record Kept(long sequence, Instant since, InventoryConfiguration configuration) {
        byte[] toBytes() {
            XmlWriter xml = new XmlWriter();
            configuration.write(xml, InventoryWords.COS);
            return new RecordWriter(FORMAT)
                    .number(sequence)
                    .time(since)
                    .bytes(xml.toBytes())
                    .toBytes();
        }

        static Kept of(Row row) {
            RecordReader in = new RecordReader(row.value(), FORMAT);
            try {
                return new Kept(in.number(), in.time(), InventoryConfiguration.readStored(Element.parse(in.bytes())));
            } catch (CosException e) {
                throw corrupt(row, e);
            }
        }
    }

    static InventoryRun run(Row row) {
        try {
            return InventoryRun.fromBytes(row.value());
        } catch (CosException e) {
            throw corrupt(row, e);
        }
    }

    private static StoreException corrupt(Row row, CosException e) {
        return new StoreException(
                StoreException.Reason.CORRUPT,
                "the inventory " + row.key().suffix() + " of "
                        + row.key().group().key() + " cannot be understood",
                e);
    }

    static RowKey key(String bucket, char kind, String id) {
        return BucketService.row(bucket).group().row(kind, id);
    }

    Optional<Row> find(String bucket, char kind, String id) {
        return metadata.get(key(bucket, kind, id));
    }

    /** All of a bucket. */
    List<Row> all(String bucket, char kind) {
        List<Row> all = new ArrayList<>();
        try (RowCursor rows = metadata.scan(BucketService.SYSTEM, kind, bucket, "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && row.get().key().group().key().equals(bucket)) {
                all.add(row.get());
                row = rows.next();
            }
        }
        return all;
    }

    /** The changes that remove all of a bucket. */
    List<Change> removal(String bucket) {
        // A report may begin before they are made, so the rows that are not there yet go, too.
        Set<String> ids = new TreeSet<>();
        all(bucket, CONFIGURATION).forEach(row -> ids.add(row.key().suffix()));
        all(bucket, RUN).forEach(row -> ids.add(row.key().suffix()));
        return ids.stream()
                .flatMap(id -> Stream.<Change>of(new Change.Delete(CONFIGURATION, id), new Change.Delete(RUN, id)))
                .toList();
    }

    /** The next of all buckets; empty at the end. */
    List<Row> page(char kind, Optional<RowKey> after) {
        List<Row> page = new ArrayList<>();
        // No id has a blank, which comes before all that ids have.
        try (RowCursor rows = metadata.scan(
                BucketService.SYSTEM,
                kind,
                after.map(key -> key.group().key()).orElse(""),
                after.map(key -> key.suffix() + " ").orElse(""))) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && page.size() < PAGE_ROWS) {
                page.add(row.get());
                row = rows.next();
            }
        }
        return page;
    }
}

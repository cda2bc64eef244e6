package coffer.migration;

import coffer.multipart.UploadRows;
import coffer.object.ObjectRows;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.StoreException;
import java.util.Optional;

/**
 * How much a store holds.
 *
 * @param rows without lists of extents, and without what is kept of a migration
 * @param bytes of all versions and parts
 */
public record StoreSize(long rows, long bytes) {
    /** Counts all rows. */
    static StoreSize of(MetadataStore metadata) {
        long rows = 0;
        long bytes = 0;
        for (String space : metadata.spaces()) {
            for (char kind : Spaces.kinds(space).toCharArray()) {
                try (RowCursor cursor = metadata.scan(space, kind, "", "")) {
                    for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
                        if (!MigrationState.isIn(row.get())) {
                            rows++;
                            bytes += bytes(row.get());
                        }
                    }
                }
            }
        }
        return new StoreSize(rows, bytes);
    }

    /** Whether there are no rows at all. */
    static boolean isEmpty(MetadataStore metadata) {
        return metadata.spaces().stream().allMatch(space -> isEmpty(metadata, space));
    }

    private static boolean isEmpty(MetadataStore metadata, String space) {
        return Spaces.kinds(space).chars().noneMatch(kind -> {
            try (RowCursor rows = metadata.scan(space, (char) kind, "", "")) {
                return rows.next().isPresent();
            }
        });
    }

    /** How long the version or part is that a row is of; 0 if it is of none, or cannot be understood. */
    static long bytes(Row row) {
        try {
            return switch (RowSort.of(row)) {
                case VERSION -> ObjectRows.sizeBytes(row);
                case PART -> UploadRows.decode(row).sizeBytes();
                case CURRENT_COPY, PLAIN -> 0;
            };
        } catch (StoreException e) {
            return 0;
        }
    }
}

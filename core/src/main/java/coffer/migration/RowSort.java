package coffer.migration;

import coffer.multipart.UploadRows;
import coffer.object.ObjectRows;
import coffer.store.Row;

/** What a row is to who copies it. */
enum RowSort {
    /** A version's own row, which refers to its bytes. */
    VERSION,
    /** The copy of a version's row that says it is the current one. */
    CURRENT_COPY,
    /** A part, which refers to its bytes. */
    PART,
    /** Bytes that mean the same in every engine. */
    PLAIN;

    static RowSort of(Row row) {
        if (!Spaces.isBucket(row.key().group().space())) {
            return PLAIN;
        }
        return switch (row.key().kind()) {
            case ObjectRows.CURRENT -> ObjectRows.isCopy(row) ? CURRENT_COPY : VERSION;
            case ObjectRows.VERSION -> ObjectRows.isMarker(row) ? PLAIN : VERSION;
            case UploadRows.PART -> PART;
            default -> PLAIN;
        };
    }
}

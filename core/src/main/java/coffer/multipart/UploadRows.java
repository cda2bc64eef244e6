package coffer.multipart;

import coffer.bucket.Bucket;
import coffer.encryption.Encryption;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.usage.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of uploads, in the group of the object's key:
 *
 * <pre>
 * u &lt;uploadId&gt;                 the upload
 * p &lt;uploadId&gt;/&lt;part, 5 digits&gt;  one part
 * </pre>
 */
public final class UploadRows {
    /** Kind of the row of an upload; a bucket with such rows is not empty. */
    public static final char UPLOAD = 'u';

    /** Kind of the row of a part. */
    public static final char PART = 'p';

    private final MetadataStore metadata;

    UploadRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** A part with its row, to be named in a commit as what is expected. */
    record StoredPart(Row row, Part part) {
        /** What it adds to the usage. */
        Amount amount() {
            return Amount.ofPart(part.sizeBytes());
        }
    }

    static RowKey upload(Bucket bucket, String key, String uploadId) {
        return new RowGroup(bucket.space(), key).row(UPLOAD, uploadId);
    }

    static RowKey part(Bucket bucket, String key, String uploadId, int number) {
        return new RowGroup(bucket.space(), key).row(PART, "%s/%05d".formatted(uploadId, number));
    }

    /** At most {@code limit} parts with numbers above {@code afterNumber}, in order of their numbers. */
    List<StoredPart> parts(Bucket bucket, String key, String uploadId, int afterNumber, int limit) {
        List<StoredPart> parts = new ArrayList<>();
        RowKey start = part(bucket, key, uploadId, afterNumber + 1);
        try (RowCursor rows = metadata.scan(bucket.space(), PART, key, start.suffix())) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && parts.size() < limit && belongsTo(row.get(), key, uploadId)) {
                parts.add(new StoredPart(row.get(), decode(row.get())));
                row = rows.next();
            }
        }
        return parts;
    }

    /**
     * When an upload began.
     *
     * @param upload a row of kind {@link #UPLOAD}
     * @throws StoreException {@code CORRUPT} if it cannot be understood
     */
    public static Instant initiated(Row upload) {
        return Upload.fromBytes(upload.key().group().key(), upload.value()).initiated();
    }

    /** The row of the upload that a part belongs to. */
    public static RowKey uploadOf(Row part) {
        String suffix = part.key().suffix();
        return part.key().group().row(UPLOAD, suffix.substring(0, suffix.indexOf('/')));
    }

    /**
     * How a part is encrypted.
     *
     * @return empty if its upload has ended
     * @throws StoreException {@code CORRUPT} if the upload's row cannot be understood
     */
    public static Optional<Encryption> encryption(MetadataStore metadata, Row part) {
        return metadata.get(uploadOf(part))
                .map(row ->
                        Upload.fromBytes(row.key().group().key(), row.value()).encryption());
    }

    /**
     * The part that a row holds.
     *
     * @throws StoreException {@code CORRUPT} if it cannot be understood
     */
    public static Part decode(Row row) {
        String suffix = row.key().suffix();
        return Part.fromBytes(Integer.parseInt(suffix.substring(suffix.indexOf('/') + 1)), row.value());
    }

    private static boolean belongsTo(Row row, String key, String uploadId) {
        return row.key().group().key().equals(key) && row.key().suffix().startsWith(uploadId + "/");
    }
}

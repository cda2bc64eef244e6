package coffer.housekeeping;

import coffer.bucket.Bucket;
import coffer.housekeeping.LifecycleProgress.Deed;
import coffer.housekeeping.LifecycleProgress.Stage;
import coffer.lifecycle.LifecycleAction;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lifecycle.LifecycleDays;
import coffer.multipart.MultipartService;
import coffer.multipart.UploadRows;
import coffer.object.ObjectAging;
import coffer.object.ObjectRows;
import coffer.object.StorageClass;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at rows one after the other, and does what rules say of them. */
final class AgingRows {
    private final MetadataStore metadata;
    private final ObjectAging objects;
    private final MultipartService uploads;
    private final LifecycleDays days;

    AgingRows(MetadataStore metadata, ObjectAging objects, MultipartService uploads, LifecycleDays days) {
        this.metadata = metadata;
        this.objects = objects;
        this.uploads = uploads;
        this.days = days;
    }

    /** Looks at rows of one kind of a bucket, in their order. */
    @FunctionalInterface
    interface Look {
        Deed at(Row row);
    }

    /** The kind of the rows that a stage looks at. */
    static char kind(Stage stage) {
        return switch (stage) {
            case CURRENT -> ObjectRows.CURRENT;
            case NONCURRENT -> ObjectRows.VERSION;
            case MARKERS -> ObjectRows.MARKER;
            case UPLOADS -> UploadRows.UPLOAD;
        };
    }

    /** Whether any rule is about what a stage looks at. */
    boolean concerns(Stage stage, LifecycleConfiguration rules) {
        return switch (stage) {
            case CURRENT -> rules.concernsCurrent();
            case NONCURRENT -> rules.concernsNoncurrent();
            case MARKERS -> rules.concernsMarkers();
            case UPLOADS -> rules.concernsUploads();
        };
    }

    /** @param now when what is due is due */
    Look look(Bucket bucket, LifecycleConfiguration rules, Stage stage, Instant now) {
        return switch (stage) {
            case CURRENT -> row -> current(bucket, rules, row, now);
            case NONCURRENT -> new Noncurrent(bucket, rules, now);
            case MARKERS -> row -> marker(bucket, rules, row);
            case UPLOADS -> row -> upload(bucket, rules, row, now);
        };
    }

    private Deed current(Bucket bucket, LifecycleConfiguration rules, Row row, Instant now) {
        LifecycleAction action = rules.ofCurrent(ObjectAging.subject(row, ObjectAging.written(row)), days, now);
        return switch (action) {
            case LifecycleAction.Keep _ -> Deed.NOTHING;
            case LifecycleAction.Expire _ -> deed(objects.expire(bucket, row), Deed.EXPIRED);
            case LifecycleAction.Move move -> move(bucket, row, move);
        };
    }

    private Deed move(Bucket bucket, Row row, LifecycleAction.Move move) {
        return deed(objects.move(bucket, row, StorageClass.parse(move.storageClass())), Deed.MOVED);
    }

    private static Deed deed(ObjectAging.Outcome outcome, Deed done) {
        return switch (outcome) {
            case DONE -> done;
            case OVERTAKEN -> Deed.NOTHING;
            case LOCKED -> Deed.LOCKED;
        };
    }

    /** The versions of a key come newest first, so each ceased to be the current one when the one before it was written. */
    private final class Noncurrent implements Look {
        private final Bucket bucket;
        private final LifecycleConfiguration rules;
        private final Instant now;
        private String key = "";
        private Instant since = Instant.EPOCH;
        private int newer;

        Noncurrent(Bucket bucket, LifecycleConfiguration rules, Instant now) {
            this.bucket = bucket;
            this.rules = rules;
            this.now = now;
        }

        @Override
        public Deed at(Row row) {
            String rowKey = row.key().group().key();
            Instant written = ObjectAging.written(row);
            if (!rowKey.equals(key)) {
                key = rowKey;
                newer = 0;
                Optional<Row> elsewhere =
                        metadata.get(ObjectRows.current(bucket, key)).filter(current -> !ObjectRows.isCopy(current));
                since = elsewhere.map(ObjectAging::written).orElse(written);
                if (elsewhere.isEmpty()) {
                    return Deed.NOTHING; // it is the current one
                }
            }
            LifecycleAction action = rules.ofNoncurrent(ObjectAging.subject(row, since), newer, days, now);
            newer++;
            since = written;
            return switch (action) {
                case LifecycleAction.Keep _ -> Deed.NOTHING;
                case LifecycleAction.Expire _ -> deed(objects.remove(bucket, List.of(row)), Deed.REMOVED);
                case LifecycleAction.Move move -> move(bucket, row, move);
            };
        }
    }

    private Deed marker(Bucket bucket, LifecycleConfiguration rules, Row row) {
        String key = row.key().group().key();
        if (!rules.removesMarkers(key, 1)) {
            return Deed.NOTHING;
        }
        List<Row> markers = new ArrayList<>();
        try (RowCursor versions = metadata.scan(bucket.space(), ObjectRows.VERSION, key, "")) {
            Optional<Row> next = versions.next();
            while (next.isPresent() && next.get().key().group().key().equals(key)) {
                if (!ObjectRows.isMarker(next.get())) {
                    return Deed.NOTHING;
                }
                markers.add(next.get());
                next = versions.next();
            }
        }
        return markers.isEmpty() || !rules.removesMarkers(key, markers.size())
                ? Deed.NOTHING
                : deed(objects.remove(bucket, markers), Deed.REMOVED);
    }

    private Deed upload(Bucket bucket, LifecycleConfiguration rules, Row row, Instant now) {
        String key = row.key().group().key();
        String id = row.key().suffix();
        if (!rules.abortsUpload(key, UploadRows.initiated(row), days, now)) {
            return Deed.NOTHING;
        }
        uploads.abort(bucket, key, id);
        return Deed.ABORTED;
    }
}

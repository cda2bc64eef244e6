package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.cam.Cam;
import coffer.encryption.ContentKeys;
import coffer.multipart.MultipartService;
import coffer.multipart.UploadRows;
import coffer.object.ObjectRows;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Finding;
import coffer.store.Inspection;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks a store as a whole, while nobody uses it: every object and part is read and compared with its checksums, every
 * reference followed both ways, then the engine checks what is its own. Used once.
 *
 * <p>What is repaired takes nothing from anybody: what no bucket, object or upload refers to is removed, and
 * bookkeeping is put right. Damaged objects stay as they are.
 */
public final class StoreCheck {
    private static final String SYSTEM = BucketService.SYSTEM;

    private final Inspection inspection;
    private final MetadataStore metadata;
    private final BucketService buckets;
    private final MultipartService uploads;
    private final ContentCheck content;
    private final Inventory inventory;
    private final boolean repair;
    private final Consumer<Finding> findings;
    private final BlobReferences references = new BlobReferences();
    private long objects;
    private long parts;
    private long bytes;
    private long sealed;

    /** Whether all rows could be understood; if not, blobs that seem to be nobody's may be somebody's. */
    private boolean understood = true;

    /**
     * What was checked.
     *
     * @param bytes of objects and parts
     * @param sealed how many of them are encrypted by a key that was not at hand: what is stored of them was read, but not
     *     what it says
     */
    public record Totals(long buckets, long objects, long parts, long bytes, long sealed) {}

    public StoreCheck(
            Inspection inspection,
            ContentKeys keys,
            BucketService buckets,
            MultipartService uploads,
            boolean repair,
            Consumer<Finding> findings) {
        this.inspection = inspection;
        this.metadata = inspection.engine().metadata();
        this.buckets = buckets;
        this.uploads = uploads;
        this.content = new ContentCheck(inspection.engine(), keys);
        this.inventory = new Inventory(metadata);
        this.repair = repair;
        this.findings = findings;
    }

    /** Checks everything. */
    public Totals run() {
        List<Bucket> all = buckets.all();
        all.forEach(this::check);
        checkSpaces(all);
        checkReferences();
        inspection.check(repair && understood, findings);
        return new Totals(all.size(), objects, parts, bytes, sealed);
    }

    private void check(Bucket bucket) {
        inventory.forEach(bucket, ObjectRows.CURRENT, row -> {
            objects++;
            if (ObjectRows.isCopy(row)) {
                checkCopy(bucket, row);
            } else {
                take(bucket.name() + "/" + row.key().group().key(), content.object(row, step -> {}));
            }
        });
        inventory.forEach(bucket, ObjectRows.VERSION, row -> {
            String version = ", version " + row.key().suffix();
            take(bucket.name() + "/" + row.key().group().key() + version, content.object(row, step -> {}));
        });
        inventory.forEach(bucket, ObjectRows.MANIFEST, row -> checkManifest(bucket, row));
        inventory.forEach(bucket, UploadRows.PART, row -> checkPart(bucket, row));
    }

    private void take(String place, ContentCheck.Outcome outcome) {
        bytes += outcome.readBytes();
        understood &= outcome.understood();
        sealed += outcome.sealed() ? 1 : 0;
        outcome.blobs().forEach(references::add);
        outcome.problem().ifPresent(problem -> report(Finding.Kind.LOSS, place, problem, false));
    }

    private void checkManifest(Bucket bucket, Row row) {
        String key = row.key().group().key();
        if (!isUsed(row)) {
            if (repair) {
                metadata.commit(Commit.ofRows(row.key().group(), List.of(), List.of(Change.delete(row.key()))));
            }
            report(
                    Finding.Kind.LEAK,
                    bucket.name() + "/" + key,
                    "a list of extents that belongs to no version",
                    repair);
        }
    }

    private boolean isUsed(Row manifest) {
        RowGroup group = manifest.key().group();
        if (metadata.get(group.row(ObjectRows.CURRENT))
                .filter(row -> names(row, manifest))
                .isPresent()) {
            return true;
        }
        try (RowCursor rows = metadata.scan(group.space(), ObjectRows.VERSION, group.key(), "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && row.get().key().group().equals(group)) {
                if (names(row.get(), manifest)) {
                    return true;
                }
                row = rows.next();
            }
        }
        return false;
    }

    private boolean names(Row row, Row manifest) {
        return !understood || ObjectRows.namesManifest(row, manifest);
    }

    /** The copy of a version that has no row of its own would be listed and could not be read. */
    private void checkCopy(Bucket bucket, Row row) {
        if (!ObjectRows.hasOwnRow(metadata, row)) {
            report(
                    Finding.Kind.LOSS,
                    bucket.name() + "/" + row.key().group().key(),
                    "the row of its current version is missing",
                    false);
        }
    }

    private void checkPart(Bucket bucket, Row row) {
        String key = row.key().group().key();
        String place = "%s/%s, part %s of upload %s"
                .formatted(
                        bucket.name(),
                        key,
                        row.key().suffix().substring(row.key().suffix().indexOf('/') + 1),
                        UploadRows.uploadOf(row).suffix());
        if (metadata.get(UploadRows.uploadOf(row)).isPresent()) {
            parts++;
            take(place, content.part(row, step -> {}));
            return;
        }
        if (repair) {
            uploads.removeParts(bucket, key, UploadRows.uploadOf(row).suffix());
        } else {
            content.part(row, step -> {}).blobs().forEach(references::add);
        }
        report(Finding.Kind.LEAK, place, "the upload has ended", repair);
    }

    private void checkSpaces(List<Bucket> all) {
        Set<String> known = new HashSet<>(List.of(SYSTEM, Cam.SPACE));
        all.forEach(bucket -> known.add(bucket.space()));
        for (String space : metadata.spaces()) {
            if (!known.contains(space)) {
                if (repair) {
                    metadata.drop(space);
                }
                report(Finding.Kind.LEAK, "rows of " + space, "no bucket has them", repair);
            }
        }
    }

    /** Adopted blobs that nobody refers to take space; blobs that are referred to but not adopted would be removed. */
    private void checkReferences() {
        long[] sorted = references.sorted();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                report(Finding.Kind.LOSS, name(sorted[i]), "it belongs to more than one object or part", false);
            }
        }
        boolean[] adopted = new boolean[sorted.length];
        boolean safe = repair && understood;
        inspection.adopted(blob -> {
            int at = Arrays.binarySearch(sorted, blob.value());
            if (at >= 0) {
                adopted[at] = true;
                return;
            }
            if (safe) {
                metadata.commit(new Commit(correction(), List.of(), List.of(), List.of(), List.of(blob)));
            }
            report(Finding.Kind.LEAK, name(blob.value()), "no object or part refers to it", safe);
        });
        for (int i = 0; i < sorted.length; i++) {
            boolean first = i == 0 || sorted[i] != sorted[i - 1];
            if (first && !isAdopted(sorted, adopted, i)) {
                if (repair) {
                    BlobId blob = new BlobId(sorted[i]);
                    metadata.commit(new Commit(correction(), List.of(), List.of(), List.of(blob), List.of()));
                }
                report(Finding.Kind.BOOKKEEPING, name(sorted[i]), "it is not known to be in use", repair);
            }
        }
    }

    private static boolean isAdopted(long[] sorted, boolean[] adopted, int from) {
        for (int i = from; i < sorted.length && sorted[i] == sorted[from]; i++) {
            if (adopted[i]) {
                return true;
            }
        }
        return false;
    }

    private static RowGroup correction() {
        return new RowGroup(SYSTEM, "");
    }

    private static String name(long blob) {
        return "blob %016x".formatted(blob);
    }

    private void report(Finding.Kind kind, String place, String message, boolean repaired) {
        findings.accept(new Finding(kind, place, message, repaired));
    }
}

package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.Encryption;
import coffer.object.Attributes;
import coffer.object.Contents;
import coffer.object.ObjectService;
import coffer.object.Received;
import coffer.record.UniqueIds;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.usage.Amount;
import coffer.usage.Usage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Multipart uploads of all buckets, but for completing them. Thread-safe. */
public final class MultipartService {
    /** Source: COS docs, "Specifications and Limits". */
    public static final int MAX_PART_NUMBER = 10_000;

    private static final int MAX_ATTEMPTS = 100;

    private final MetadataStore metadata;
    private final Usage usage;
    private final BucketService buckets;
    private final UploadRows rows;
    private final Contents contents;
    private final InstantSource clock;
    private final UniqueIds ids;

    public MultipartService(
            Engine engine,
            Usage usage,
            BucketService buckets,
            ObjectService objects,
            InstantSource clock,
            UniqueIds ids) {
        this.metadata = engine.metadata();
        this.usage = usage;
        this.buckets = buckets;
        this.rows = new UploadRows(metadata);
        this.contents = objects.contents();
        this.clock = clock;
        this.ids = ids;
    }

    /** An upload with its row. */
    record StoredUpload(Row row, Upload upload) {}

    /** Begins an upload. */
    public Upload initiate(
            Bucket bucket,
            String key,
            Attributes attributes,
            Encryption encryption,
            Optional<UploadChecksum> checksum) {
        Upload upload = new Upload(key, ids.next(), clock.instant(), attributes, encryption, checksum);
        RowKey address = UploadRows.upload(bucket, key, upload.id());
        Commit commit = Commit.ofRows(
                address.group(), List.of(Expected.absent(address)), List.of(Change.put(address, upload.toBytes())));
        if (!metadata.commit(commit)) {
            throw CosError.PATH_CONFLICT.exception();
        }
        if (!buckets.confirm(bucket)) {
            abort(bucket, key, upload.id());
            throw CosError.SERVICE_UNAVAILABLE.because("The bucket is being deleted; try again.");
        }
        return upload;
    }

    /**
     * An upload that has begun and not ended.
     *
     * @throws CosException {@code NoSuchUpload}
     */
    StoredUpload require(Bucket bucket, String key, String uploadId) {
        return find(bucket, key, uploadId).orElseThrow(CosError.NO_SUCH_UPLOAD::exception);
    }

    Optional<StoredUpload> find(Bucket bucket, String key, String uploadId) {
        if (uploadId.isEmpty() || uploadId.length() > 64 || !uploadId.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.empty();
        }
        return metadata.get(UploadRows.upload(bucket, key, uploadId))
                .map(row -> new StoredUpload(row, Upload.fromBytes(key, row.value())));
    }

    /** See {@link UploadRows#parts}. */
    List<UploadRows.StoredPart> parts(Bucket bucket, String key, String uploadId, int afterNumber, int limit) {
        return rows.parts(bucket, key, uploadId, afterNumber, limit);
    }

    /**
     * Checks before the body of a part is read that the quota of the account has room for it; adding it looks again.
     *
     * @param bytes how long it will be; negative if nobody knows yet
     * @throws CosException {@code AccessDenied}
     */
    void requireRoom(Bucket bucket, String key, String uploadId, int number, long bytes) {
        if (usage.isLimited(bucket)) {
            long replaced = metadata.get(UploadRows.part(bucket, key, uploadId, number))
                    .map(row -> UploadRows.decode(row).sizeBytes())
                    .orElse(0L);
            usage.require(bucket, Amount.ofPart(Math.max(0, bytes) - replaced));
        }
    }

    /**
     * Makes a received body a part of an upload, in place of an earlier one of its number.
     *
     * @throws CosException {@code NoSuchUpload} if the upload has ended meanwhile; the body is discarded then
     */
    public Part addPart(Bucket bucket, String key, String uploadId, int number, Received received) {
        boolean kept = false;
        boolean unknown = false;
        try {
            Part part = new Part(
                    number,
                    received.etag(),
                    received.crc64(),
                    clock.instant(),
                    received.content().extents().stream().findFirst(),
                    received.checksum());
            RowKey address = UploadRows.part(bucket, key, uploadId, number);
            for (int attempt = 0; attempt < MAX_ATTEMPTS && !kept; attempt++) {
                StoredUpload upload = require(bucket, key, uploadId);
                Optional<Row> earlier = metadata.get(address);
                Optional<Part> replaced = earlier.map(UploadRows::decode);
                List<BlobId> release = replaced.map(Part::blobs).orElse(List.of());
                Commit commit = new Commit(
                        address.group(),
                        List.of(Expected.same(upload.row), Expected.of(address, earlier)),
                        List.of(Change.put(address, part.toBytes())),
                        received.blobs(),
                        release);
                long before = replaced.map(Part::sizeBytes).orElse(0L);
                kept = usage.commit(bucket, key, commit, Amount.ofPart(part.sizeBytes() - before));
            }
            if (!kept) {
                throw CosError.PATH_CONFLICT.exception();
            }
            return part;
        } catch (StoreException e) {
            unknown = e.reason() == StoreException.Reason.UNKNOWN;
            throw e;
        } finally {
            // What may be there must not lose its bytes.
            if (!kept && !unknown) {
                contents.discard(received.blobs());
            }
        }
    }

    /**
     * Ends an upload without an object, and frees its parts.
     *
     * @throws CosException {@code NoSuchUpload}; {@code PathConflict} if parts keep coming meanwhile
     */
    public void abort(Bucket bucket, String key, String uploadId) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            StoredUpload upload = require(bucket, key, uploadId);
            List<UploadRows.StoredPart> parts = parts(bucket, key, uploadId, 0, MAX_PART_NUMBER);
            // The parts go with their upload: who dies in between would leave bytes that nobody looks for.
            if (remove(bucket, key, List.of(upload.row), parts)) {
                removeParts(bucket, key, uploadId);
                return;
            }
        }
        throw CosError.PATH_CONFLICT.exception();
    }

    /** Frees the parts of an upload that has ended; since adding one relies on the upload's row, no more can come. */
    public void removeParts(Bucket bucket, String key, String uploadId) {
        List<UploadRows.StoredPart> left = parts(bucket, key, uploadId, 0, MAX_PART_NUMBER);
        if (!left.isEmpty()) {
            boolean _ = remove(bucket, key, List.of(), left);
        }
    }

    /** Whether the rows were all as they were read, and are gone now. */
    private boolean remove(Bucket bucket, String key, List<Row> uploads, List<UploadRows.StoredPart> parts) {
        List<Change> changes = new ArrayList<>();
        List<Expected> expected = new ArrayList<>();
        List<BlobId> release = new ArrayList<>();
        Amount more = Amount.NONE;
        for (Row upload : uploads) {
            expected.add(Expected.same(upload));
            changes.add(Change.delete(upload.key()));
        }
        for (UploadRows.StoredPart part : parts) {
            more = more.minus(part.amount());
            expected.add(Expected.same(part.row()));
            changes.add(Change.delete(part.row().key()));
            release.addAll(part.part().blobs());
        }
        RowGroup group = new RowGroup(bucket.space(), key);
        return usage.commit(bucket, key, new Commit(group, expected, changes, List.of(), release), more);
    }
}

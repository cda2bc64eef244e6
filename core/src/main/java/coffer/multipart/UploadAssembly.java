package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.checksum.Crc64;
import coffer.checksum.ObjectChecksum;
import coffer.object.Content;
import coffer.object.Extent;
import coffer.object.NextVersion;
import coffer.object.ObjectService;
import coffer.object.ObjectVersion;
import coffer.record.UniqueIds;
import coffer.request.Digests;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.usage.Amount;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an object of the parts of an upload, in one commit. Thread-safe. */
public final class UploadAssembly {
    /** Every part but the last. Source: COS docs, "Specifications and Limits". */
    private static final long MIN_PART_BYTES = 1024 * 1024;

    private final ObjectService objects;
    private final MultipartService uploads;
    private final InstantSource clock;
    private final UniqueIds ids;

    public UploadAssembly(ObjectService objects, MultipartService uploads, InstantSource clock, UniqueIds ids) {
        this.objects = objects;
        this.uploads = uploads;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The ETag of an object made of parts: the MD5 of their MD5s, and how many they are. COS does not document its own
     * rule; clients take any ETag with a {@code -} as opaque, and this is what S3 clients can check.
     */
    static String etag(List<CompleteMultipartUpload.ListedPart> parts) {
        MessageDigest md5 = Digests.md5();
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    /**
     * Completes an upload; parts that are not listed are freed.
     *
     * @param claimed what the client says the object will be
     * @throws CosException {@code InvalidPart}, {@code EntityTooSmall}, {@code NoSuchUpload} if it has ended meanwhile;
     *     the upload is as it was then
     */
    ObjectVersion complete(
            Bucket bucket,
            MultipartService.StoredUpload begun,
            List<CompleteMultipartUpload.ListedPart> listed,
            CompletedObject claimed,
            ObjectService.Precondition rule) {
        Upload upload = begun.upload();
        ObjectVersion version = objects.commit(bucket, upload.key(), List.of(), current -> {
            rule.check(current.object());
            MultipartService.StoredUpload now = uploads.require(bucket, upload.key(), upload.id());
            List<UploadRows.StoredPart> stored =
                    uploads.parts(bucket, upload.key(), upload.id(), 0, MultipartService.MAX_PART_NUMBER);
            List<UploadRows.StoredPart> chosen = choose(listed, stored);
            NextVersion next = next(now, chosen, stored, etag(listed));
            claimed.check(next.version());
            return next;
        });
        uploads.removeParts(bucket, upload.key(), upload.id());
        return version;
    }

    private static List<UploadRows.StoredPart> choose(
            List<CompleteMultipartUpload.ListedPart> listed, List<UploadRows.StoredPart> stored) {
        Map<Integer, UploadRows.StoredPart> byNumber = new HashMap<>();
        stored.forEach(part -> byNumber.put(part.part().number(), part));
        List<UploadRows.StoredPart> chosen = new ArrayList<>(listed.size());
        for (CompleteMultipartUpload.ListedPart part : listed) {
            UploadRows.StoredPart found = byNumber.get(part.number());
            if (found == null || !found.part().etag().equalsIgnoreCase(part.etag())) {
                throw CosError.INVALID_PART.because("Part " + part.number() + " is missing or has another ETag.");
            }
            part.checksum().filter(said -> !said.isOf(found.part())).ifPresent(said -> {
                throw CosError.INVALID_PART.because("Part " + part.number() + " has another checksum.");
            });
            chosen.add(found);
        }
        for (UploadRows.StoredPart part : chosen.subList(0, chosen.size() - 1)) {
            if (part.part().sizeBytes() < MIN_PART_BYTES) {
                throw CosError.ENTITY_TOO_SMALL.because(
                        "Part " + part.part().number() + " has less than 1 MB; only the last part may.");
            }
        }
        return chosen;
    }

    private NextVersion next(
            MultipartService.StoredUpload upload,
            List<UploadRows.StoredPart> chosen,
            List<UploadRows.StoredPart> stored,
            String etag) {
        List<Extent> extents = new ArrayList<>(chosen.size());
        List<Expected> expected = new ArrayList<>(chosen.size() + 1);
        List<Change> changes = new ArrayList<>(stored.size() + 1);
        expected.add(Expected.same(upload.row()));
        changes.add(Change.delete(upload.row().key()));
        long crc64 = 0;
        long size = 0;
        for (UploadRows.StoredPart part : chosen) {
            part.part().extent().ifPresent(extents::add);
            crc64 = Crc64.combine(crc64, part.part().crc64(), part.part().sizeBytes());
            size += part.part().sizeBytes();
        }
        List<BlobId> release = new ArrayList<>();
        Amount more = Amount.NONE;
        for (UploadRows.StoredPart part : stored) {
            more = more.minus(part.amount());
            expected.add(Expected.same(part.row()));
            changes.add(Change.delete(part.row().key()));
            release.addAll(part.part().blobs());
        }
        Content content = Content.of(extents, upload.upload().encryption());
        release.removeAll(new java.util.HashSet<>(content.blobs()));
        ObjectVersion version = new ObjectVersion(
                ids.next(),
                size,
                etag,
                crc64,
                clock.instant(),
                0,
                Optional.of(upload.upload().id()),
                upload.upload().attributes(),
                content);
        return new NextVersion(
                version.with(checksum(upload.upload(), chosen)),
                Optional.empty(),
                List.of(),
                expected,
                changes,
                release,
                more);
    }

    /** What the upload asked for, if all its parts have one. */
    private static Optional<ObjectChecksum> checksum(Upload upload, List<UploadRows.StoredPart> chosen) {
        List<ObjectChecksum.OfPart> parts = chosen.stream()
                .map(UploadRows.StoredPart::part)
                .flatMap(part ->
                        part.checksum().map(checksum -> new ObjectChecksum.OfPart(checksum, part.sizeBytes())).stream())
                .toList();
        return upload.checksum()
                .filter(wanted -> parts.size() == chosen.size())
                .map(wanted -> ObjectChecksum.ofParts(wanted.algorithm(), wanted.type(), parts));
    }
}

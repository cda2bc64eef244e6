package coffer.multipart;

import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.encryption.EncryptionHeaders;
import coffer.object.BodyReceiver;
import coffer.object.ChosenChecksum;
import coffer.object.ObjectService;
import coffer.object.TrafficLimit;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.UnavailableHeaders;

/** Source: COS API reference, "Upload Part". */
public final class UploadPart implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final MultipartService uploads;

    public UploadPart(BucketService buckets, ObjectService objects, MultipartService uploads) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        PartParameters parameters = PartParameters.of(request.query());
        UnavailableHeaders.refuse(request.headers());
        Upload upload =
                uploads.require(bucket, request.key(), parameters.uploadId()).upload();
        ContentKey contentKey = objects.encryption()
                .open(bucket, upload.key(), upload.encryption(), EncryptionHeaders.ofRead(request.headers()));
        uploads.requireRoom(
                bucket,
                request.key(),
                parameters.uploadId(),
                parameters.number(),
                request.body().declaredBytes());
        Part part = objects.contents()
                .receiver()
                .receive(
                        TrafficLimit.paced(request),
                        expectation(request, upload),
                        false,
                        contentKey,
                        received -> uploads.addPart(
                                bucket, request.key(), parameters.uploadId(), parameters.number(), received));
        return CosResponse.ok()
                .with("ETag", part.quotedEtag())
                .with("x-cos-hash-crc64ecma", Long.toUnsignedString(part.crc64()))
                .withAll(contentKey.answered())
                .withAll(ChosenChecksum.answered(part.checksum()));
    }

    /** If the upload has a checksum, all its parts do. */
    private static BodyReceiver.Expectation expectation(CosRequest request, Upload upload) {
        BodyReceiver.Expectation said = BodyReceiver.Expectation.of(request.headers());
        upload.checksum().ifPresent(chosen -> chosen.requireSame(said.checksum()));
        return said.with(upload.checksum().map(UploadChecksum::algorithm));
    }
}

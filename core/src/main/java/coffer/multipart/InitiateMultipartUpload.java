package coffer.multipart;

import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.object.Attributes;
import coffer.object.ObjectService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.Optional;

/** Source: COS API reference, "Initiate Multipart Upload". */
public final class InitiateMultipartUpload implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final MultipartService uploads;

    public InitiateMultipartUpload(BucketService buckets, ObjectService objects, MultipartService uploads) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Attributes attributes =
                Attributes.of(request.headers(), objects.possessions().of(request, bucket));
        objects.locks().check(bucket, attributes.lock());
        ContentKey contentKey = objects.encryption().begin(bucket, request.key(), request.headers());
        Optional<UploadChecksum> checksum = UploadChecksum.of(request.headers());
        Upload upload = uploads.initiate(bucket, request.key(), attributes, contentKey.encryption(), checksum);
        return CosResponse.xml(new XmlWriter()
                        .open("InitiateMultipartUploadResult")
                        .element("Bucket", request.bucketAsNamed())
                        .element("Key", upload.key())
                        .element("UploadId", upload.id())
                        .close("InitiateMultipartUploadResult"))
                .withAll(contentKey.answered())
                .with(
                        "x-cos-checksum-algorithm",
                        checksum.map(chosen -> chosen.algorithm().name()))
                .with(
                        "x-cos-checksum-type",
                        checksum.map(chosen -> chosen.type().name()));
    }
}

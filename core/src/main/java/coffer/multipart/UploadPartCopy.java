package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.encryption.EncryptionHeaders;
import coffer.object.AccessControl;
import coffer.object.BodyReceiver;
import coffer.object.ByteRange;
import coffer.object.CopySourceReader;
import coffer.object.ObjectService;
import coffer.object.PieceBody;
import coffer.object.Received;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.UnavailableHeaders;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Source: COS API reference, "Upload Part - Copy". */
public final class UploadPartCopy implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final MultipartService uploads;
    private final CopySourceReader sources;

    public UploadPartCopy(
            BucketService buckets, ObjectService objects, AccessControl access, MultipartService uploads) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
        this.sources = new CopySourceReader(buckets, objects, access);
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
        return receive(
                request,
                contentKey,
                BodyReceiver.Expectation.computing(upload.checksum().map(UploadChecksum::algorithm)),
                bytes -> uploads.requireRoom(bucket, request.key(), parameters.uploadId(), parameters.number(), bytes),
                received ->
                        uploads.addPart(bucket, request.key(), parameters.uploadId(), parameters.number(), received));
    }

    private static CosResponse answer(Part part, ContentKey contentKey, Optional<String> sourceVersion) {
        XmlWriter document = new XmlWriter()
                .open("CopyPartResult")
                .element("ETag", part.quotedEtag())
                .element("CRC64", Long.toUnsignedString(part.crc64()))
                .element("LastModified", HttpDate.iso(part.modified()));
        part.checksum()
                .ifPresent(checksum -> document.element(checksum.algorithm().element(), checksum.value()));
        return CosResponse.xml(document.close("CopyPartResult"))
                .withAll(contentKey.answered())
                .with("x-cos-copy-source-version-id", sourceVersion);
    }

    private CosResponse receive(
            CosRequest request,
            ContentKey contentKey,
            BodyReceiver.Expectation expectation,
            LongConsumer room,
            Function<Received, Part> use) {
        while (true) {
            CopySourceReader.Source source = sources.read(request);
            ByteRange range = range(request, source.object().version().sizeBytes());
            if (range.lengthBytes() > BodyReceiver.MAX_BYTES) {
                throw CosError.ENTITY_TOO_LARGE.exception();
            }
            room.accept(range.lengthBytes());
            ContentKey from = objects.encryption().openToCopy(source, request.headers());
            Optional<ResponseBody.Pieces> pieces = objects.contents()
                    .open(source.bucket(), source.object(), from.cipher(), range.first(), range.lengthBytes());
            if (pieces.isPresent()) {
                try (PieceBody body = new PieceBody(pieces.get())) {
                    Part part = objects.contents().receiver().receive(body, expectation, false, contentKey, use);
                    return answer(part, contentKey, sources.versionOf(source));
                }
            }
        }
    }

    /** The Python SDK always sends the header, empty for the whole source. The range must lie within the source. */
    private static ByteRange range(CosRequest request, long sizeBytes) {
        Optional<String> header = request.headers().nonEmpty("x-cos-copy-source-range");
        if (header.isEmpty()) {
            return new ByteRange(0, sizeBytes);
        }
        ByteRange range = ByteRange.resolve(header.get(), sizeBytes)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("x-cos-copy-source-range must be bytes=a-b."));
        if (!header.get().endsWith("-" + (range.first() + range.lengthBytes() - 1))) {
            throw CosError.INVALID_RANGE.because("x-cos-copy-source-range must lie within the source.");
        }
        return range;
    }
}

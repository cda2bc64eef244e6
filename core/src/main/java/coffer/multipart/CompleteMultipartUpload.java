package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.encryption.EncryptionHeaders;
import coffer.object.ChosenChecksum;
import coffer.object.ObjectService;
import coffer.object.ObjectVersion;
import coffer.object.PutObject;
import coffer.object.StoredObject;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import coffer.request.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Source: COS API reference, "Complete Multipart Upload". No byte is touched: the object is made of the parts' extents.
 *
 * <p>SDKs repeat it after an error they could not see through, so a repetition that names the same parts gets the same
 * answer as long as the object it made is the current one.
 */
public final class CompleteMultipartUpload implements Handler {
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private final BucketService buckets;
    private final MultipartService uploads;
    private final UploadAssembly assembly;
    private final ObjectService objects;

    public CompleteMultipartUpload(
            BucketService buckets, ObjectService objects, MultipartService uploads, UploadAssembly assembly) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
        this.assembly = assembly;
    }

    /** A part as the client lists it; the ETag without quotes. */
    record ListedPart(int number, String etag, Optional<ClaimedChecksum> checksum) {}

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        String uploadId = PartParameters.uploadId(request.query());
        Optional<MultipartService.StoredUpload> upload = uploads.find(bucket, request.key(), uploadId);
        if (upload.isEmpty() && finished(bucket, request.key(), uploadId).isEmpty()) {
            throw CosError.NO_SUCH_UPLOAD.exception();
        }
        Optional<ContentKey> customersKey = upload.filter(begun -> request.protocol() == Protocol.S3)
                .map(begun -> customersKey(request, bucket, begun.upload()));
        List<ListedPart> listed = listed(
                request.with(CompletedObject.ofDocument(request.headers())).document(MAX_DOCUMENT_BYTES),
                request.protocol());
        ObjectVersion version = upload.isPresent()
                ? assembly.complete(
                        bucket,
                        upload.get(),
                        listed,
                        CompletedObject.of(request.headers()),
                        minPartMebibytes(request.protocol()),
                        PutObject.overwriteRule(request.headers(), request.protocol()))
                : repeated(bucket, request.key(), uploadId, listed);
        return CosResponse.xml(document(request, version))
                .with("x-cos-hash-crc64ecma", Long.toUnsignedString(version.crc64()))
                .with("x-cos-version-id", versionId(version, request.protocol()))
                .withAll(customersKey
                        .map(ContentKey::answered)
                        .orElseGet(() ->
                                EncryptionHeaders.answered(version.content().encryption(), Optional.empty())));
    }

    /** What a customer's key encrypts is completed by who has it. Source: S3 API reference, "CompleteMultipartUpload". */
    private ContentKey customersKey(CosRequest request, Bucket bucket, Upload upload) {
        return objects.encryption()
                .open(bucket, upload.key(), upload.encryption(), EncryptionHeaders.ofRead(request.headers()));
    }

    /**
     * Every part but the last. Source: COS docs, "Specifications and Limits"; S3 docs, "Amazon S3 multipart upload
     * limits".
     */
    private static int minPartMebibytes(Protocol protocol) {
        return switch (protocol) {
            case COS -> 1;
            case S3 -> 5;
        };
    }

    /** Unlike other writes, COS answers it with {@code null} when versioning is suspended. */
    private static Optional<String> versionId(ObjectVersion version, Protocol protocol) {
        boolean isSilent =
                protocol == Protocol.S3 ? version.id().isNull() : version.id().sequence() == 0;
        return isSilent ? Optional.empty() : Optional.of(version.id().text());
    }

    private static XmlWriter document(CosRequest request, ObjectVersion version) {
        XmlWriter document = new XmlWriter()
                .open("CompleteMultipartUploadResult")
                .element("Location", request.location(request.key()))
                .element("Bucket", request.bucketAsNamed())
                .element("Key", request.key())
                .element("ETag", version.quotedEtag());
        ChosenChecksum.write(document, version.checksum());
        return document.close("CompleteMultipartUploadResult");
    }

    private ObjectVersion repeated(Bucket bucket, String key, String uploadId, List<ListedPart> listed) {
        return finished(bucket, key, uploadId)
                .filter(version -> version.etag().equals(UploadAssembly.etag(listed)))
                .orElseThrow(CosError.NO_SUCH_UPLOAD::exception);
    }

    private Optional<ObjectVersion> finished(Bucket bucket, String key, String uploadId) {
        return objects.find(bucket, key)
                .map(StoredObject::version)
                .filter(version -> version.uploadId().filter(uploadId::equals).isPresent());
    }

    /**
     * Reads the list of parts. ETags come with quotes (Python, Go) or without (Java). S3 clients may name a part again
     * that they have sent again: the last counts.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidPartOrder}, {@code InvalidPart}
     */
    private static List<ListedPart> listed(Element document, Protocol protocol) {
        List<Element> elements = document.all("Part");
        if (!document.name().equals("CompleteMultipartUpload")
                || elements.isEmpty()
                || elements.size() > MultipartService.MAX_PART_NUMBER) {
            throw CosError.MALFORMED_XML.because("CompleteMultipartUpload must list 1 to 10000 parts.");
        }
        List<ListedPart> parts = new ArrayList<>(elements.size());
        int last = 0;
        for (Element element : elements) {
            int number = (int)
                    Numbers.within("PartNumber", element.required("PartNumber"), 1, MultipartService.MAX_PART_NUMBER);
            if (number == last && protocol == Protocol.S3) {
                parts.removeLast();
            } else if (number <= last) {
                throw CosError.INVALID_PART_ORDER.exception();
            }
            last = number;
            String etag = element.required("ETag").replace("\"", "");
            if (etag.length() != 32 || !etag.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw CosError.INVALID_PART.because("Part " + number + " has an ETag that is not 32 hex digits.");
            }
            parts.add(new ListedPart(number, etag, ClaimedChecksum.ofPart(element)));
        }
        return parts;
    }
}

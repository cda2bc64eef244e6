package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.ListingWords;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.KeyEncoding;
import coffer.request.Numbers;
import coffer.request.Protocol;
import java.util.List;

/** Source: COS API reference, "List Parts". The encoding element is spelled twice: Java reads one, Go the other. */
public final class ListParts implements Handler {
    private static final int MAX_PARTS = 1000;

    private final BucketService buckets;
    private final MultipartService uploads;
    private final ListingWords words;

    public ListParts(BucketService buckets, MultipartService uploads, ListingWords words) {
        this.buckets = buckets;
        this.uploads = uploads;
        this.words = words;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Query query = request.query();
        String uploadId = query.nonEmpty("uploadId").orElseThrow(CosError.LIST_PART_UPLOAD_ID_IS_EMPTY::exception);
        Bucket bucket = buckets.of(request);
        Upload upload = uploads.require(bucket, request.key(), uploadId).upload();
        KeyEncoding encoding = KeyEncoding.of(query);
        int maxParts = Numbers.pageSize(query, "max-parts", words.leastPage(), MAX_PARTS);
        int marker = query.nonEmpty("part-number-marker")
                .map(text -> (int) Numbers.within("part-number-marker", text, 0, Integer.MAX_VALUE - 1))
                .orElse(0);
        List<UploadRows.StoredPart> found = uploads.parts(bucket, request.key(), uploadId, marker, maxParts + 1);
        boolean truncated = maxParts > 0 && found.size() > maxParts;
        List<Part> page =
                found.stream().limit(maxParts).map(UploadRows.StoredPart::part).toList();
        XmlWriter xml = new XmlWriter().open("ListPartsResult").element("Bucket", request.bucketAsNamed());
        if (encoding == KeyEncoding.URL) {
            xml.element("EncodingType", "url").element("Encoding-type", "url");
        }
        xml.element("Key", encoding.encode(upload.key())).element("UploadId", upload.id());
        UploadXml.people(xml, bucket, upload);
        upload.checksum().ifPresent(chosen -> chosen.write(xml));
        xml.element("PartNumberMarker", marker);
        page.forEach(part -> write(xml, part));
        if (!page.isEmpty()) {
            xml.element("NextPartNumberMarker", page.getLast().number());
        } else if (request.protocol() == Protocol.S3) {
            xml.element("NextPartNumberMarker", 0);
        }
        return CosResponse.xml(xml.element(
                        "StorageClass",
                        words.storageClass().apply(upload.attributes().storageClass()))
                .element("MaxParts", maxParts)
                .element("IsTruncated", truncated)
                .close("ListPartsResult"));
    }

    private static void write(XmlWriter xml, Part part) {
        xml.open("Part")
                .element("PartNumber", part.number())
                .element("LastModified", HttpDate.isoMillis(part.modified()))
                .element("ETag", part.quotedEtag())
                .element("Size", part.sizeBytes());
        part.checksum().ifPresent(checksum -> xml.element(checksum.algorithm().element(), checksum.value()));
        xml.close("Part");
    }
}

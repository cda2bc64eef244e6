package coffer.multipart;

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

/** Source: COS API reference, "List Multipart Uploads". The Python SDK sends every parameter, empty ones included. */
public final class ListMultipartUploads implements Handler {
    private static final int MAX_UPLOADS = 1000;

    private final BucketService buckets;
    private final UploadListing listing;
    private final ListingWords words;

    public ListMultipartUploads(BucketService buckets, UploadListing listing, ListingWords words) {
        this.buckets = buckets;
        this.listing = listing;
        this.words = words;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Query query = request.query();
        KeyEncoding encoding = KeyEncoding.of(query);
        UploadListing.Selection selection = new UploadListing.Selection(
                query.last("prefix").orElse(""),
                query.last("delimiter").orElse(""),
                query.last("key-marker").orElse(""),
                query.last("upload-id-marker").orElse(""),
                Numbers.pageSize(query, "max-uploads", words.leastPage(), MAX_UPLOADS));
        return CosResponse.xml(
                document(request.bucketAsNamed(), bucket, selection, listing.list(bucket, selection), encoding));
    }

    private XmlWriter document(
            String bucketName,
            Bucket bucket,
            UploadListing.Selection selection,
            UploadListing.Page page,
            KeyEncoding encoding) {
        XmlWriter xml = new XmlWriter().open("ListMultipartUploadsResult").element("Bucket", bucketName);
        if (encoding == KeyEncoding.URL) {
            xml.element("Encoding-Type", "url").element("EncodingType", "url");
        }
        xml.element("KeyMarker", encoding.encode(selection.keyMarker()))
                .element("UploadIdMarker", selection.uploadIdMarker());
        if (page.truncated()) {
            xml.element("NextKeyMarker", encoding.encode(page.nextKeyMarker()))
                    .element("NextUploadIdMarker", page.nextUploadIdMarker());
        }
        xml.element("MaxUploads", selection.maxEntries())
                .element("IsTruncated", page.truncated())
                .element("Prefix", encoding.encode(selection.prefix()));
        if (!selection.delimiter().isEmpty()) {
            xml.element("Delimiter", encoding.encode(selection.delimiter()));
        }
        for (Upload upload : page.uploads()) {
            xml.open("Upload")
                    .element("Key", encoding.encode(upload.key()))
                    .element("UploadId", upload.id())
                    .element(
                            "StorageClass",
                            words.storageClass().apply(upload.attributes().storageClass()));
            UploadXml.people(xml, bucket, upload);
            upload.checksum().ifPresent(chosen -> chosen.write(xml));
            xml.element("Initiated", HttpDate.isoMillis(upload.initiated())).close("Upload");
        }
        for (String prefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes")
                    .element("Prefix", encoding.encode(prefix))
                    .close("CommonPrefixes");
        }
        return xml.close("ListMultipartUploadsResult");
    }
}

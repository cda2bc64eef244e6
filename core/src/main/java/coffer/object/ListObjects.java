package coffer.object;

import coffer.api.CosResponse;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.KeyEncoding;
import coffer.request.Numbers;
import java.time.InstantSource;

/** Source: COS API reference, "GET Bucket (List Objects)". */
public final class ListObjects implements Handler {
    private static final int MAX_KEYS = 1000;

    /** What most entries take. */
    private static final int ENTRY_BYTES = 350;

    private final BucketService buckets;
    private final ObjectListing listing;
    private final ListingWords words;
    private final InstantSource clock;

    public ListObjects(BucketService buckets, ObjectListing listing, ListingWords words, InstantSource clock) {
        this.buckets = buckets;
        this.listing = listing;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Query query = request.query();
        int maxKeys = Numbers.pageSize(query, "max-keys", 0, MAX_KEYS);
        ObjectListing.Selection selection = new ObjectListing.Selection(
                query.last("prefix").orElse(""),
                query.last("delimiter").orElse(""),
                query.last("marker").orElse(""),
                maxKeys);
        ObjectListing.Page page = listing.list(bucket, selection);
        return CosResponse.xml(document(
                        request.bucketAsNamed(), selection, page, ListedEntries.of(request, bucket, words, clock)))
                .with("x-cos-bucket-region", bucket.region());
    }

    static XmlWriter document(
            String bucketName, ObjectListing.Selection selection, ObjectListing.Page page, ListedEntries entries) {
        int expectedBytes = 1024
                + ENTRY_BYTES * (page.entries().size() + page.commonPrefixes().size());
        XmlWriter xml = new XmlWriter(expectedBytes).open("ListBucketResult").element("Name", bucketName);
        KeyEncoding encoding = entries.encoding();
        if (encoding == KeyEncoding.URL) {
            xml.element("EncodingType", "url");
        }
        xml.element("Prefix", encoding.encode(selection.prefix()))
                .element("Marker", encoding.encode(selection.marker()))
                .element("MaxKeys", selection.maxEntries());
        if (!selection.delimiter().isEmpty()) {
            xml.element("Delimiter", encoding.encode(selection.delimiter()));
        }
        xml.element("IsTruncated", page.nextMarker().isPresent());
        page.nextMarker().ifPresent(marker -> xml.element("NextMarker", encoding.encode(marker)));
        entries.write(xml, page, true);
        return xml.close("ListBucketResult");
    }
}

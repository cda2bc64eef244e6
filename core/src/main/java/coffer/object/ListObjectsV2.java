package coffer.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.KeyEncoding;
import coffer.request.Numbers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/** Source: S3 API reference, "ListObjectsV2". */
public final class ListObjectsV2 implements Handler {
    private static final int MAX_KEYS = 1000;

    private final BucketService buckets;
    private final ObjectListing listing;
    private final ListingWords words;
    private final InstantSource clock;

    public ListObjectsV2(BucketService buckets, ObjectListing listing, ListingWords words, InstantSource clock) {
        this.buckets = buckets;
        this.listing = listing;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Query query = request.query();
        if (!query.last("list-type").equals(Optional.of("2"))) {
            throw CosError.INVALID_ARGUMENT.because("list-type must be 2, or be left out for the first version.");
        }
        Optional<String> token = query.nonEmpty("continuation-token");
        ObjectListing.Selection selection = new ObjectListing.Selection(
                query.last("prefix").orElse(""),
                query.last("delimiter").orElse(""),
                token.map(ListObjectsV2::read)
                        .or(() -> query.last("start-after"))
                        .orElse(""),
                Numbers.pageSize(query, "max-keys", 0, MAX_KEYS));
        ObjectListing.Page page = listing.list(bucket, selection);
        ListedEntries entries = ListedEntries.of(request, bucket, words, clock);
        return CosResponse.xml(document(request, selection, page, entries))
                .with("x-cos-bucket-region", bucket.region());
    }

    private static XmlWriter document(
            CosRequest request, ObjectListing.Selection selection, ObjectListing.Page page, ListedEntries entries) {
        Query query = request.query();
        KeyEncoding encoding = entries.encoding();
        XmlWriter xml = new XmlWriter().open("ListBucketResult").element("Name", request.bucketAsNamed());
        if (encoding == KeyEncoding.URL) {
            xml.element("EncodingType", "url");
        }
        xml.element("Prefix", encoding.encode(selection.prefix()));
        query.last("continuation-token").ifPresent(token -> xml.element("ContinuationToken", token));
        query.last("start-after").ifPresent(after -> xml.element("StartAfter", encoding.encode(after)));
        if (!selection.delimiter().isEmpty()) {
            xml.element("Delimiter", encoding.encode(selection.delimiter()));
        }
        xml.element("MaxKeys", selection.maxEntries())
                .element(
                        "KeyCount",
                        page.entries().size() + page.commonPrefixes().size())
                .element("IsTruncated", page.nextMarker().isPresent());
        page.nextMarker().ifPresent(marker -> xml.element("NextContinuationToken", token(marker)));
        boolean withOwner =
                query.last("fetch-owner").filter("true"::equalsIgnoreCase).isPresent();
        entries.write(xml, page, withOwner);
        return xml.close("ListBucketResult");
    }

    /** A form that clients do not take apart. */
    private static String token(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8));
    }

    private static String read(String token) {
        try {
            String last = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)))
                    .toString();
            if (!last.isEmpty()) {
                return last;
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // the same error as an empty one
        }
        throw CosError.INVALID_ARGUMENT.because("The continuation token provided is incorrect.");
    }
}

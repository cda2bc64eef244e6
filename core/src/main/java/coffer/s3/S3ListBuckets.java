package coffer.s3;

import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.identity.Account;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import java.util.List;
import java.util.Optional;

/** Source: S3 API reference, "ListBuckets". */
public final class S3ListBuckets implements Handler {
    private static final int MAX_BUCKETS = 10_000;

    private final BucketService buckets;

    public S3ListBuckets(BucketService buckets) {
        this.buckets = buckets;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Query query = request.query();
        Account account = request.account();
        String prefix = query.nonEmpty("prefix").orElse("");
        String after = query.nonEmpty("continuation-token")
                .map(ContinuationToken::read)
                .orElse("");
        Optional<String> region = query.nonEmpty("bucket-region");
        int most = Numbers.pageSize(query, "max-buckets", 1, MAX_BUCKETS);
        List<Bucket> matching = buckets.list(account).stream()
                .filter(bucket -> S3BucketNames.shown(bucket).startsWith(prefix))
                .filter(bucket -> S3BucketNames.shown(bucket).compareTo(after) > 0)
                .filter(bucket -> region.isEmpty() || region.get().equals(bucket.region()))
                .limit(most + 1L)
                .toList();
        boolean truncated = matching.size() > most;
        return CosResponse.xml(document(account, prefix, truncated ? matching.subList(0, most) : matching, truncated));
    }

    private static XmlWriter document(Account account, String prefix, List<Bucket> page, boolean truncated) {
        XmlWriter xml = new XmlWriter()
                .open("ListAllMyBucketsResult")
                .open("Owner")
                .element("ID", account.ownerId())
                .element("DisplayName", account.uin())
                .close("Owner")
                .open("Buckets");
        for (Bucket bucket : page) {
            xml.open("Bucket")
                    .element("Name", S3BucketNames.shown(bucket))
                    .element("CreationDate", HttpDate.iso(bucket.created()))
                    .element("BucketRegion", bucket.region())
                    .close("Bucket");
        }
        xml.close("Buckets");
        if (!prefix.isEmpty()) {
            xml.element("Prefix", prefix);
        }
        if (truncated) {
            xml.element("ContinuationToken", ContinuationToken.of(S3BucketNames.shown(page.getLast())));
        }
        return xml.close("ListAllMyBucketsResult");
    }
}

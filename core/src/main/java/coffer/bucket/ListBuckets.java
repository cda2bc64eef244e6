package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.identity.Account;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Source: COS API reference, "GET Service (List Buckets)"; paging as the current page and the SDKs have it. */
public final class ListBuckets implements Handler {
    private static final int MAX_KEYS = 2000;

    private final BucketService buckets;
    private final BucketSettings settings;

    public ListBuckets(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Query query = request.query();
        int maxKeys = Numbers.pageSize(query, "max-keys", 1, MAX_KEYS);
        String marker = query.nonEmpty("marker").orElse("");
        List<Bucket> matching = buckets.list(request.account()).stream()
                .filter(bucket -> bucket.name().compareTo(marker) > 0)
                .filter(inRegion(request.address().region()))
                .filter(inRegion(query.nonEmpty("region")))
                .filter(madeWithin(query))
                .filter(tagged(query))
                .limit(maxKeys + 1L)
                .toList();
        boolean truncated = matching.size() > maxKeys;
        List<Bucket> page = truncated ? matching.subList(0, maxKeys) : matching;
        return CosResponse.xml(document(request.account(), marker, page, truncated));
    }

    private static XmlWriter document(Account account, String marker, List<Bucket> page, boolean truncated) {
        XmlWriter xml = new XmlWriter()
                .open("ListAllMyBucketsResult")
                .open("Owner")
                .element("ID", account.ownerId())
                .element("DisplayName", account.uin())
                .close("Owner")
                .element("Marker", marker);
        if (truncated) {
            xml.element("NextMarker", page.getLast().name());
        }
        xml.element("IsTruncated", truncated).open("Buckets");
        for (Bucket bucket : page) {
            xml.open("Bucket")
                    .element("Name", bucket.name())
                    .element("Location", bucket.region())
                    .element("CreationDate", HttpDate.iso(bucket.created()))
                    .element("BucketType", "cos")
                    .close("Bucket");
        }
        return xml.close("Buckets").close("ListAllMyBucketsResult");
    }

    private static Predicate<Bucket> inRegion(Optional<String> region) {
        return bucket -> region.isEmpty() || region.get().equals(bucket.region());
    }

    private static Predicate<Bucket> madeWithin(Query query) {
        Optional<String> time = query.nonEmpty("create-time");
        if (time.isEmpty()) {
            return bucket -> true;
        }
        Instant limit =
                Instant.ofEpochSecond(Numbers.within("create-time", time.get(), 0, Instant.MAX.getEpochSecond()));
        String range = query.nonEmpty("range").orElse("");
        return switch (range) {
            case "lt" -> bucket -> bucket.created().isBefore(limit);
            case "lte" -> bucket -> !bucket.created().isAfter(limit);
            case "gt" -> bucket -> bucket.created().isAfter(limit);
            case "gte" -> bucket -> !bucket.created().isBefore(limit);
            default -> throw CosError.INVALID_ARGUMENT.because("range must be one of lt, gt, lte, gte.");
        };
    }

    private Predicate<Bucket> tagged(Query query) {
        Optional<String> key = query.nonEmpty("tagkey");
        Optional<String> value = key.isPresent() ? query.last("tagvalue") : query.nonEmpty("tagvalue");
        if (key.isPresent() != value.isPresent()) {
            throw oneWithoutTheOther();
        }
        return bucket -> key.isEmpty()
                || settings.find(bucket, Settings.TAGGING)
                        .filter(tags ->
                                value.equals(Optional.ofNullable(tags.all().get(key.get()))))
                        .isPresent();
    }

    private static CosException oneWithoutTheOther() {
        return CosError.INVALID_ARGUMENT.because("tagkey and tagvalue must be given together.");
    }
}

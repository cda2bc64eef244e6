package coffer.bucket;

import coffer.address.CustomDomains;
import coffer.domain.DomainRule;
import coffer.request.Handler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which custom domains lead to which bucket as a website, at hand for every request. Thread-safe.
 *
 * <p>It is made of the settings of all buckets when the server starts and of those of a bucket whenever they may have been
 * changed, by reading what is there then: so of several changes at once the last one counts, whoever reports it first.
 */
public final class DomainTable implements CustomDomains {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final Map<String, String> websites = new ConcurrentHashMap<>();

    public DomainTable(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    /** Reads the settings of all buckets. */
    public void load() {
        buckets.all().forEach(bucket -> refresh(bucket.name()));
    }

    @Override
    public Optional<String> website(String host) {
        return Optional.ofNullable(websites.get(host));
    }

    /** A handler after which the settings of the bucket it is about are read again, whether it succeeds or fails. */
    public Handler after(Handler change) {
        return request -> {
            try {
                return change.handle(request);
            } finally {
                refresh(request.bucket());
            }
        };
    }

    private synchronized void refresh(String bucketName) {
        Optional<Bucket> bucket = buckets.find(bucketName);
        websites.values().removeIf(bucketName::equals);
        bucket.flatMap(found -> settings.find(found, Settings.DOMAIN)).stream()
                .flatMap(domains -> domains.rules().stream())
                .filter(rule -> rule.enabled() && rule.type() == DomainRule.Type.WEBSITE)
                .forEach(rule -> websites.put(rule.name().text(), bucketName));
    }
}

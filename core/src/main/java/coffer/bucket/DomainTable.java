package coffer.bucket;

import coffer.address.CustomDomains;
import coffer.domain.DomainRule;
import coffer.record.UniqueIds;
import coffer.request.Handler;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which custom domains lead to which bucket as a website, at hand for every request. Thread-safe.
 *
 * <p>It is made of the settings of all buckets when the server starts and of those of a bucket whenever they may have been
 * changed, by reading what is there then: so of several changes at once the last one counts, whoever reports it first.
 *
 * <p>Who changes a domain then puts another value into the row {@code d} of the group {@code domains}, by which other
 * processes see that they have to read all again. They look for it all the time, since a request is routed before anything
 * may be read for it.
 */
public final class DomainTable implements CustomDomains {
    private static final RowKey REVISION = new RowGroup(BucketService.SYSTEM, "domains").row('d');

    /** A process may be killed between a change and telling of it. */
    private static final Duration LOADED_EVERY = Duration.ofMinutes(1);

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final BucketSettings settings;
    private final UniqueIds ids;
    private volatile Map<String, String> websites = Map.of();

    /** When it was made last. Guarded by this, like what follows. */
    private long loadedNanos = System.nanoTime();

    private Optional<Row> loaded = Optional.empty();

    public DomainTable(MetadataStore metadata, BucketService buckets, BucketSettings settings, UniqueIds ids) {
        this.metadata = metadata;
        this.buckets = buckets;
        this.settings = settings;
        this.ids = ids;
    }

    /** Reads the settings of all buckets. */
    public synchronized void load() {
        loadedNanos = System.nanoTime();
        loaded = metadata.get(REVISION);
        Map<String, String> all = new HashMap<>();
        buckets.all().forEach(bucket -> add(bucket, all));
        websites = Map.copyOf(all);
    }

    /** The same, if another process may have changed them. */
    public synchronized void follow() {
        Optional<Row> now = metadata.get(REVISION);
        boolean isSame = Arrays.equals(
                now.map(Row::value).orElse(new byte[0]), loaded.map(Row::value).orElse(new byte[0]));
        if (!isSame || System.nanoTime() - loadedNanos > LOADED_EVERY.toNanos()) {
            load();
        }
    }

    @Override
    public Optional<String> website(String host) {
        return Optional.ofNullable(websites.get(host));
    }

    /** A handler after which the settings of the bucket it is about are read again, whether it succeeds or fails. */
    public Handler after(Handler change) {
        return request -> {
            boolean before = hasDomains(request.bucket());
            try {
                return change.handle(request);
            } finally {
                refresh(request.bucket());
                if (before || hasDomains(request.bucket())) {
                    boolean _ = metadata.commit(Commit.put(REVISION, ids.next().getBytes(StandardCharsets.US_ASCII)));
                }
            }
        };
    }

    private boolean hasDomains(String bucketName) {
        return buckets.find(bucketName)
                .filter(bucket -> bucket.settings().containsKey(Settings.DOMAIN.name()))
                .isPresent();
    }

    private synchronized void refresh(String bucketName) {
        Map<String, String> all = new HashMap<>(websites);
        all.values().removeIf(bucketName::equals);
        buckets.find(bucketName).ifPresent(bucket -> add(bucket, all));
        websites = Map.copyOf(all);
    }

    private void add(Bucket bucket, Map<String, String> all) {
        settings.find(bucket, Settings.DOMAIN).stream()
                .flatMap(domains -> domains.rules().stream())
                .filter(rule -> rule.enabled() && rule.type() == DomainRule.Type.WEBSITE)
                .forEach(rule -> all.put(rule.name().text(), bucket.name()));
    }
}

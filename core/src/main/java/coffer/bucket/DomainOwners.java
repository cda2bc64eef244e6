package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.domain.DomainConfiguration;
import coffer.domain.DomainName;
import coffer.domain.DomainRule;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A domain leads to one bucket. Source: COS API reference, "PUT Bucket domain". Nobody can take one by force: that would
 * need a proof in the DNS, which is not asked here.
 */
public final class DomainOwners {
    private final BucketService buckets;
    private final BucketSettings settings;

    public DomainOwners(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    /**
     * The rule. Of two buckets that are given one domain in the same moment, both may get it.
     *
     * @throws CosException {@code RecordAlreadyExist}
     */
    public void check(Bucket bucket, Optional<DomainConfiguration> before, Optional<DomainConfiguration> next) {
        Set<DomainName> wanted = names(next);
        wanted.removeAll(names(before));
        if (wanted.isEmpty()) {
            return;
        }
        for (Bucket other : buckets.all()) {
            if (!other.name().equals(bucket.name())) {
                names(settings.find(other, Settings.DOMAIN)).stream()
                        .filter(wanted::contains)
                        .findFirst()
                        .ifPresent(name -> {
                            throw CosError.RECORD_ALREADY_EXIST.because(
                                    "The domain " + name + " belongs to another bucket; remove it there first.");
                        });
            }
        }
    }

    private static Set<DomainName> names(Optional<DomainConfiguration> configuration) {
        return configuration.stream()
                .flatMap(domains -> domains.rules().stream())
                .map(DomainRule::name)
                .collect(Collectors.toSet());
    }
}

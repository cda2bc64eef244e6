package coffer.s3;

import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.identity.Caller;
import java.util.Comparator;
import java.util.Optional;

/**
 * Names of buckets as S3 clients write them, without the APPID that COS puts behind. Thread-safe.
 *
 * <p>{@code photos} is the caller's own {@code photos-<APPID>}; if there is none, the bucket of that very name, then the
 * {@code photos} of another account, the oldest of several. So own buckets are never hidden by those of others, and a
 * bucket that was opened to others is found by them.
 */
public final class S3BucketNames {
    private final BucketService buckets;

    public S3BucketNames(BucketService buckets) {
        this.buckets = buckets;
    }

    /** The full name of the bucket that is meant; where there is none, the one it would have if the caller made it. */
    public String full(String named, Caller caller) {
        Optional<String> own = caller instanceof Caller.Signed signed
                ? Optional.of(own(named, signed.account().appId()))
                : Optional.empty();
        return own.filter(name -> buckets.find(name).isPresent())
                .or(() -> Optional.of(named).filter(name -> buckets.find(name).isPresent()))
                .or(() -> foreign(named).map(Bucket::name))
                .or(() -> own)
                .orElse(named);
    }

    /** The full name of a bucket of the account itself. */
    public static String own(String named, String appId) {
        return named.endsWith("-" + appId) ? named : named + "-" + appId;
    }

    /** The bucket of any account that S3 clients call so. */
    public Optional<Bucket> foreign(String named) {
        return buckets.named(named).stream()
                .min(Comparator.comparing(Bucket::created).thenComparing(Bucket::name));
    }

    /** The name of a bucket for S3 clients. */
    public static String shown(Bucket bucket) {
        return bucket.name()
                .substring(0, bucket.name().length() - bucket.appId().length() - 1);
    }
}

package coffer.usage;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.cam.Quota;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How much each bucket and account holds, and who may write more. Thread-safe.
 *
 * <p>All commits that change what a key has kept go through here. A quota is compared before the commit, so what is being
 * written at the same time may exceed it together.
 */
public final class Usage {
    private final MetadataStore metadata;

    /** By the bucket's space, which no other bucket ever has. */
    private final ConcurrentMap<String, Meter> meters = new ConcurrentHashMap<>();

    /** Of those accounts that are limited, by APPID. */
    private volatile Map<String, Quota> quotas = Map.of();

    public Usage(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Says what buckets held when the server stopped. A bucket that is not spoken of is taken for a new one. */
    public void begin(Bucket bucket, Reading reading) {
        meters.put(bucket.space(), new Meter(bucket.appId(), reading));
    }

    /** Sets the limits of all accounts that have some. */
    public void limit(Map<String, Quota> limited) {
        quotas = Map.copyOf(limited);
    }

    /** The spaces of all buckets that are counted. */
    public Set<String> spaces() {
        return Set.copyOf(meters.keySet());
    }

    /** Forgets a bucket that is gone. */
    public void forget(String space) {
        meters.remove(space);
    }

    /** What a bucket holds. */
    public Reading of(Bucket bucket) {
        Meter meter = meters.get(bucket.space());
        return meter == null ? Reading.NOTHING : meter.read();
    }

    /** What all buckets of an account hold. */
    public Reading ofAccount(String appId) {
        Reading sum = Reading.NOTHING;
        for (Meter meter : meters.values()) {
            if (meter.appId().equals(appId)) {
                sum = sum.plus(meter.read());
            }
        }
        return sum;
    }

    /** Whether the account of a bucket may not keep as much as it likes. */
    public boolean isLimited(Bucket bucket) {
        return quotas.containsKey(bucket.appId());
    }

    /**
     * Lets pass a write that stays within the quota.
     *
     * @param more what it adds
     * @throws CosException {@code AccessDenied}
     */
    public void require(Bucket bucket, Amount more) {
        Map<String, Quota> limited = quotas;
        if (limited.isEmpty() || (more.bytes() <= 0 && more.objects() <= 0)) {
            return;
        }
        Quota quota = limited.get(bucket.appId());
        if (quota == null) {
            return;
        }
        Amount held = ofAccount(bucket.appId()).amount();
        boolean tooManyBytes = more.bytes() > 0 && held.bytes() + more.bytes() > quota.bytes();
        if (tooManyBytes || (more.objects() > 0 && held.objects() + more.objects() > quota.objects())) {
            throw CosError.ACCESS_DENIED
                    .because("The quota of the account is used up: "
                            + (tooManyBytes ? quota.bytes() + " bytes." : quota.objects() + " objects."))
                    .noting("reason", "quota of the account");
        }
    }

    /**
     * Commits a change of a key, and counts it if it was made.
     *
     * @return whether it was made
     * @throws CosException {@code AccessDenied} if it would exceed the quota
     */
    public boolean commit(Bucket bucket, String key, Commit commit, Amount more) {
        require(bucket, more);
        Meter meter = meters.computeIfAbsent(bucket.space(), space -> new Meter(bucket.appId(), Reading.NOTHING));
        Meter.Phase phase = meter.begin();
        try {
            boolean made = metadata.commit(commit);
            if (made) {
                meter.note(key, more);
            }
            return made;
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.UNKNOWN) {
                meter.doubt();
            }
            throw e;
        } finally {
            phase.end();
        }
    }

    /**
     * Begins to count a bucket anew.
     *
     * @param order in which keys are read
     */
    public Recount recount(Bucket bucket, Comparator<String> order) {
        return meters.computeIfAbsent(bucket.space(), space -> new Meter(bucket.appId(), Reading.NOTHING))
                .recount(order);
    }
}

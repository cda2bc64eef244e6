package coffer.usage;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.cam.Quota;
import coffer.request.Trace;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How much each bucket and account holds, and who may write more. Thread-safe.
 *
 * <p>All commits that change what a key has kept go through here. What a limited account adds is reserved before the commit, so
 * that writes at the same time do not exceed a quota together either; but for what other processes write, of which this
 * one hears some seconds later.
 */
public final class Usage {
    /** What has to be known to others before this process writes to a bucket. */
    @FunctionalInterface
    interface Registrar {
        /**
         * Notes that this process is about to write to a bucket for the first time.
         *
         * @throws CosException {@code ServiceUnavailable}
         * @throws StoreException if it is not noted
         */
        void register(String space);
    }

    private final MetadataStore metadata;

    /** By APPID. */
    private final ConcurrentMap<String, AccountMeter> accounts = new ConcurrentHashMap<>();

    /** Of those accounts that are limited, by APPID. */
    private volatile Map<String, Quota> quotas = Map.of();

    private volatile Registrar registrar = space -> {};
    private volatile boolean isStopped;

    public Usage(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Has somebody told before this process writes to a bucket for the first time. */
    void onFirst(Registrar other) {
        registrar = other;
    }

    /** Says what a bucket holds but for what this process has done. */
    public void others(Bucket bucket, Reading reading) {
        account(bucket.appId()).of(bucket.space()).others(reading);
    }

    /** What this process has done to buckets that others have not been told of yet, by space. */
    Map<String, Share> unpublished() {
        Map<String, Share> shares = new HashMap<>();
        meters().forEach((space, meter) -> {
            Share own = meter.own();
            if (meter.isRegistered() && !own.equals(meter.published())) {
                shares.put(space, own);
            }
        });
        return shares;
    }

    /** Others have been told. */
    void published(Map<String, Share> shares) {
        Map<String, Meter> meters = meters();
        shares.forEach(
                (space, share) -> Optional.ofNullable(meters.get(space)).ifPresent(meter -> meter.published(share)));
    }

    /** What others have been told is counted elsewhere from now on, and every bucket is to be registered anew. */
    void disown() {
        meters().values().forEach(Meter::disown);
    }

    /** The buckets of which nobody knows whether a commit of this process counts, since this was asked last. */
    Set<String> takeDoubts() {
        Set<String> doubts = new HashSet<>();
        meters().forEach((space, meter) -> {
            if (meter.takeDoubt()) {
                doubts.add(space);
            }
        });
        return doubts;
    }

    /** Nobody knows of some buckets whether a commit counts. */
    void doubt(Set<String> spaces) {
        Map<String, Meter> meters = meters();
        spaces.forEach(space -> Optional.ofNullable(meters.get(space)).ifPresent(Meter::doubt));
    }

    /**
     * Waits for the commits to a bucket that are under way.
     *
     * @return {@code false} if that takes too long
     */
    public boolean await(String space, Duration patience) {
        Meter meter = meters().get(space);
        return meter == null || await(List.of(meter.turn(false)), patience);
    }

    private Map<String, Meter> meters() {
        Map<String, Meter> all = new HashMap<>();
        accounts.values().forEach(account -> all.putAll(account.meters()));
        return all;
    }

    /**
     * Sets the limits of all accounts that have some.
     *
     * @param limited by APPID; asked in here, so that of two calls the later one knows better
     */
    public synchronized void limit(Supplier<Map<String, Quota>> limited) {
        quotas = Map.copyOf(limited.get());
    }

    /** The spaces of all buckets that are counted. */
    public Set<String> spaces() {
        return meters().keySet();
    }

    /** Forgets a bucket that is gone. */
    public void forget(String space) {
        accounts.values().forEach(account -> account.meters().remove(space));
    }

    /** What a bucket holds. */
    public Reading of(Bucket bucket) {
        return account(bucket.appId()).of(bucket.space()).read();
    }

    /** What all buckets of an account hold. */
    public Reading ofAccount(String appId) {
        return account(appId).read();
    }

    /** Whether the account of a bucket may not keep as much as it likes. */
    public boolean isLimited(Bucket bucket) {
        return quotas.containsKey(bucket.appId());
    }

    /**
     * Lets pass a write that would stay within the quota as things are; asked before a body is read, so that it need not be.
     *
     * @param more what it adds, or less
     * @throws CosException {@code AccessDenied}
     */
    public void require(Bucket bucket, Amount more) {
        quota(bucket, more).ifPresent(quota -> account(bucket.appId()).require(more, quota));
    }

    private Optional<Quota> quota(Bucket bucket, Amount more) {
        Map<String, Quota> limited = quotas;
        boolean isMore = more.bytes() > 0 || more.objects() > 0;
        return isMore && !limited.isEmpty() ? Optional.ofNullable(limited.get(bucket.appId())) : Optional.empty();
    }

    private AccountMeter account(String appId) {
        AccountMeter account = accounts.get(appId);
        return account == null ? accounts.computeIfAbsent(appId, _ -> new AccountMeter()) : account;
    }

    /**
     * Commits a change of a key, and counts it if it was made.
     *
     * @return whether it was made
     * @throws CosException {@code AccessDenied} if it would exceed the quota; {@code ServiceUnavailable} after {@link #stop}, or
     *     if the bucket cannot be registered
     */
    public boolean commit(Bucket bucket, String key, Commit commit, Amount more) {
        AccountMeter account = account(bucket.appId());
        Meter meter = account.of(bucket.space());
        if (!meter.isRegistered()) {
            registrar.register(bucket.space());
            meter.registered(true);
        }
        Optional<Quota> quota = quota(bucket, more);
        Meter.Phase phase = meter.begin();
        try {
            if (isStopped) {
                throw CosError.SERVICE_UNAVAILABLE.because("The server is stopping.");
            }
            quota.ifPresent(limit -> account.reserve(more, limit));
            boolean made = false;
            try {
                made = commit(meter, commit);
                if (made) {
                    Trace.added(more.bytes());
                }
            } finally {
                if (quota.isPresent()) {
                    account.settle(meter, key, more, made);
                } else if (made) {
                    meter.note(key, more);
                }
            }
            return made;
        } finally {
            phase.end();
        }
    }

    private boolean commit(Meter meter, Commit commit) {
        try {
            return metadata.commit(commit);
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.UNKNOWN) {
                meter.doubt();
            }
            throw e;
        }
    }

    /**
     * Begins to count a bucket anew.
     *
     * @param order in which keys are read
     */
    public Recount recount(Bucket bucket, Comparator<String> order) {
        return account(bucket.appId()).of(bucket.space()).recount(order);
    }

    /**
     * Refuses all commits from now on.
     *
     * @param patience how long it waits for those under way
     * @return whether they have ended, so that what is read now stays true
     */
    public boolean stop(Duration patience) {
        isStopped = true;
        List<Meter.Phase> begun = new ArrayList<>();
        accounts.values().forEach(account -> account.meters().values().forEach(meter -> begun.add(meter.turn(false))));
        return await(begun, patience);
    }

    private static boolean await(List<Meter.Phase> begun, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!begun.stream().allMatch(Meter.Phase::isOver)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(Recount.POLL.toNanos());
        }
        return true;
    }
}

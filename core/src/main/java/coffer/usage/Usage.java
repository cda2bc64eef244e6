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
 * that writes at the same time do not exceed a quota together either.
 */
public final class Usage {
    private final MetadataStore metadata;

    /** By APPID. */
    private final ConcurrentMap<String, AccountMeter> accounts = new ConcurrentHashMap<>();

    /** Of those accounts that are limited, by APPID. */
    private volatile Map<String, Quota> quotas = Map.of();

    private volatile boolean isStopped;

    public Usage(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Says what a bucket held when the server stopped. One that is not spoken of is taken for a new one. */
    public void begin(Bucket bucket, Reading reading) {
        account(bucket.appId()).meters().put(bucket.space(), new Meter(reading));
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
        Set<String> spaces = new HashSet<>();
        accounts.values().forEach(account -> spaces.addAll(account.meters().keySet()));
        return spaces;
    }

    /** Whether there may be buckets whose usage is approximate. */
    public boolean isAnyApproximate() {
        return accounts.values().stream().anyMatch(account -> account.read().isApproximate());
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
     * @throws CosException {@code AccessDenied} if it would exceed the quota; {@code ServiceUnavailable} after {@link #stop}
     */
    public boolean commit(Bucket bucket, String key, Commit commit, Amount more) {
        AccountMeter account = account(bucket.appId());
        Meter meter = account.of(bucket.space());
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

package coffer.usage;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.cam.Quota;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the buckets of one account hold together. Thread-safe; only accounts that are limited ever take its lock. */
final class AccountMeter {
    /** By the bucket's space, which no other bucket ever has. */
    private final ConcurrentMap<String, Meter> meters = new ConcurrentHashMap<>();

    /** What is being committed and will count. Guarded by this. */
    private Amount reserved = Amount.NONE;

    Meter of(String space) {
        Meter meter = meters.get(space);
        return meter == null ? meters.computeIfAbsent(space, _ -> new Meter()) : meter;
    }

    ConcurrentMap<String, Meter> meters() {
        return meters;
    }

    Reading read() {
        Reading sum = Reading.NOTHING;
        for (Meter meter : meters.values()) {
            sum = sum.plus(meter.read());
        }
        return sum;
    }

    /**
     * Says whether a write stays within the quota.
     *
     * @throws CosException {@code AccessDenied}
     */
    synchronized void require(Amount more, Quota quota) {
        Amount then = read().amount().plus(reserved).plus(more);
        boolean tooManyBytes = more.bytes() > 0 && then.bytes() > quota.bytes();
        if (tooManyBytes || (more.objects() > 0 && then.objects() > quota.objects())) {
            throw CosError.ACCESS_DENIED
                    .because("The quota of the account is used up: "
                            + (tooManyBytes ? quota.bytes() + " bytes." : quota.objects() + " objects."))
                    .noting("reason", "quota of the account");
        }
    }

    /** The same, and lets nobody else have it until it is {@linkplain #settle settled}. */
    synchronized void reserve(Amount more, Quota quota) {
        require(more, quota);
        reserved = reserved.plus(more);
    }

    /** Gives back what was reserved, in one step with counting it if it was made: it never counts twice, or not at all. */
    synchronized void settle(Meter meter, String key, Amount more, boolean made) {
        reserved = reserved.minus(more);
        if (made) {
            meter.note(key, more);
        }
    }
}

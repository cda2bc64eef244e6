package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.store.StoreException;
import coffer.store.Trouble;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Whether the cluster answers, and has space. Thread-safe. */
final class Health {
    /** So long it counts that a pool was found full, unless something was written to it since. */
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long silenceNanos;
    private volatile long answeredNanos = System.nanoTime();

    /** When pools were found full, by their names. */
    private final Map<String, Long> full = new ConcurrentHashMap<>();

    Health(EngineTimes times) {
        this.silenceNanos = times.silence().toNanos();
    }

    /** Something that is written every few seconds was written. */
    void answered() {
        answeredNanos = System.nanoTime();
    }

    /** The result of a write to a pool. */
    void wrote(Pool pool, int result) {
        if (result == Errno.ENOSPC || result == Errno.EDQUOT) {
            full(pool);
        } else if (result >= 0 && !full.isEmpty()) {
            full.remove(pool.name());
        }
    }

    /** A pool took no more. */
    void full(Pool pool) {
        full.put(pool.name(), System.nanoTime());
    }

    /** See {@link coffer.store.Engine#trouble}. */
    Optional<Trouble> trouble() {
        return silence()
                .or(
                        () -> full.entrySet().stream()
                                .filter(pool -> System.nanoTime() - pool.getValue() < FULL_NANOS)
                                .findAny()
                                .map(
                                        pool -> new Trouble(
                                                Trouble.Kind.FULL,
                                                "The Ceph pool " + pool.getKey()
                                                        + " is full, or its quota is used up: delete something or give it more space.")));
    }

    /** How long the cluster has taken no change, in nanoseconds. */
    long silentNanos() {
        return System.nanoTime() - answeredNanos;
    }

    private Optional<Trouble> silence() {
        long silent = silentNanos();
        return silent < silenceNanos
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Trouble.Kind.UNREACHABLE,
                        "The Ceph cluster has not taken a change for " + TimeUnit.NANOSECONDS.toSeconds(silent)
                                + " seconds: see what \"ceph status\" says."));
    }

    /**
     * Spares whoever wants to write the wait for an answer that is not to be expected.
     *
     * @throws StoreException {@code UNAVAILABLE} if the cluster has not answered for a while
     */
    void requireAnswers() {
        silence().ifPresent(why -> {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, why.sentence());
        });
    }
}

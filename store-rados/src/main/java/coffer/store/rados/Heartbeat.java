package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.WriteOp;
import coffer.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the others that this engine lives, and what it reads. If they took it for dead, it goes on as a new instance.
 * Thread-safe.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Pool pool;
    private final Instances instances;
    private final Pins pins;
    private final Health health;
    private final Routine routine;

    /** Held by who renews: only one renewal is under way at a time. */
    private final ReentrantLock lock = new ReentrantLock();

    /** As it is known to be, or to have been. Guarded by the lock. */
    private InstanceState state;

    private volatile Instance current;

    /** All that this engine has been, by number. */
    private final Map<Integer, Instance> all = new ConcurrentHashMap<>();

    Heartbeat(Pool pool, Instances instances, Pins pins, Health health, EngineTimes times) {
        this.pool = pool;
        this.instances = instances;
        this.pins = pins;
        this.health = health;
        this.routine = new Routine("coffer-rados-renewal", times.renewal(), this::renew);
        state = instances.register(1);
        current = begin(state);
    }

    private Instance begin(InstanceState registered) {
        Instance instance = new Instance(pool, instances, registered.number());
        all.put(registered.number(), instance);
        return instance;
    }

    void start() {
        routine.start();
    }

    /** Who makes blobs. */
    Instance current() {
        if (current.isLost()) {
            renew();
        }
        return current;
    }

    /** Who has made a blob, if it was this engine. */
    Optional<Instance> of(int number) {
        return Optional.ofNullable(all.get(number));
    }

    Iterable<Instance> all() {
        return all.values();
    }

    /**
     * Renews once.
     *
     * @throws StoreException if the cluster does not answer
     */
    void renew() {
        lock.lock();
        try {
            InstanceState next = state.renewed(pins.tell());
            if (!current.isLost() && instances.replace(state, next)) {
                state = next;
                pins.renewed(next.renewals());
            } else {
                findOut();
            }
            health.answered();
        } finally {
            lock.unlock();
        }
    }

    /** The state is another than was known: either an earlier renewal came late, or others have declared this dead. */
    private void findOut() {
        Optional<InstanceState> found = instances.find(state.number());
        if (found.filter(now -> !now.isDead()).isPresent() && !current.isLost()) {
            state = found.get();
            return;
        }
        current.lose();
        found.filter(now -> !now.isDead()).ifPresent(now -> {
            boolean _ = instances.replace(now, now.dead());
        });
        state = instances.register(state.renewals() + 1);
        current = begin(state);
        LOG.warn("Others took this server for dead; it goes on as instance {}.", state.number());
    }

    /** Ends renewing, and leaves nothing behind but what others have to look after. */
    @Override
    public void close() {
        routine.close();
        lock.lock();
        try {
            if (current.isLost() || !instances.replace(state, state.dead()) || current.hasUnsettled()) {
                return;
            }
            int removed = pool.write(Instance.object(state.number()), new WriteOp().removeObject());
            if (removed >= 0 || removed == Errno.ENOENT) {
                boolean _ = instances.remove(state.dead());
            }
        } catch (StoreException e) {
            LOG.debug("This instance could not say that it ends.", e);
        } finally {
            current.lose();
            lock.unlock();
        }
    }
}

package coffer.rados;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection that ends for good at a write of choice, as that of a process that is killed there: nothing that is sent
 * later reaches the cluster, and no answer comes back. Whoever uses it then gets {@link Killed}, which nobody catches.
 */
public final class MortalCluster extends Cluster {
    /** How the last write ends. */
    public enum Last {
        /** It is not sent, nor is anything else. */
        NOT_SENT,
        /** It alone is lost: what is sent before somebody waits for it arrives. */
        LOST
    }

    /** Thrown where a process that is killed would do nothing any more. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private final List<Pool.Writing> underWay = new ArrayList<>();
    private Last how = Last.NOT_SENT;
    private long fatal = Long.MAX_VALUE;
    private long writes;
    private boolean dead;

    /** Whether it is closed, as a process that has ended is by its system: writes are not answered then. */
    private boolean buried;

    private MortalCluster(Cluster living) {
        super(living.cluster);
    }

    /** As {@link Cluster#connect(String, java.nio.file.Path, Duration)}; ends at no write yet. */
    public static MortalCluster of(Cluster living) {
        return new MortalCluster(living);
    }

    /** Has it end at a write, counted from 1 from now on. */
    public synchronized void endAt(long write, Last last) {
        writes = 0;
        fatal = write;
        how = last;
    }

    /** How many writes there were since {@link #endAt}. */
    public synchronized long writes() {
        return writes;
    }

    /** Whether it has ended. */
    public synchronized boolean isDead() {
        return dead;
    }

    /** Ends it if it has not, and waits until what was sent has arrived. Then what uses it can be closed. */
    public void bury() {
        List<Pool.Writing> sent;
        synchronized (this) {
            dead = true;
            buried = true;
            sent = new ArrayList<>(underWay);
        }
        sent.forEach(Pool.Writing::await);
    }

    private synchronized void requireLiving() {
        if (dead) {
            throw new Killed();
        }
    }

    private synchronized Pool.Writing submit(MortalPool pool, String object, WriteOp op) {
        if (buried) {
            return new Pool.Writing(CompletableFuture.completedFuture(Errno.ETIMEDOUT));
        }
        requireLiving();
        writes++;
        if (writes == fatal && how == Last.LOST) {
            return new Pool.Writing(new Unanswered());
        }
        if (writes == fatal) {
            dead = true;
            throw new Killed();
        }
        Pool.Writing writing = pool.send(object, op);
        underWay.add(writing);
        return writing;
    }

    @Override
    public Pool pool(String name, String namespace) {
        return new MortalPool(super.pool(name, namespace));
    }

    /** Who waits for it has waited in vain. */
    private final class Unanswered extends CompletableFuture<Integer> {
        @Override
        public Integer join() {
            synchronized (MortalCluster.this) {
                dead = true;
            }
            throw new Killed();
        }
    }

    private final class MortalPool extends Pool {
        MortalPool(Pool living) {
            super(living.name(), living.context());
        }

        Pool.Writing send(String object, WriteOp op) {
            return super.submit(object, op);
        }

        @Override
        public Pool.Writing submit(String object, WriteOp op) {
            return MortalCluster.this.submit(this, object, op);
        }

        @Override
        public Pool.Reading start(String object, ReadOp op) {
            requireLiving();
            return super.start(object, op);
        }

        @Override
        public boolean lock(String object, String lock, String cookie, Duration duration) {
            requireLiving();
            return super.lock(object, lock, cookie, duration);
        }

        @Override
        public void unlock(String object, String lock, String cookie) {
            if (!isDead()) {
                super.unlock(object, lock, cookie);
            }
        }

        @Override
        public void list(Consumer<String> objects) {
            requireLiving();
            super.list(objects);
        }
    }
}

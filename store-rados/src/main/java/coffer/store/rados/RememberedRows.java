package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.RadosException;
import coffer.rados.Watch;
import coffer.rados.WriteOp;
import coffer.store.Row;
import coffer.store.RowKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows that nearly every request needs and hardly any changes, such as those of buckets and keys, without being out
 * of date for a moment: whoever commits a change of one tells all processes, and returns when they have forgotten it.
 *
 * <p>A process that cannot be told must not rely on what it remembers. It does so only while the cluster has confirmed
 * within {@link #TRUST} that it is told of everything, and who tells waits {@link #PATIENCE}, longer than that, for one
 * that does not answer. Rows are forgotten after {@link #LIFE} in any case: a commit whose outcome is unknown may happen
 * after everybody was told of it. Thread-safe.
 */
final class RememberedRows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedRows.class);

    private static final String OBJECT = "changes";
    private static final Duration TRUST = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final int MOST = 50_000;

    private final Pool pool;
    private final Predicate<RowKey> covered;
    private final Cache<RowKey, Optional<Row>> rows = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LIFE)
            .executor(Runnable::run)
            .build();

    /** Rises with each message: what was read before one came is not remembered after it. */
    private final AtomicLong messages = new AtomicLong();

    /** By {@link System#nanoTime}, until when what is remembered may be relied on. */
    private volatile long trustedUntil = System.nanoTime();

    private volatile boolean closed;
    private @Nullable Watch watch;
    private final Thread thread;

    /**
     * Begins to listen.
     *
     * @param covered which rows are remembered; the same in all processes
     */
    RememberedRows(Pool pool, Predicate<RowKey> covered) {
        this.pool = pool;
        this.covered = covered;
        int made = pool.write(OBJECT, new WriteOp().create());
        if (made < 0) {
            throw Failures.of(made, "the object by which processes tell each other of changes");
        }
        check();
        thread = Thread.ofPlatform().daemon().name("coffer-rados-watch").start(this::checkAlways);
    }

    private void checkAlways() {
        while (!closed) {
            try {
                Thread.sleep(CHECK);
                check();
            } catch (InterruptedException e) {
                return;
            } catch (RadosException e) {
                LOG.warn("Changes of other processes are not heard of: {}", e.getMessage());
            }
        }
    }

    /** Listens again if it has to, and extends the trust in what is remembered. */
    private void check() {
        long now = System.nanoTime();
        Watch current = watch;
        Optional<Duration> age = current == null ? Optional.empty() : current.confirmed();
        if (age.isPresent()) {
            trustedUntil = now + TRUST.minus(age.get()).toNanos();
            return;
        }
        trustedUntil = now;
        if (current != null) {
            watch = null;
            current.close();
        }
        watch = new Watch(pool, OBJECT, this::heard, PATIENCE);
        // What changed while nobody listened is not known.
        messages.incrementAndGet();
        rows.invalidateAll();
        trustedUntil = now + TRUST.toNanos();
    }

    private void heard(byte[] message) {
        messages.incrementAndGet();
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            rows.invalidateAll();
        } else {
            rows.invalidateAll(rows.asMap().keySet().stream()
                    .filter(row -> row.group().space().equals(text))
                    .toList());
        }
    }

    /** A row, from memory if that may be relied on. */
    Optional<Row> get(RowKey key, Supplier<Optional<Row>> read) {
        if (!covered.test(key)) {
            return read.get();
        }
        if (System.nanoTime() - trustedUntil < 0) {
            Optional<Row> known = rows.getIfPresent(key);
            if (known != null && System.nanoTime() - trustedUntil < 0) {
                return known;
            }
        }
        long before = messages.get();
        Optional<Row> row = read.get();
        rows.put(key, row);
        if (messages.get() != before) {
            rows.invalidate(key);
        }
        return row;
    }

    /** Tells all processes that rows have changed, or may have, and waits until they know. */
    void changed(List<RowKey> keys) {
        List<RowKey> told = new ArrayList<>(keys);
        told.removeIf(covered.negate());
        if (told.isEmpty()) {
            return;
        }
        byte[] space = told.getFirst().group().space().getBytes(StandardCharsets.UTF_8);
        int result = Watch.tell(pool, OBJECT, space, PATIENCE);
        if (result < 0 && result != Errno.ETIMEDOUT) {
            LOG.warn("Other processes could not be told of a change ({}); it is known to them a minute later.", result);
        }
        heard(space);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (watch != null) {
            watch.close();
        }
    }
}

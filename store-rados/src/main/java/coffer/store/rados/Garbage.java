package coffer.store.rados;

import coffer.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees what was released, once nobody can read it any more. Who pins a blob looks then whether the row that names it is
 * there still; so a pin that was made before the row went is told of by the second renewal after that at the latest: the
 * first one may have been on its way. What is not freed here, since the process ended, the {@link Sweep} of the leader
 * finds. Thread-safe.
 */
final class Garbage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);

    private static final int MOST_AT_ONCE = 5_000;

    /** What does not fit is left to the sweep. */
    private static final int MOST_WAITING = 200_000;

    private static final int WRITERS = 32;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A renewal by others takes longer. */
    private static final Duration PAUSE_FOR_OTHERS = Duration.ofMillis(300);

    private final RadosMetadata metadata;
    private final BlobData data;
    private final Instances instances;
    private final Heartbeat heartbeat;
    private final Routine routine;
    private final Queue<OwnedBlob> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Garbage(RadosMetadata metadata, BlobData data, Instances instances, Heartbeat heartbeat) {
        this.metadata = metadata;
        this.data = data;
        this.instances = instances;
        this.heartbeat = heartbeat;
        this.routine = new Routine("coffer-rados-garbage", Duration.ofSeconds(1), this::freeWaiting);
    }

    void start() {
        routine.start();
    }

    /** Has blobs freed whose commit has happened. */
    void released(Collection<OwnedBlob> blobs) {
        if (blobs.isEmpty()) {
            return;
        }
        for (OwnedBlob blob : blobs) {
            if (count.get() < MOST_WAITING) {
                count.incrementAndGet();
                waiting.add(blob);
            }
        }
        routine.wake();
    }

    /** How many blobs wait to be freed. */
    int waiting() {
        return count.get();
    }

    private void freeWaiting() {
        while (!waiting.isEmpty() && !routine.isClosed()) {
            List<OwnedBlob> batch = new ArrayList<>();
            for (OwnedBlob blob = waiting.poll(); blob != null; blob = waiting.poll()) {
                batch.add(blob);
                if (batch.size() == MOST_AT_ONCE) {
                    break;
                }
            }
            count.addAndGet(-batch.size());
            List<OwnedBlob> left = batch;
            try {
                left = free(batch);
            } finally {
                count.addAndGet(left.size());
                waiting.addAll(left);
            }
            // What comes meanwhile is freed together.
            routine.pause(PAUSE);
        }
    }

    /**
     * Waits until nobody reads them any more, and frees blobs of which it is certain that they were released.
     *
     * @return those that somebody reads still, or that could not be freed
     * @throws StoreException if the cluster does not answer
     */
    List<OwnedBlob> free(List<OwnedBlob> blobs) {
        Set<Long> pinned = awaitReaders();
        Map<Boolean, List<OwnedBlob>> byUse = new HashMap<>();
        blobs.forEach(blob -> byUse.computeIfAbsent(pinned.contains(blob.blob().value()), _ -> new ArrayList<>())
                .add(blob));
        List<OwnedBlob> left = new ArrayList<>(byUse.getOrDefault(true, List.of()));
        left.addAll(delete(byUse.getOrDefault(false, List.of())));
        return left;
    }

    /**
     * Waits until all that was pinned before is no longer, or is named.
     *
     * @return the blobs that are named
     */
    private Set<Long> awaitReaders() {
        Map<Integer, Long> noted = new HashMap<>();
        instances.all().stream()
                .filter(state -> !state.isDead())
                .forEach(state -> noted.put(state.number(), state.renewals()));
        heartbeat.renew();
        heartbeat.renew();
        while (true) {
            Set<Long> named = new HashSet<>();
            boolean others = false;
            boolean done = true;
            for (InstanceState state : instances.all()) {
                Long before = noted.get(state.number());
                if (before == null || state.isDead()) {
                    continue;
                }
                boolean isOver = state.renewals() >= before + 2 && state.oldestPin() > before;
                boolean isOther = heartbeat.of(state.number()).isEmpty();
                done &= isOver;
                others |= !isOver && isOther;
                named.addAll(state.pinned());
            }
            if (done) {
                return named;
            }
            if (routine.isClosed()) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, "the store is closed");
            }
            routine.pause(others ? PAUSE_FOR_OTHERS : PAUSE);
            if (!others) {
                heartbeat.renew();
            }
        }
    }

    /** Deletes blobs and then their rows; returns those with which it did not succeed. */
    private List<OwnedBlob> delete(List<OwnedBlob> blobs) {
        Queue<OwnedBlob> failed = new ConcurrentLinkedQueue<>();
        Semaphore writers = new Semaphore(WRITERS);
        for (OwnedBlob blob : blobs) {
            writers.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    delete(blob);
                } catch (RuntimeException e) {
                    LOG.debug("The blob {} is not deleted yet.", blob.blob(), e);
                    failed.add(blob);
                } finally {
                    writers.release();
                }
            });
        }
        writers.acquireUninterruptibly(WRITERS);
        return new ArrayList<>(failed);
    }

    private void delete(OwnedBlob blob) {
        data.deleteFinished(blob.blob());
        PendingCommit forget = new PendingCommit(blob.group().bytes());
        forget.remove(blob.markKey());
        forget.remove(blob.garbageKey());
        // Of a space that was dropped there is nothing to be removed.
        metadata.commits().applyIfThere(blob.space(), forget);
    }

    /** Ends freeing: who waits for readers gives up. */
    void stop() {
        routine.close();
    }

    @Override
    public void close() {
        stop();
        threads.close();
    }
}

package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.Row;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes all commits that wait, writes them to the log in one go, syncs once, tells the index and wakes
 * the callers. So a commit costs its share of a sync. A caller that is alone does all that itself: there is nobody to
 * share with, and waking a thread and being woken by it takes as long as a sync.
 */
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MAX_BATCH_REQUESTS = 1024;
    private static final long MAX_BATCH_BYTES = 8L * 1024 * 1024;

    private final SegmentLog log;
    private final RowIndex index;
    private final BlobFiles blobs;
    private final FreeSpace space;
    /** A lone caller's commit is at most this long. */
    private static final int MAX_LONE_BYTES = 64 * 1024;

    /** On a slower disk the thread of a caller, which may carry others, does not wait for it. */
    private static final long MAX_LONE_NANOS = 1_000_000;

    /** Callers that have not been answered yet. */
    private final AtomicInteger asking = new AtomicInteger();

    /** Held by who writes a batch; guards all of the state below but the queue's. */
    private final ReentrantLock turn = new ReentrantLock();

    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final LogWriter writer = new LogWriter();
    private final Thread thread;

    /** Rows written by requests of the batch under way; null for removed ones. */
    private final Map<ByteBuffer, byte @Nullable []> written = new HashMap<>();

    /** Prefixes of the rows that the batch under way has dropped; rows written since are in {@link #written}. */
    private final List<byte[]> dropped = new ArrayList<>();

    private long sequence;

    /** Set under the lock of the queue. */
    private volatile boolean closed;

    private final LogCounts counts = new LogCounts();
    private volatile Optional<StoreException> broken = Optional.empty();

    /** What can be asked of the committer. */
    private sealed interface Request {
        CompletableFuture<Boolean> result();

        /** With the keys of what is expected and of what is changed, encoded by the caller's thread. */
        record Rows(Commit commit, byte[][] expected, byte[][] changed, CompletableFuture<Boolean> result)
                implements Request {
            static Rows of(Commit commit) {
                byte[][] changed = new byte[commit.changes().size()][];
                for (int i = 0; i < changed.length; i++) {
                    Change change = commit.changes().get(i);
                    changed[i] = RowKeys.encode(new RowKey(commit.group(), change.kind(), change.suffix()));
                }
                byte[][] expected = new byte[commit.expected().size()][];
                for (int i = 0; i < expected.length; i++) {
                    Expected row = commit.expected().get(i);
                    expected[i] = RowKeys.encode(new RowKey(commit.group(), row.kind(), row.suffix()));
                }
                return new Rows(commit, expected, changed, new CompletableFuture<>());
            }
        }

        record Drop(byte[] prefix, CompletableFuture<Boolean> result) implements Request {}

        record Move(List<Body> bodies, CompletableFuture<Boolean> result) implements Request {}

        record Stop(CompletableFuture<Boolean> result) implements Request {}
    }

    /** A body, the row it belongs to and where both lie in the log. */
    record Body(byte[] rowKey, LogPayload.BodyPlace place, ByteBuffer bytes) {}

    Committer(SegmentLog log, RowIndex index, BlobFiles blobs, FreeSpace space) {
        this.log = log;
        this.index = index;
        this.blobs = blobs;
        this.space = space;
        this.sequence = index.position().sequence();
        this.thread = Thread.ofPlatform().name("coffer-committer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** See {@link coffer.store.Engine#trouble}. */
    Optional<Trouble> trouble() {
        return broken.map(failure -> new Trouble(Trouble.Kind.BROKEN, String.valueOf(failure.getMessage())));
    }

    LogCounts counts() {
        return counts;
    }

    boolean commit(Commit commit) {
        return ask(Request.Rows.of(commit));
    }

    void drop(byte[] prefix) {
        ask(new Request.Drop(prefix, new CompletableFuture<>()));
    }

    /** Writes the bodies once more that still lie where they were; the rows stay as they are. */
    void move(List<Body> bodies) {
        ask(new Request.Move(bodies, new CompletableFuture<>()));
    }

    private boolean ask(Request request) {
        broken.ifPresent(failure -> {
            throw failure;
        });
        try {
            if (asking.incrementAndGet() > 1 || !processAlone(request)) {
                enqueue(request);
            }
            return request.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException(StoreException.Reason.UNKNOWN, "the commit failed", e);
        } finally {
            asking.decrementAndGet();
        }
    }

    /** Whether the request was worth the caller's own thread, and is done. */
    private boolean processAlone(Request request) {
        if (counts.usualNanos() > MAX_LONE_NANOS || boundBytes(request) > MAX_LONE_BYTES || !turn.tryLock()) {
            return false;
        }
        try {
            // Behind the request to stop, nothing must touch the log.
            boolean first = !closed && waiting.isEmpty() && broken.isEmpty();
            if (first) {
                process(List.of(request));
            }
            return first;
        } finally {
            turn.unlock();
        }
    }

    /** Nothing may come behind the request to stop: nobody would answer it. */
    private void enqueue(Request request) {
        synchronized (waiting) {
            if (closed) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, "the store is closed");
            }
            closed = request instanceof Request.Stop;
            waiting.add(request);
        }
    }

    private void run() {
        List<Request> batch = new ArrayList<>();
        boolean stop = false;
        while (!stop) {
            batch.clear();
            stop = take(batch);
            Optional<StoreException> failure = broken;
            if (failure.isPresent()) {
                batch.forEach(request -> request.result().completeExceptionally(failure.get()));
            } else {
                turn.lock();
                try {
                    process(batch);
                } finally {
                    turn.unlock();
                }
            }
        }
    }

    /** Takes what waits, up to the bounds of a batch; true if it is time to stop. */
    private boolean take(List<Request> batch) {
        long bytes = 0;
        try {
            Request next = waiting.take();
            while (next != null) {
                batch.add(next);
                if (next instanceof Request.Stop) {
                    return true;
                }
                bytes += boundBytes(next);
                boolean full = bytes >= MAX_BATCH_BYTES || batch.size() >= MAX_BATCH_REQUESTS;
                next = full ? null : waiting.poll();
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static long boundBytes(Request request) {
        return switch (request) {
            case Request.Rows rows -> LogWriter.boundBytes(rows.commit());
            case Request.Move move ->
                move.bodies().stream()
                        .mapToLong(body -> 4096L + body.bytes().remaining())
                        .sum();
            case Request.Drop drop -> 4096;
            case Request.Stop stop -> 0;
        };
    }

    private void process(List<Request> batch) {
        writer.begin();
        written.clear();
        dropped.clear();
        boolean full = space.isUsedUp();
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>(batch.size());
        List<CompletableFuture<Boolean>> refused = new ArrayList<>();
        for (Request request : batch) {
            try {
                if (add(request, full)) {
                    accepted.add(request.result());
                } else {
                    refused.add(request.result());
                }
            } catch (StoreException e) {
                request.result().completeExceptionally(e);
            }
        }
        if (writer.isEmpty() || makeRoom(accepted)) {
            append(accepted);
        }
        // Only now can they see who was faster, perhaps within this batch.
        refused.forEach(result -> result.complete(false));
    }

    /** Whether the batch can be appended; if not, those who wait for it know already. */
    private boolean makeRoom(List<CompletableFuture<Boolean>> accepted) {
        try {
            log.makeRoom(writer.sizeBytes());
            return true;
        } catch (IOException e) {
            LOG.error("There is no room in the log: {}", e.toString());
            StoreException failure = new StoreException(
                    StoreException.Reason.UNAVAILABLE, "There is no room in the log: " + e.getMessage(), e);
            accepted.forEach(result -> result.completeExceptionally(failure));
            return false;
        }
    }

    private void append(List<CompletableFuture<Boolean>> accepted) {
        try {
            if (!writer.isEmpty()) {
                long begun = System.nanoTime();
                RowIndex.LogPosition after = log.append(writer, sequence + 1);
                counts.wrote(accepted.size(), System.nanoTime() - begun);
                sequence++;
                ByteBuffer payload = writer.payload();
                List<BlobId> released = index.apply(payload, after.position() - payload.remaining(), after);
                blobs.release(released);
            }
            accepted.forEach(result -> result.complete(true));
        } catch (IOException | RuntimeException e) {
            // A failed write or sync must not be tried again: what is on the disk is no longer known.
            LOG.error("The log cannot be written; the store accepts no more changes until it is started again.", e);
            StoreException failure = new StoreException(
                    StoreException.Reason.UNKNOWN, "The log cannot be written: " + e.getMessage(), e);
            broken = Optional.of(new StoreException(
                    StoreException.Reason.UNAVAILABLE, "The log could not be written; start the server again.", e));
            accepted.forEach(result -> result.completeExceptionally(failure));
        }
    }

    private boolean add(Request request, boolean full) {
        return switch (request) {
            case Request.Rows rows -> {
                boolean holds = holds(rows);
                if (holds) {
                    if (full && !frees(rows.commit())) {
                        throw new StoreException(StoreException.Reason.FULL, "no space is left on the disk");
                    }
                    writer.add(rows.commit(), rows.changed());
                    remember(rows);
                }
                yield holds;
            }
            case Request.Drop drop -> {
                writer.addDrop(drop.prefix());
                forget(drop.prefix());
                dropped.add(drop.prefix());
                yield true;
            }
            case Request.Move move -> {
                move.bodies().forEach(this::move);
                yield true;
            }
            case Request.Stop stop -> true;
        };
    }

    private void move(Body body) {
        boolean changed = written.containsKey(ByteBuffer.wrap(body.rowKey())) || isDropped(body.rowKey());
        if (changed || index.body(body.rowKey()).filter(body.place()::equals).isEmpty()) {
            return;
        }
        byte[] value = index.value(body.rowKey());
        if (value != null) {
            writer.addMoved(body.rowKey(), value, body.bytes());
            written.put(ByteBuffer.wrap(body.rowKey()), value);
        }
    }

    private boolean holds(Request.Rows rows) {
        for (int i = 0; i < rows.expected().length; i++) {
            byte[] value = current(rows.expected()[i]);
            Optional<byte[]> wanted = rows.commit().expected().get(i).row().map(Row::value);
            boolean same = wanted.isPresent() ? value != null && Arrays.equals(wanted.get(), value) : value == null;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private byte @Nullable [] current(byte[] key) {
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        if (written.containsKey(wrapped)) {
            return written.get(wrapped);
        }
        return isDropped(key) ? null : index.value(key);
    }

    private void forget(byte[] prefix) {
        List<byte[]> keys = written.keySet().stream()
                .map(ByteBuffer::array)
                .filter(key -> IndexBatch.startsWith(key, prefix))
                .toList();
        keys.forEach(key -> written.remove(ByteBuffer.wrap(key)));
    }

    private boolean isDropped(byte[] key) {
        for (byte[] prefix : dropped) {
            if (IndexBatch.startsWith(key, prefix)) {
                return true;
            }
        }
        return false;
    }

    private void remember(Request.Rows rows) {
        for (int i = 0; i < rows.changed().length; i++) {
            Change change = rows.commit().changes().get(i);
            written.put(ByteBuffer.wrap(rows.changed()[i]), change instanceof Change.Put put ? put.value() : null);
        }
    }

    /** Whether a commit gives back more than it takes: allowed on a full disk. */
    private static boolean frees(Commit commit) {
        return commit.changes().stream().allMatch(Change.Delete.class::isInstance);
    }

    /** Finishes what waits and stops. */
    @Override
    public void close() {
        enqueue(new Request.Stop(new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

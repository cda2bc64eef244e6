package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.RowKey;
import coffer.store.StoreException;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes all commits that wait, writes them to the log in one go, syncs once, tells the index and wakes
 * the callers. So a commit costs its share of a sync, and nobody else ever blocks in the index's write path.
 */
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MAX_BATCH_REQUESTS = 1024;
    private static final long MAX_BATCH_BYTES = 8L * 1024 * 1024;

    private final SegmentLog log;
    private final RowIndex index;
    private final BlobFiles blobs;
    private final BooleanSupplier diskFull;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final LogWriter writer = new LogWriter();
    private final Thread thread;

    /** Rows written by requests of the batch under way; null for removed ones. */
    private final Map<ByteBuffer, byte @Nullable []> written = new HashMap<>();

    /** Prefixes of the rows that the batch under way has dropped; rows written since are in {@link #written}. */
    private final List<byte[]> dropped = new ArrayList<>();

    private long sequence;

    /** Guarded by the queue. */
    private boolean closed;

    private volatile Optional<StoreException> broken = Optional.empty();

    /** What can be asked of the committer. */
    private sealed interface Request {
        CompletableFuture<Boolean> result();

        record Rows(Commit commit, CompletableFuture<Boolean> result) implements Request {}

        record Drop(byte[] prefix, CompletableFuture<Boolean> result) implements Request {}

        record Move(List<Body> bodies, CompletableFuture<Boolean> result) implements Request {}

        record Stop(CompletableFuture<Boolean> result) implements Request {}
    }

    /** A body, the row it belongs to and where both lie in the log. */
    record Body(byte[] rowKey, LogPayload.BodyPlace place, ByteBuffer bytes) {}

    Committer(SegmentLog log, RowIndex index, BlobFiles blobs, BooleanSupplier diskFull) {
        this.log = log;
        this.index = index;
        this.blobs = blobs;
        this.diskFull = diskFull;
        this.sequence = index.position().sequence();
        this.thread = Thread.ofPlatform().name("coffer-committer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean commit(Commit commit) {
        return ask(new Request.Rows(commit, new CompletableFuture<>()));
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
        enqueue(request);
        try {
            return request.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException(StoreException.Reason.UNKNOWN, "the commit failed", e);
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
                process(batch);
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
        boolean full = diskFull.getAsBoolean();
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>(batch.size());
        for (Request request : batch) {
            try {
                if (add(request, full)) {
                    accepted.add(request.result());
                } else {
                    request.result().complete(false);
                }
            } catch (StoreException e) {
                request.result().completeExceptionally(e);
            }
        }
        try {
            if (!writer.isEmpty()) {
                RowIndex.LogPosition after = log.append(writer, sequence + 1);
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
                    StoreException.Reason.UNAVAILABLE, "The log could not be written earlier; start again.", e));
            accepted.forEach(result -> result.completeExceptionally(failure));
        }
    }

    private boolean add(Request request, boolean full) {
        return switch (request) {
            case Request.Rows rows -> {
                boolean holds = holds(rows.commit());
                if (holds) {
                    if (full && !frees(rows.commit())) {
                        throw new StoreException(StoreException.Reason.FULL, "no space is left on the disk");
                    }
                    writer.add(rows.commit());
                    remember(rows.commit());
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

    private boolean holds(Commit commit) {
        for (Expected expected : commit.expected()) {
            byte[] value = current(RowKeys.encode(new RowKey(commit.group(), expected.kind(), expected.suffix())));
            boolean same = expected.value()
                    .map(wanted -> value != null && Arrays.equals(wanted, value))
                    .orElse(value == null);
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
        return dropped.stream().anyMatch(prefix -> IndexBatch.startsWith(key, prefix));
    }

    private void remember(Commit commit) {
        for (Change change : commit.changes()) {
            byte[] key = RowKeys.encode(new RowKey(commit.group(), change.kind(), change.suffix()));
            written.put(ByteBuffer.wrap(key), change instanceof Change.Put put ? put.value() : null);
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

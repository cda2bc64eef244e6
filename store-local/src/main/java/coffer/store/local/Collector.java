package coffer.store.local;

import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees segments of the log: those without live bodies once the index is durable beyond them; before that, the bodies of
 * the emptiest are copied forward. Also looks for orphaned blobs once after the start.
 */
final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The index is flushed when this many segments wait for it: so much is replayed after a crash at most. */
    private static final int MAX_UNFLUSHED_SEGMENTS = 4;

    /** A segment with less than this share alive is copied forward. */
    private static final double MIN_LIVE_SHARE = 0.5;

    /** So much of a segment is held in memory, and at most copied forward in one go, so that writers hardly wait. */
    private static final long MOVE_BYTES = 4L * 1024 * 1024;

    private final SegmentLog log;
    private final RowIndex index;
    private final Committer committer;
    private final BlobFiles blobs;
    private final Thread thread;
    private volatile boolean closed;

    /** The index is durable beyond all segments before this one. */
    private long flushedSegment;

    Collector(SegmentLog log, RowIndex index, Committer committer, BlobFiles blobs) {
        this.log = log;
        this.index = index;
        this.committer = committer;
        this.blobs = blobs;
        this.thread = Thread.ofPlatform().name("coffer-collector").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            blobs.sweep(index::isAdopted);
            while (!closed) {
                LockSupport.parkNanos(PAUSE.toNanos());
                if (!closed && log.sealed().stream().filter(this::isUnflushed).count() >= MAX_UNFLUSHED_SEGMENTS) {
                    flush();
                }
                if (!closed) {
                    step();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("Space is no longer freed; start again.", e);
        }
    }

    private synchronized boolean isUnflushed(long segment) {
        return segment >= flushedSegment;
    }

    /** Flushes the index and frees all that can be freed without waiting. */
    synchronized void collect() {
        flush();
        step();
        flush();
        step();
    }

    private synchronized void flush() {
        long before = index.position().segment();
        index.flush();
        flushedSegment = before;
    }

    private synchronized void step() {
        for (long segment : log.sealed()) {
            if (closed || isUnflushed(segment)) {
                return;
            }
            try {
                if (index.liveBytes(segment) == 0) {
                    log.delete(segment);
                    index.forget(segment);
                } else {
                    copyForwardIfMostlyDead(segment);
                }
            } catch (IOException e) {
                LOG.warn("Log segment {} could not be collected.", segment, e);
            }
        }
    }

    private void copyForwardIfMostlyDead(long number) throws IOException {
        Optional<Segment> retained = log.retain(number);
        if (retained.isEmpty()) {
            return;
        }
        Segment segment = retained.get();
        try {
            if (index.liveBytes(number) < MIN_LIVE_SHARE * segment.lengthBytes()) {
                copyForward(segment);
            }
        } finally {
            segment.release();
        }
    }

    private void copyForward(Segment segment) throws IOException {
        SegmentReader reader = new SegmentReader(segment, 0);
        List<Committer.Body> moving = new ArrayList<>();
        long heldBytes = 0;
        for (Optional<SegmentReader.Batch> batch = reader.next(); batch.isPresent() && !closed; batch = reader.next()) {
            ByteBuffer payload = batch.get().payload();
            long payloadPosition = batch.get().payloadPosition();
            BodyFinder bodies = new BodyFinder(payload, payloadPosition);
            LogPayload.read(payload.duplicate(), segment.number(), payloadPosition, bodies);
            bodies.found.removeIf(body ->
                    index.body(body.rowKey()).filter(body.place()::equals).isEmpty());
            moving.addAll(bodies.found);
            heldBytes += bodies.found.isEmpty() ? 0 : payload.remaining();
            if (heldBytes >= MOVE_BYTES) {
                move(moving);
                moving.clear();
                heldBytes = 0;
            }
        }
        move(moving);
    }

    private void move(List<Committer.Body> bodies) {
        if (bodies.isEmpty()) {
            return;
        }
        try {
            committer.move(List.copyOf(bodies));
        } catch (StoreException e) {
            LOG.warn("Bodies could not be copied forward: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects the bodies of a batch. */
    private static final class BodyFinder implements LogPayload.Effects {
        private final ByteBuffer payload;
        private final long payloadPosition;
        private final List<Committer.Body> found = new ArrayList<>();

        BodyFinder(ByteBuffer payload, long payloadPosition) {
            this.payload = payload;
            this.payloadPosition = payloadPosition;
        }

        @Override
        public void put(byte[] key, byte[] value, Optional<LogPayload.BodyPlace> body) {
            body.ifPresent(place -> {
                int offset = payload.position() + (int) (place.position() - payloadPosition);
                found.add(new Committer.Body(key, place, payload.slice(offset, place.lengthBytes())));
            });
        }

        @Override
        public void delete(byte[] key) {}

        @Override
        public void drop(byte[] prefix) {}

        @Override
        public void adopt(List<coffer.store.BlobId> blobs) {}

        @Override
        public void release(List<coffer.store.BlobId> blobs) {}
    }
}

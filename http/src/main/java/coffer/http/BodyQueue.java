package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The octets of one request body on their way from the event loop to the handler's thread. The event loop adds, one
 * other thread reads; {@link #close} releases whatever was not read.
 *
 * <p>Holds at most its limit, see {@link QueuedBytes}, and one network read more: above, {@link #isFull} asks the event
 * loop to stop reading from the network, until a quarter of the limit is left. Each buffer counts a little more than its octets, so that a
 * flood of tiny chunks is no way around the limit.
 */
final class BodyQueue implements RequestBody, AutoCloseable {
    private static final int BUFFER_OVERHEAD_BYTES = 256;

    private final long declaredBytes;
    private final QueuedBytes queued;
    private final HttpOptions.SlowBody slowBody;
    private final Flow flow;

    /** Guards everything below but {@link #current}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long receivedBytes;
    private long waitedNanos;
    private boolean continueWanted;
    private boolean full;
    private boolean complete;
    private boolean closed;
    private @Nullable CosException failure;

    /** Being read; belongs to the reading thread. */
    private @Nullable ByteBuf current;

    /** What the queue asks of its connection, from the reading thread. */
    interface Flow {
        /** Tells the client to send its body. */
        void sendContinue();

        /** There is room again. */
        void resumeReading();
    }

    BodyQueue(RequestHead head, QueuedBytes queued, HttpOptions.SlowBody slowBody, Flow flow) {
        this.declaredBytes = head.bodyBytes();
        this.continueWanted = head.expectsContinue();
        this.queued = queued;
        this.slowBody = slowBody;
        this.flow = flow;
    }

    @Override
    public long declaredBytes() {
        return declaredBytes;
    }

    @Override
    public long receivedBytes() {
        lock.lock();
        try {
            return receivedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over {@code octets}. */
    void add(ByteBuf octets) {
        lock.lock();
        try {
            receivedBytes += octets.readableBytes();
            if (closed || failure != null) {
                octets.release();
                return;
            }
            waiting.add(octets);
            count(octets.readableBytes() + BUFFER_OVERHEAD_BYTES);
            // Not reset here: what had come before reading stopped may follow while the handler is on its way down.
            full |= waitingBytes > queued.limitOfOne();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The whole body is here. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more will come; has no effect on a complete body. */
    void fail(CosException cause) {
        lock.lock();
        try {
            if (!complete && failure == null) {
                failure = cause;
                releaseWaiting();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the event loop should not read on. */
    boolean isFull() {
        lock.lock();
        try {
            return full;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the next request can be found behind this body: it is here, or so little of it is missing that throwing
     * that away beats a new connection. Never waits for a body the client was not told to send.
     */
    boolean leavesConnectionUsable(int drainBytes) {
        lock.lock();
        try {
            boolean coming = !continueWanted || receivedBytes > 0;
            return complete
                    || (failure == null && coming && declaredBytes >= 0 && declaredBytes - receivedBytes <= drainBytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(ByteBuffer target) {
        ByteBuf from = current;
        if (from == null) {
            sendContinueOnce();
            from = await();
            if (from == null) {
                return -1;
            }
            current = from;
        }
        int count = Math.min(from.readableBytes(), target.remaining());
        int limit = target.limit();
        target.limit(target.position() + count);
        from.readBytes(target);
        target.limit(limit);
        if (!from.isReadable()) {
            current = null;
            from.release();
        }
        return count;
    }

    private void sendContinueOnce() {
        lock.lock();
        try {
            boolean wanted = continueWanted && receivedBytes == 0 && !complete && failure == null;
            continueWanted = false;
            if (!wanted) {
                return;
            }
        } finally {
            lock.unlock();
        }
        flow.sendContinue();
    }

    private @Nullable ByteBuf await() {
        boolean resume = false;
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                if (complete || closed) {
                    return null;
                }
                awaitChange();
            }
            ByteBuf next = waiting.remove();
            count(-next.readableBytes() - BUFFER_OVERHEAD_BYTES);
            if (full && waitingBytes <= queued.limitOfOne() / 4) {
                full = false;
                resume = true;
            }
            return next;
        } finally {
            lock.unlock();
            if (resume) {
                flow.resumeReading();
            }
        }
    }

    private void awaitChange() {
        long silence = slowBody.silence().toNanos();
        long left = silence;
        try {
            while (waiting.isEmpty() && !complete && !closed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = CosError.INCOMPLETE_BODY.because("The server stopped reading the body.");
            return;
        }
        waitedNanos += silence - Math.max(left, 0);
        double seconds = waitedNanos / 1e9;
        boolean tooSlow =
                waitedNanos > slowBody.grace().toNanos() && receivedBytes < seconds * slowBody.bytesPerSecond();
        if (!complete && failure == null && !closed && (left <= 0 || tooSlow)) {
            failure = CosError.REQUEST_TIMEOUT.exception();
            releaseWaiting();
        }
    }

    /** Drops what has arrived and whatever may still arrive. Called by the reading thread. */
    @Override
    public void close() {
        boolean resume;
        lock.lock();
        try {
            closed = true;
            releaseWaiting();
            resume = full;
            full = false;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.release();
            current = null;
        }
        if (resume) {
            flow.resumeReading();
        }
    }

    private void releaseWaiting() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        count(-waitingBytes);
    }

    private void count(long change) {
        waitingBytes += change;
        queued.add(change);
    }
}

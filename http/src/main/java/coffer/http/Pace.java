package coffer.http;

import io.netty.channel.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/** Spreads the bytes of one body over time. Not thread-safe. */
final class Pace {
    /** Steps this short look smooth to a client and are few enough for the timers. */
    private static final int STEPS_PER_SECOND = 10;

    private static final int MIN_STEP_BYTES = 1024;

    private final Channel channel;
    private final long bytesPerSecond;
    private long nextNanos;

    /** Without a limit if {@code bytesPerSecond} is 0. */
    Pace(Channel channel, long bytesPerSecond) {
        this.channel = channel;
        this.bytesPerSecond = bytesPerSecond;
        this.nextNanos = now();
    }

    /** How much to send at once of so much. */
    long step(long bytes) {
        return bytesPerSecond <= 0
                ? bytes
                : Math.min(bytes, Math.max(MIN_STEP_BYTES, bytesPerSecond / STEPS_PER_SECOND));
    }

    /**
     * Waits until so many bytes may go out.
     *
     * @throws ClosedChannelException if the client went away meanwhile
     */
    void await(long bytes) throws ClosedChannelException {
        if (bytesPerSecond <= 0) {
            return;
        }
        long now = now();
        long wait = nextNanos - now;
        if (wait > 0 && channel.closeFuture().awaitUninterruptibly(wait, TimeUnit.NANOSECONDS)) {
            throw new ClosedChannelException();
        }
        nextNanos = Math.max(nextNanos, now) + (long) (bytes * 1e9 / bytesPerSecond);
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }
}

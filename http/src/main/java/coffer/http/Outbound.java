package coffer.http;

import coffer.store.FileSlice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * The way out for one response that does not fit into a single write. Blocks its virtual thread while more than the
 * window is on its way to the kernel, which is smaller when many wait; whether the client takes anything at all is
 * watched by the {@link Connection}, whose closing ends every wait here. Not thread-safe.
 */
final class Outbound {
    /** What is read from a store and written at a time. */
    static final int STEP_BYTES = 256 * 1024;

    /** What may be on its way to the kernel at most. */
    static final int WINDOW_BYTES = 2 * STEP_BYTES;

    private final Channel channel;
    private final Pace pace;
    private final QueuedBytes leaving;
    private final ArrayDeque<Sent> unconfirmed = new ArrayDeque<>();
    private boolean corked;
    private long unconfirmedBytes;
    private long sentBytes;

    private record Sent(ChannelFuture future, int bytes) {}

    /** @param leaving what all answers together have on their way */
    Outbound(Channel channel, long bytesPerSecond, QueuedBytes leaving) {
        this.channel = channel;
        this.leaving = leaving;
        this.pace = new Pace(channel, bytesPerSecond);
    }

    ByteBufAllocator alloc() {
        return channel.alloc();
    }

    /** How many octets {@link #write} and {@link #transfer} have been given, but for those that were refused. */
    long sentBytes() {
        return sentBytes;
    }

    /** Whether {@link #transfer} is possible: not where octets must be encrypted. */
    boolean takesFiles() {
        return Wire.takesFiles(channel);
    }

    /** How much to pass to {@link #write} at once. */
    int step(long bytes) {
        return (int) pace.step(Math.min(bytes, leaving.limitOfOne() / 2));
    }

    /** Announces that octets follow one another without a pause; until {@link #confirmAll}, see {@link Transport#cork}. */
    void cork() {
        corked = true;
        Transport.cork(channel, true);
    }

    /** Sends a head along with what is written next. Takes over the buffer. */
    void head(ByteBuf head) {
        ChannelFuture _ = channel.write(head, channel.voidPromise());
    }

    /**
     * Sends octets now. Takes over the buffer.
     *
     * @throws IOException if the client went away
     */
    void write(ByteBuf octets) throws IOException {
        int bytes = octets.readableBytes();
        try {
            pace.await(bytes);
        } catch (IOException e) {
            octets.release();
            throw e;
        }
        leaving.add(bytes);
        sentBytes += bytes;
        ChannelFuture written = channel.writeAndFlush(octets);
        ChannelFuture _ = written.addListener(_ -> leaving.add(-bytes));
        unconfirmed.add(new Sent(written, bytes));
        unconfirmedBytes += bytes;
        while (unconfirmedBytes > leaving.limitOfOne()) {
            confirmOldest();
        }
    }

    /**
     * Sends a stretch of a file without copying it. When this returns or throws, the file is no longer in use.
     *
     * @throws IOException if the client went away
     */
    void transfer(FileSlice slice) throws IOException {
        long done = 0;
        while (done < slice.lengthBytes()) {
            long bytes = pace.step(slice.lengthBytes() - done);
            pace.await(bytes);
            confirm(channel.writeAndFlush(new BorrowedRegion(slice, done, bytes)));
            done += bytes;
            sentBytes += bytes;
        }
    }

    /**
     * Waits until the kernel has taken everything.
     *
     * @throws IOException if the client went away
     */
    void confirmAll() throws IOException {
        while (!unconfirmed.isEmpty()) {
            confirmOldest();
        }
        if (corked) {
            corked = false;
            Transport.cork(channel, false);
        }
    }

    private void confirmOldest() throws IOException {
        Sent oldest = unconfirmed.remove();
        unconfirmedBytes -= oldest.bytes;
        confirm(oldest.future);
    }

    private static void confirm(ChannelFuture future) throws IOException {
        if (!future.isDone()) {
            await(future);
        }
        if (!future.isSuccess()) {
            throw new IOException("The connection was lost.", future.cause());
        }
    }

    /**
     * Waits without a monitor, as the future itself would: a virtual thread that waits for a monitor is woken by way of a
     * thread of the Java machine's own, which takes longer than the write.
     */
    private static void await(ChannelFuture future) {
        Thread waiting = Thread.currentThread();
        ChannelFuture _ = future.addListener(_ -> LockSupport.unpark(waiting));
        boolean interrupted = false;
        while (!future.isDone()) {
            LockSupport.park(future);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            waiting.interrupt();
        }
    }
}

package coffer.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Notices that a client takes nothing of what is there to be sent. For use on the event loop of its channel. */
final class WriteStall {
    private final Channel channel;
    private @Nullable Mark last;
    private long lastNanos;

    /** How far the sending is; changes with every byte. */
    private record Mark(long pendingBytes, int pendingMessages, long progress) {}

    WriteStall(Channel channel) {
        this.channel = channel;
    }

    /** For how long nothing has moved, as far as the calls of this method could see. */
    long nanos() {
        long now = channel.eventLoop().ticker().nanoTime();
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Mark mark = buffer == null || buffer.isEmpty()
                ? null
                : new Mark(buffer.totalPendingWriteBytes(), buffer.size(), buffer.currentProgress());
        if (mark == null || !mark.equals(last)) {
            last = mark;
            lastNanos = now;
        }
        return now - lastNanos;
    }
}

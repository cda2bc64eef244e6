package coffer.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a load: asks, reads the answer to its end, checks it, asks again. In an open loop each request has a
 * time at which it should be sent, and its latency counts from there, however late it is: a server that stalls is
 * charged for all the requests it kept from being sent.
 */
@Sharable // by its second channel, once the first is closed
final class LoadConnection extends ChannelInboundHandlerAdapter {
    /** Bodies go out in pieces of this size, so that the kernel takes one while the next is prepared. */
    private static final int PIECE_BYTES = 256 * 1024;

    private final LoadRun run;
    private final Script script;
    private final Tally tally;
    private final long intervalNanos;
    private final AnswerReader reader = new AnswerReader();

    private @Nullable Shot shot;
    private String kept = "";
    private long due;
    private long operationBegan;

    /** @param intervalNanos time between two requests, 0 for a closed loop */
    LoadConnection(LoadRun run, Script script, Tally tally, long firstDue, long intervalNanos) {
        this.run = run;
        this.script = script;
        this.tally = tally;
        this.due = firstDue;
        this.intervalNanos = intervalNanos;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        proceed(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            if (reader.read(octets)) {
                answered(context.channel());
            }
        } catch (IllegalStateException broken) {
            failed(String.valueOf(broken.getMessage()));
            ChannelFuture _ = context.close();
        } finally {
            octets.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (shot != null && !run.isOver()) {
            failed("connection lost");
        }
        run.connect(this, context.channel().eventLoop());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture _ = context.close();
    }

    private void proceed(Channel channel) {
        if (run.isOver()) {
            ChannelFuture _ = channel.close();
            return;
        }
        long now = System.nanoTime();
        if (intervalNanos == 0) {
            fire(channel, now);
        } else if (due <= now) {
            fire(channel, due);
        } else {
            Future<?> _ = channel.eventLoop().schedule(() -> fire(channel, due), due - now, TimeUnit.NANOSECONDS);
        }
    }

    private void fire(Channel channel, long began) {
        due += intervalNanos;
        Optional<Shot> asked = script.next(kept);
        kept = "";
        if (asked.isEmpty()) {
            run.done();
            return;
        }
        Shot next = asked.get();
        shot = next;
        if (next.timing() == Shot.Timing.WHOLE || next.timing() == Shot.Timing.FIRST) {
            operationBegan = began;
        }
        reader.expect(next);
        ByteBuf head = Unpooled.wrappedBuffer(next.head());
        int size = next.body().readableBytes();
        if (size == 0) {
            ChannelFuture _ = channel.writeAndFlush(head);
            return;
        }
        ChannelFuture _ = channel.write(head);
        send(channel, next.body(), 0);
    }

    /** The next piece once the one before is with the kernel, so that the queue stays short. */
    private static void send(Channel channel, ByteBuf body, int from) {
        int count = Math.min(PIECE_BYTES, body.readableBytes() - from);
        ChannelFuture written = channel.writeAndFlush(
                body.slice(body.readerIndex() + from, count).retain());
        if (from + count < body.readableBytes()) {
            ChannelFuture _ = written.addListener(future -> {
                if (future.isSuccess()) {
                    send(channel, body, from + count);
                }
            });
        }
    }

    private void answered(Channel channel) {
        Shot done = shot;
        shot = null;
        if (done == null) {
            throw new IllegalStateException("an answer to nothing");
        }
        kept = reader.kept();
        String fault = reader.fault(done);
        if (!fault.isEmpty()) {
            failed(fault);
        } else if (run.isCounting()) {
            tally.bytes(done.body().readableBytes() + reader.bodyBytes());
            if (done.timing() == Shot.Timing.WHOLE || done.timing() == Shot.Timing.LAST) {
                tally.operation(System.nanoTime() - operationBegan);
            }
        }
        if (reader.closes()) {
            ChannelFuture _ = channel.close();
        } else {
            proceed(channel);
        }
    }

    private void failed(String what) {
        if (run.isCounting()) {
            tally.error(what);
        }
        shot = null;
    }
}

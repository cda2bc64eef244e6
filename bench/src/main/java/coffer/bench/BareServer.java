package coffer.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The least a server can do: for whatever comes, the same 4 KiB, from memory, on the event loop. */
final class BareServer {
    private static final int BODY_BYTES = 4096;

    private BareServer() {}

    /** How many answers a second the driver gets from such a server on one event loop. */
    static double answersPerSecond(int connections, Duration duration) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(loops)
                    .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new Answers());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel();
            Target target = new Target(
                    (InetSocketAddress) server.localAddress(),
                    "bare",
                    "/",
                    new CosSigner("nobody", "nothing", Instant.EPOCH),
                    Target.SignatureIn.QUERY,
                    Optional.empty());
            LoadRun.Plan plan = new LoadRun.Plan(connections, 0, duration, duration, 1);
            Shot shot = Shot.of(target.head("GET", "x", 0));
            LoadRun.Counted counted = new LoadRun(target, plan).run(_ -> _ -> Optional.of(shot), () -> {});
            return counted.tally().latencies().getTotalCount() / Result.seconds(counted.duration());
        } finally {
            loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                    .awaitUninterruptibly();
        }
    }

    private static final class Answers extends ChannelInboundHandlerAdapter {
        private static final ByteBuf ANSWER = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(("HTTP/1.1 200 OK\r\nContent-Length: " + BODY_BYTES + "\r\nETag: \"0123456789abcdef\"\r\n"
                                + "Server: bare\r\nDate: Mon, 02 Feb 2026 08:00:00 GMT\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .writeZero(BODY_BYTES));

        /** A request of the driver comes in one piece. */
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
            ChannelFuture _ = context.writeAndFlush(ANSWER.duplicate());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture _ = context.close();
        }
    }
}

package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is between a connection and its socket: nothing, or TLS. The first octet decides: a TLS handshake begins with 0x16,
 * which no method does. For use on the event loop of its channel, but for {@link #close} and {@link #cut}.
 */
final class Wire {
    private static final int TLS_HANDSHAKE = 0x16;

    private final Channel channel;
    private final Front front;
    private final Kind kind;
    private final String remoteAddress;
    private boolean begun;
    private boolean ended;
    private Optional<String> tlsVersion = Optional.empty();

    /** What a listener understands. */
    enum Kind {
        HTTP_AND_TLS,
        TLS_ONLY
    }

    Wire(Front front, Channel channel, Kind kind) {
        this.front = front;
        this.channel = channel;
        this.kind = kind;
        this.remoteAddress = channel.remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
    }

    /** Whether files can be sent as they are. From any thread. */
    static boolean takesFiles(Channel channel) {
        return channel.pipeline().get(SslHandler.class) == null;
    }

    Channel channel() {
        return channel;
    }

    /** For instance {@code 1.3}; empty without TLS or before its handshake is done. */
    Optional<String> tlsVersion() {
        return tlsVersion;
    }

    /** The client's IP address in text; empty if there is none. */
    String remoteAddress() {
        return remoteAddress;
    }

    /**
     * Lets pass who speaks what the listener is for.
     *
     * @throws CosException if that is TLS and the client does not speak it
     */
    void requireTls() {
        if (kind == Kind.TLS_ONLY && tlsVersion.isEmpty()) {
            throw CosError.BAD_REQUEST.because("This port speaks TLS only: use https.");
        }
    }

    /** Looks at the first octets of the connection; takes them over if they begin a handshake, and says so. */
    boolean begin(ByteBuf first) {
        if (begun || !first.isReadable()) {
            return false;
        }
        begun = true;
        Optional<TlsContexts> contexts = front.tls().contexts();
        if (contexts.isEmpty() || first.getByte(first.readerIndex()) != TLS_HANDSHAKE) {
            return false;
        }
        startTls(contexts.get(), first);
        return true;
    }

    /** Answers a CONNECT; what follows it, beginning with these octets, which are taken over, is TLS. */
    void tunnel(ByteBuf first) {
        ChannelFuture _ = channel.writeAndFlush(Unpooled.wrappedBuffer(ResponseHead.connectionEstablished()));
        startTls(front.tls().contexts().orElseThrow(), first);
    }

    private void startTls(TlsContexts contexts, ByteBuf first) {
        begun = true;
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst(new TlsStart(contexts, task -> front.threads().start(channel.eventLoop(), false, task)));
        pipeline.fireChannelRead(first);
    }

    /** The handshake is done. */
    void secured() {
        String protocol =
                channel.pipeline().get(SslHandler.class).engine().getSession().getProtocol();
        tlsVersion = Optional.of(protocol.replace("TLSv", ""));
    }

    /**
     * Tells the client that no more will be sent; what it still sends comes to the connection undecoded.
     *
     * @return whether that is possible
     */
    boolean endOutput() {
        if (!(channel instanceof DuplexChannel duplex)) {
            return false;
        }
        ended = true;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ChannelFuture _ = duplex.shutdownOutput();
        } else {
            channel.pipeline().addFirst(new Bypass());
            ChannelFuture _ = tls.closeOutbound().addListener(_ -> {
                ChannelFuture _ = duplex.shutdownOutput();
            });
        }
        return true;
    }

    /** Closes the connection, by TLS with the word that this was all. */
    void close() {
        if (ended) {
            cut();
        } else {
            ChannelFuture _ = channel.close();
        }
    }

    /** Closes the connection without a word, so that nobody takes half an answer for a whole one. */
    void cut() {
        ChannelHandlerContext tls = tlsContext();
        ChannelFuture _ = tls == null ? channel.close() : tls.close();
    }

    private @Nullable ChannelHandlerContext tlsContext() {
        return channel.pipeline().context(SslHandler.class);
    }

    /** Leads what comes in past TLS, which would stumble over its own end. */
    private static final class Bypass extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            ChannelHandlerContext last = context.pipeline().lastContext();
            ((ChannelInboundHandler) last.handler()).channelRead(last, message);
        }
    }
}

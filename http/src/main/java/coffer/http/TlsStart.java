package coffer.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads whom a client asks for, and makes way for the TLS of that identity. It has no time limit of its own: the {@link
 * Connection} gives a handshake as long as a head. What takes CPU time leaves the event loop.
 */
final class TlsStart extends SniHandler {
    /** A hello with all extensions that exist and a session ticket has a few kilobytes. */
    private static final int MAX_HELLO_BYTES = 32 * 1024;

    private final Executor offLoop;

    TlsStart(TlsContexts contexts, Executor offLoop) {
        super(
                (@Nullable String name, Promise<SslContext> promise) -> find(contexts, name, promise, offLoop),
                MAX_HELLO_BYTES,
                0);
        this.offLoop = offLoop;
    }

    private static Future<SslContext> find(
            TlsContexts contexts, @Nullable String name, Promise<SslContext> promise, Executor offLoop) {
        offLoop.execute(() -> {
            try {
                promise.trySuccess(contexts.of(Optional.ofNullable(name)));
            } catch (RuntimeException e) {
                promise.tryFailure(e);
            }
        });
        return promise;
    }

    @Override
    protected void replaceHandler(ChannelHandlerContext context, @Nullable String name, SslContext found)
            throws Exception {
        // The connection may have been closed while the identity was looked for.
        if (!context.isRemoved()) {
            super.replaceHandler(context, name, found);
        }
    }

    @Override
    protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, offLoop);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}

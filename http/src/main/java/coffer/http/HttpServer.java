package coffer.http;

import coffer.api.Gateway;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP front. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    /** First guess and bounds of one network read; it grows with what a connection delivers. */
    private static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(1024, 4096, 256 * 1024);

    /** What is left of closing after the drain: nobody is served any more, threads only have to notice. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(2);

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Front front;
    private final EventLoopGroup loops;
    private final RequestThreads threads;
    private final Map<Channel, Connection> connections = new ConcurrentHashMap<>();
    private final Channel listener;
    private final Optional<Channel> tlsListener;

    private HttpServer(Front front, EventLoopGroup loops, RequestThreads threads, Transport transport)
            throws IOException {
        this.front = front;
        this.threads = threads;
        this.loops = loops;
        listener = listen(transport, front.options().bind(), Wire.Kind.HTTP_AND_TLS);
        Optional<InetSocketAddress> forTls = front.options().tls().flatMap(TlsOptions::bind);
        tlsListener = forTls.isPresent()
                ? Optional.of(listen(transport, forTls.get(), Wire.Kind.TLS_ONLY))
                : Optional.empty();
    }

    private Channel listen(Transport transport, InetSocketAddress bind, Wire.Kind kind) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childHandler(new Initializer(kind))
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen on " + bind + ".", bound.cause());
        }
        front.tls().listensOn(addressOf(bound.channel()).getPort());
        LOG.info("Listening on {} ({}).", addressOf(bound.channel()), transport);
        return bound.channel();
    }

    private static InetSocketAddress addressOf(Channel listener) {
        return (InetSocketAddress) listener.localAddress();
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be bound
     */
    public static HttpServer start(HttpOptions options, Gateway gateway) throws IOException {
        return start(options, gateway, InstantSource.system());
    }

    /**
     * Starts to listen.
     *
     * @param clock what the Date header says
     * @throws IOException if the address cannot be bound
     */
    public static HttpServer start(HttpOptions options, Gateway gateway, InstantSource clock) throws IOException {
        return start(options, gateway, clock, Transport.best(), TlsProvider.best());
    }

    static HttpServer start(
            HttpOptions options, Gateway gateway, InstantSource clock, Transport transport, TlsProvider provider)
            throws IOException {
        RequestThreads threads = new RequestThreads();
        Front front = new Front(
                options,
                gateway,
                new Load(options.limits()),
                new DateHeader(clock),
                new Front.Closing(),
                threads::start,
                new Tls(options.tls(), provider));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("http"), transport.handlers());
        try {
            return new HttpServer(front, loops, threads, transport);
        } catch (IOException e) {
            Future<?> _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            threads.close();
            throw e;
        }
    }

    /** How much it has to do. */
    public HttpFigures figures() {
        return front.load().figures();
    }

    /** Where it listens, with the port it was given if it asked for any. */
    public InetSocketAddress address() {
        return addressOf(listener);
    }

    /** Where it listens for TLS alone, if it does. */
    public Optional<InetSocketAddress> tlsAddress() {
        return tlsListener.map(HttpServer::addressOf);
    }

    /**
     * Closes gracefully: accepts no more, closes idle connections, answers the requests in flight for as long as the
     * drain time allows, then cuts what is left. Returns when no request is with the gateway any more, or a few seconds
     * after the drain time at the latest.
     */
    @Override
    public void close() {
        front.closing().begin();
        listener.close().awaitUninterruptibly();
        tlsListener.ifPresent(other -> other.close().awaitUninterruptibly());
        long end = System.nanoTime() + front.options().timeouts().drain().toNanos();
        connections.values().forEach(Connection::closeIfIdle);
        for (Channel channel : connections.keySet()) {
            channel.closeFuture().awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        boolean drained = connections.isEmpty() && awaitRequests(end);
        if (!drained) {
            LOG.warn(
                    "Closing cuts {} connections with {} requests in flight.",
                    connections.size(),
                    front.load().requestsInFlight());
            connections.values().forEach(Connection::close);
            awaitRequests(System.nanoTime() + LAST_WAIT.toNanos());
        }
        loops.shutdownGracefully(0, LAST_WAIT.toNanos(), TimeUnit.NANOSECONDS)
                .awaitUninterruptibly(LAST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        threads.close();
    }

    private boolean awaitRequests(long end) {
        while (front.load().requestsInFlight() > 0 && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return front.load().requestsInFlight() == 0;
    }

    /** Builds the pipeline of a connection; TLS comes into it later, see {@link Wire}. */
    private final class Initializer extends ChannelInitializer<Channel> {
        private final Wire.Kind kind;

        Initializer(Wire.Kind kind) {
            this.kind = kind;
        }

        @Override
        protected void initChannel(Channel channel) {
            Load.Admission admission = front.load().open();
            ChannelFuture _ = channel.closeFuture().addListener(_ -> {
                front.load().close();
                connections.remove(channel);
            });
            if (admission == Load.Admission.DROPPED || front.closing().hasBegun()) {
                ChannelFuture _ = channel.close();
                return;
            }
            Connection connection = new Connection(
                    front, new Wire(front, channel, kind), admission == Load.Admission.TOLD_TO_SLOW_DOWN);
            connections.put(channel, connection);
            channel.pipeline().addLast(connection);
            if (front.closing().hasBegun()) {
                ChannelFuture _ = channel.close();
            }
        }
    }
}

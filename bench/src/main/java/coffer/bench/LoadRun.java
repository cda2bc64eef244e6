package coffer.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** One workload on one target: connects, warms up, counts, stops. Used once. */
final class LoadRun {
    private static final boolean EPOLL = Epoll.isAvailable();

    private static final int ONCE_CONNECTIONS = 32;

    private final Target target;
    private final Plan plan;
    private final List<Tally> tallies = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch done;
    private volatile Phase phase = Phase.WARMING_UP;

    private enum Phase {
        WARMING_UP,
        COUNTING,
        OVER
    }

    /**
     * How a workload is run.
     *
     * @param connections how many at once, each one request at a time
     * @param ratePerSecond requests a second over all connections, 0 for as many as are answered
     * @param warmUp before anything counts
     * @param duration what counts
     * @param threads event loops of the driver
     */
    record Plan(int connections, double ratePerSecond, Duration warmUp, Duration duration, int threads) {}

    LoadRun(Target target, Plan plan) {
        this.target = target;
        this.plan = plan;
        this.done = new CountDownLatch(plan.connections());
    }

    /**
     * Asks each of these once, as fast as it goes.
     *
     * @param count how many there are, from 1
     * @param shots makes each when its time has come: there may be millions
     * @throws IllegalStateException if an answer is not as it should be
     */
    static void once(Target target, int count, IntFunction<Shot> shots) throws InterruptedException {
        int connections = Math.min(ONCE_CONNECTIONS, count);
        LoadRun run = new LoadRun(target, new Plan(connections, 0, Duration.ZERO, Duration.ZERO, 1));
        AtomicInteger next = new AtomicInteger();
        Script script = _ -> {
            int shot = next.getAndIncrement();
            return shot < count ? Optional.of(shots.apply(shot)) : Optional.empty();
        };
        run.phase = Phase.COUNTING;
        EventLoopGroup loops = run.connectAll(_ -> script, System.nanoTime(), 0);
        try {
            run.done.await();
        } finally {
            run.phase = Phase.OVER;
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
        Tally tally = run.joined();
        if (!tally.errors().isEmpty()) {
            throw new IllegalStateException("The objects could not be prepared: " + tally.errors());
        }
    }

    /** What was counted, and for how long. */
    record Counted(Tally tally, Duration duration) {}

    /**
     * Runs.
     *
     * @param scripts makes the script of each connection
     * @param counting runs at the beginning and at the end of what counts
     */
    Counted run(IntFunction<Script> scripts, Runnable counting) throws InterruptedException {
        long interval = plan.ratePerSecond() == 0 ? 0 : (long) (plan.connections() * 1e9 / plan.ratePerSecond());
        EventLoopGroup loops = connectAll(scripts, System.nanoTime(), interval);
        try {
            Thread.sleep(plan.warmUp());
            counting.run();
            phase = Phase.COUNTING;
            long from = System.nanoTime();
            Thread.sleep(plan.duration());
            phase = Phase.OVER;
            Duration counted = Duration.ofNanos(System.nanoTime() - from);
            counting.run();
            return new Counted(joined(), counted);
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private EventLoopGroup connectAll(IntFunction<Script> scripts, long begin, long interval) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                plan.threads(), EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (int i = 0; i < plan.connections(); i++) {
            Tally tally = new Tally();
            tallies.add(tally);
            long due = begin + (long) ((double) interval * i / plan.connections());
            connect(new LoadConnection(this, scripts.apply(i), tally, due, interval), loops);
        }
        return loops;
    }

    /** A script has ended. */
    void done() {
        done.countDown();
    }

    /** Opens the socket of a connection, also again after the server closed it. */
    void connect(LoadConnection connection, EventLoopGroup loops) {
        if (isOver()) {
            return;
        }
        ChannelFuture _ = new Bootstrap()
                .group(loops)
                .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        target.tls()
                                .ifPresent(tls -> channel.pipeline()
                                        .addLast(tls.newHandler(
                                                channel.alloc(),
                                                target.host(),
                                                target.address().getPort())));
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(target.address())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        refused.incrementAndGet();
                    }
                });
    }

    private Tally joined() {
        Tally all = new Tally();
        tallies.forEach(all::add);
        for (int i = 0; i < refused.get(); i++) {
            all.error("connection refused");
        }
        return all;
    }

    boolean isCounting() {
        return phase == Phase.COUNTING;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }
}

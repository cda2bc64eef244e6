package coffer.http;

import io.netty.channel.EventLoop;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual threads on which requests are answered. A brief request runs on a virtual thread whose carrier is the
 * event loop of its connection, see {@link LoopCarrier}: nothing is handed to another core and back, and waiting still
 * blocks nobody. All others run on the Java machine's own carriers. Thread-safe.
 *
 * <p>Java has no public way yet to say which threads carry a virtual one; this uses the constructor that the JDK's own
 * tests use, which the launcher opens to us. Where it is not open, every request runs on the Java machine's carriers.
 */
final class RequestThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);

    private final ThreadFactory anywhere = factory(Thread.ofVirtual());
    private final Optional<Constructor<?>> onExecutor;
    private final Map<EventLoop, ThreadFactory> onLoops = new ConcurrentHashMap<>();
    private final LoopWatch watch = new LoopWatch();

    RequestThreads() {
        onExecutor = constructor();
    }

    private static ThreadFactory factory(Thread.Builder.OfVirtual builder) {
        return builder.name("request").inheritInheritableThreadLocals(false).factory();
    }

    private static Optional<Constructor<?>> constructor() {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return Optional.of(constructor);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("Brief requests are handed to other threads; start Java with"
                    + " --add-opens=java.base/java.lang=ALL-UNNAMED to save that.");
            return Optional.empty();
        }
    }

    /** Whether brief requests run where the network is read. */
    boolean useLoops() {
        return onExecutor.isPresent();
    }

    /** Starts a request of a connection that belongs to {@code loop}. */
    void start(EventLoop loop, boolean brief, Runnable request) {
        ThreadFactory factory = brief && useLoops() ? onLoops.computeIfAbsent(loop, this::onLoop) : anywhere;
        factory.newThread(request).start();
    }

    private ThreadFactory onLoop(EventLoop loop) {
        LoopCarrier carrier = new LoopCarrier(loop, watch);
        watch.add(carrier);
        try {
            return factory((Thread.Builder.OfVirtual) onExecutor.orElseThrow().newInstance(carrier));
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("virtual threads cannot be carried by event loops", e);
        }
    }

    /** For when the loops have ended. */
    @Override
    public void close() {
        watch.close();
    }
}

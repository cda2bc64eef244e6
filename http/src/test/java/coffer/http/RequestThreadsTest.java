package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Brief requests run on the event loop of their connection, and waiting there holds up nobody. */
@Timeout(30)
class RequestThreadsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void areCarriedByTheEventLoop() throws IOException {
        assertThat(new RequestThreads().useLoops()).isTrue();
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            // A virtual thread is printed with the name of its carrier.
            return ScriptedGateway.text(Thread.currentThread().toString());
        });
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            assertThat(client.send(GET).answer().text()).contains("ForkJoinPool");
            gateway.brief();
            assertThat(client.send(GET).answer().text()).contains("@http-");
        }
    }

    @Test
    void serveOthersWhileOneWaits() throws IOException, InterruptedException {
        Semaphore mayEnd = new Semaphore(0);
        CountDownLatch waiting = new CountDownLatch(1);
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            if (request.target().equals("/wait")) {
                waiting.countDown();
                mayEnd.acquireUninterruptibly();
            }
            return ScriptedGateway.text("done");
        });
        HttpOptions oneLoop = Loopback.options().withEventLoops(1);
        try (HttpServer server = HttpServer.start(oneLoop, gateway.brief());
                RawClient first = new RawClient(server);
                RawClient second = new RawClient(server)) {
            first.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            waiting.await();
            assertThat(second.send(GET).answer().text()).isEqualTo("done");
            mayEnd.release();
            assertThat(first.answer().text()).isEqualTo("done");
        }
    }

    @Test
    void readBodiesThatAreStillOnTheirWay() throws IOException {
        ScriptedGateway gateway = new ScriptedGateway(request -> ScriptedGateway.text(ScriptedGateway.read(request)));
        HttpOptions oneLoop = Loopback.options().withEventLoops(1);
        try (HttpServer server = HttpServer.start(oneLoop, gateway.brief());
                RawClient client = new RawClient(server)) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
            try (RawClient other = new RawClient(server)) {
                assertThat(other.send(GET).answer().text()).isEmpty();
            }
            assertThat(client.send("def").answer().text()).isEqualTo("abcdef");
        }
    }

    /** The Java machine wakes the one that has waited longest, and that one needs the thread of the other. */
    @Test
    void goOnThoughTheirLoopWaitsBehindThemForALock() throws InterruptedException {
        Object lock = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        AtomicReference<Thread> request = new AtomicReference<>();
        AtomicReference<Thread> loopThread = new AtomicReference<>();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (RequestThreads threads = new RequestThreads()) {
            EventLoop loop = loops.next();
            Thread owner = Thread.ofPlatform().start(() -> {
                synchronized (lock) {
                    held.countDown();
                    awaitUninterruptibly(mayEnd);
                }
            });
            held.await();
            threads.start(loop, true, () -> waitFor(lock, request, done));
            awaitBlocked(request);
            loop.execute(() -> waitFor(lock, loopThread, done));
            awaitBlocked(loopThread);
            mayEnd.countDown();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            owner.join();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static void waitFor(Object lock, AtomicReference<Thread> waiting, CountDownLatch done) {
        waiting.set(Thread.currentThread());
        synchronized (lock) {
            done.countDown();
        }
    }

    private static void awaitBlocked(AtomicReference<Thread> thread) {
        while (thread.get() == null || thread.get().getState() != Thread.State.BLOCKED) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}

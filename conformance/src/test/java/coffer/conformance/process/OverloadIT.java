package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More clients than the server can serve, and very many that want nothing at the moment. */
class OverloadIT {
    /** As many requests as may be in flight. */
    private static final int MOST_IN_FLIGHT = 4096;

    private static final int TOO_MANY = 500;
    private static final int IDLE = 10_000;
    private static final Duration LOAD = Duration.ofSeconds(6);
    private static final RawRequest HEALTH = RawRequest.to("GET", "localhost", "/-/health");

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("overload-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "overload-1250000000");
    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void stop() {
        connections.forEach(RawConnection::close);
        cos.shutdown();
        server.close();
    }

    @Test
    void shedsWhatIsTooMuchAndTakesAllAgainWhenThereIsRoom() {
        open(MOST_IN_FLIGHT);
        List<RawConnection> held = List.copyOf(connections);
        for (int i = 0; i < held.size(); i++) {
            held.get(i)
                    .send(putRequest("held" + i)
                            .header("Expect", "100-continue")
                            .head());
            assertThat(held.get(i).read().status()).isEqualTo(100);
        }
        RawRequest put = putRequest("k");

        long begun = System.nanoTime();
        open(TOO_MANY);
        for (RawConnection connection : connections.subList(MOST_IN_FLIGHT, connections.size())) {
            RawResponse refused = connection.exchange(put);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("<Code>SlowDown</Code>");
        }
        assertThat(millisSince(begun)).isLessThan(5_000);

        for (RawConnection connection : held) {
            connection.send(put.body());
        }
        for (RawConnection connection : held) {
            assertThat(connection.read(put).status()).isEqualTo(200);
        }
        for (RawConnection connection : connections) {
            assertThat(connection.exchange(put).status()).isEqualTo(200);
        }
    }

    @Test
    void answersAllSoonAndItsHealthAtOnceHoweverManyAsk() throws InterruptedException, ExecutionException {
        open(MOST_IN_FLIGHT + TOO_MANY);
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentHashMap<Integer, Integer> statuses = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> acceptedNanos = new ConcurrentLinkedQueue<>();
        List<Long> healthNanos = new ArrayList<>();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                RawConnection health = RawConnection.open(server)) {
            for (int i = 0; i < connections.size(); i++) {
                RawConnection connection = connections.get(i);
                RawRequest put = putRequest("k" + i);
                work.add(clients.submit(() -> {
                    while (!over.get()) {
                        long begun = System.nanoTime();
                        int status = connection.exchange(put).status();
                        statuses.merge(status, 1, Integer::sum);
                        if (status == 200) {
                            acceptedNanos.add(System.nanoTime() - begun);
                        }
                    }
                }));
            }
            long end = System.nanoTime() + LOAD.toNanos();
            while (System.nanoTime() < end) {
                long begun = System.nanoTime();
                assertThat(health.exchange(HEALTH).status()).isEqualTo(200);
                healthNanos.add(System.nanoTime() - begun);
                LockSupport.parkNanos(20_000_000);
            }
            over.set(true);
        }
        for (Future<?> one : work) {
            one.get();
        }
        long begun = System.nanoTime();
        bucket.put("after", "x");
        long afterMillis = millisSince(begun);

        System.err.printf(
                "overload: answers %s, accepted p50 %d ms, p99 %d ms; health p50 %d ms, worst %d ms; %d ms afterwards%n",
                statuses,
                millisOf(acceptedNanos, 0.5),
                millisOf(acceptedNanos, 0.99),
                millisOf(healthNanos, 0.5),
                millisOf(healthNanos, 1),
                afterMillis);
        assertThat(statuses.keySet()).isSubsetOf(200, 503).contains(200);
        assertThat(millisOf(acceptedNanos, 0.99)).isLessThan(10_000);
        assertThat(millisOf(healthNanos, 1)).isLessThan(5_000);
        assertThat(afterMillis).isLessThan(2_000);
    }

    @Test
    void connectionsThatWantNothingCostLittle() {
        bucket.put("k", "x");
        long before = server.residentBytes();
        open(IDLE);
        long each = (server.residentBytes() - before) / IDLE;
        System.err.printf("idle: %d connections of %d bytes each%n", IDLE, each);
        assertThat(each).isLessThan(20_000);
        assertThat(bucket.text("k")).isEqualTo("x");
    }

    private RawRequest putRequest(String key) {
        return bucket.request("PUT", "/" + key).body("x".repeat(4096)).signed();
    }

    /** Opens connections that have been answered once: one that the kernel alone knows would have to wait later. */
    private void open(int count) {
        for (int i = 0; i < count; i++) {
            RawConnection connection = RawConnection.open(server);
            connections.add(connection);
            assertThat(connection.exchange(HEALTH).status()).isEqualTo(200);
        }
    }

    private static long millisSince(long begunNanos) {
        return (System.nanoTime() - begunNanos) / 1_000_000;
    }

    /** The latency in milliseconds that a share of all did not exceed. */
    private static long millisOf(Iterable<Long> nanos, double share) {
        List<Long> sorted = new ArrayList<>();
        nanos.forEach(sorted::add);
        sorted.sort(Long::compare);
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()))) / 1_000_000;
    }
}

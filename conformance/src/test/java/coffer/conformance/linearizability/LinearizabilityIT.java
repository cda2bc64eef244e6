package coffer.conformance.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.linearizability.Action.Delete;
import coffer.conformance.linearizability.Action.Put;
import coffer.conformance.linearizability.Action.Read;
import coffer.conformance.linearizability.Action.Refusal;
import coffer.conformance.linearizability.Action.Replace;
import coffer.conformance.process.TwoGateways;
import com.qcloud.cos.COSClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that put, replace, delete, get and list the same keys at once see one order of what happened. */
class LinearizabilityIT {
    private static final String BUCKET = "order-" + Account.APPID;
    private static final int MOST_KILLS = 8;
    private static final long HALF_A_SECOND_NANOS = 500_000_000;

    private final List<CofferProcess> servers = new ArrayList<>();
    private final long seed = Long.getLong("coffer.linearizability.seed", System.nanoTime());

    @AfterEach
    void stop() {
        servers.forEach(CofferProcess::close);
    }

    @Test
    void allClientsSeeOneOrder() throws Exception {
        start();
        History history = work(recorded -> recorded.awaitMore(3000));
        assertThat(Linearizability.check(history.operations())).isEmpty();
        assertThat(history.unknown()).isZero();
        assertThat(history.operations().stream()
                        .<Class<?>>map(operation -> operation.action().getClass()))
                .contains(Put.class, Delete.class, Replace.class, Refusal.class, Read.class);
    }

    @Test
    void alsoWhenTheServerIsKilledAndStartedAgain() throws Exception {
        CofferProcess server = start();
        Random random = new Random(seed);
        int rounds = Math.min(MOST_KILLS, Integer.getInteger("coffer.kill.rounds", 4));
        History history = work(recorded -> {
            for (int round = 0; round < rounds; round++) {
                recorded.awaitMore(150);
                LockSupport.parkNanos(random.nextLong(HALF_A_SECOND_NANOS));
                server.kill();
                server.startAgain();
            }
            recorded.awaitMore(150);
        });
        assertThat(Linearizability.check(history.operations())).isEmpty();
        assertThat(history.unknown()).isPositive();
    }

    @Test
    void clientsOfTwoGatewaysSeeOneOrder() throws Exception {
        try (TwoGateways gateways = TwoGateways.start()) {
            createBucket(gateways.first());
            servers.addAll(gateways.both());
            History history = work(recorded -> recorded.awaitMore(2000));
            assertThat(Linearizability.check(history.operations())).isEmpty();
            assertThat(history.unknown()).isZero();
        }
    }

    @Test
    void alsoWhenOneOfThemIsKilledAndStartedAgain() throws Exception {
        try (TwoGateways gateways = TwoGateways.start()) {
            createBucket(gateways.first());
            servers.addAll(gateways.both());
            Random random = new Random(seed);
            int rounds = Math.min(MOST_KILLS, Integer.getInteger("coffer.kill.rounds", 4));
            History history = work(recorded -> {
                for (int round = 0; round < rounds; round++) {
                    CofferProcess victim = gateways.both().get(round % 2);
                    recorded.awaitMore(150);
                    LockSupport.parkNanos(random.nextLong(HALF_A_SECOND_NANOS));
                    victim.kill();
                    victim.startAgain();
                }
                recorded.awaitMore(150);
            });
            assertThat(Linearizability.check(history.operations())).isEmpty();
            assertThat(history.unknown()).isPositive();
        }
    }

    /** What this test would look like if it failed. */
    @Test
    void twoServersThatDoNotKnowEachOtherAreFound() throws Exception {
        start();
        start();
        History history = work(recorded -> recorded.awaitMore(500));
        assertThat(Linearizability.check(history.operations())).hasSizeGreaterThan(1);
    }

    private CofferProcess start() {
        CofferProcess server =
                CofferProcess.start(Scratch.directory("order-").resolve("data"), Map.of("COFFER_ENGINE", "local"));
        servers.add(server);
        createBucket(server);
        return server;
    }

    private static void createBucket(CofferProcess server) {
        COSClient cos = JavaSdk.client(server);
        cos.createBucket(BUCKET);
        cos.shutdown();
    }

    private History work(HotKeys.Meanwhile meanwhile) throws Exception {
        System.err.println("hot keys with -Dcoffer.linearizability.seed=" + seed);
        return new HotKeys(servers.stream().map(CofferProcess::address).toList(), BUCKET, seed).run(meanwhile);
    }
}

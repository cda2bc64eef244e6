package coffer.store.rados;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Cluster;
import coffer.rados.Pool;
import coffer.store.ceph.CephCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Engines on the cluster of the test run, whose blobs are what is tested. */
final class BlobEngines {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(100);

    /** Whatever takes time takes little. */
    static final EngineTimes FAST = new EngineTimes(
            SOON,
            Duration.ofSeconds(2),
            SOON,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            SOON,
            Duration.ofMillis(1500),
            Duration.ofSeconds(15));

    /** To the others it is as if the engine were killed when it is open. */
    static final EngineTimes DEAF =
            new EngineTimes(NEVER, NEVER, NEVER, NEVER, NEVER, Duration.ofSeconds(1), NEVER, SOON, NEVER);

    private BlobEngines() {}

    static RadosOptions options(String namespace, String dataPool) {
        CephCluster cluster = CephCluster.shared();
        return new RadosOptions(
                "client.admin",
                cluster.confFile(),
                cluster.metaPool(),
                dataPool,
                namespace,
                _ -> false,
                Duration.ofSeconds(20));
    }

    static RadosEngine open(String namespace, String dataPool, EngineTimes times) {
        return RadosEngine.open(options(namespace, dataPool), RangeLimits.DEFAULT, times);
    }

    static Cluster connect() {
        return Cluster.connect("client.admin", CephCluster.shared().confFile(), Duration.ofSeconds(20));
    }

    static List<String> objects(Pool pool) {
        List<String> names = new ArrayList<>();
        pool.list(names::add);
        return names;
    }

    /** Waits for what others do in the background. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}

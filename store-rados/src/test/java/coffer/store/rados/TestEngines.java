package coffer.store.rados;

import coffer.store.ceph.CephCluster;
import java.time.Duration;

/** Engines on the cluster of the test run. */
final class TestEngines {
    /** The kind of rows that processes remember. */
    static final char REMEMBERED = 'r';

    private static final Duration ALWAYS = Duration.ofMillis(20);

    /** The leader sweeps without a pause, so that small ranges are merged at once. */
    static final EngineTimes SWEEPING = new EngineTimes(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            ALWAYS,
            ALWAYS,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15));

    private TestEngines() {}

    /** One that nobody shares. */
    static RadosEngine open(RangeLimits limits) {
        return open(CephCluster.shared().newNamespace(), limits);
    }

    /** One of those on a name space. */
    static RadosEngine open(String namespace, RangeLimits limits) {
        return open(namespace, limits, EngineTimes.DEFAULT);
    }

    /** The same, with other times. */
    static RadosEngine open(String namespace, RangeLimits limits, EngineTimes times) {
        CephCluster cluster = CephCluster.shared();
        RadosOptions options = new RadosOptions(
                "client.admin",
                cluster.confFile(),
                cluster.metaPool(),
                cluster.dataPool(),
                namespace,
                key -> key.kind() == REMEMBERED,
                Duration.ofSeconds(30));
        return RadosEngine.open(options, limits, times);
    }
}

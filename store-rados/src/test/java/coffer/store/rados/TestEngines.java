package coffer.store.rados;

import coffer.store.ceph.CephCluster;
import java.time.Duration;

/** Engines on the cluster of the test run. */
final class TestEngines {
    /** The kind of rows that processes remember. */
    static final char REMEMBERED = 'r';

    private TestEngines() {}

    /** One that nobody shares. */
    static RadosEngine open(RangeLimits limits) {
        return open(CephCluster.shared().newNamespace(), limits);
    }

    /** One of those on a name space. */
    static RadosEngine open(String namespace, RangeLimits limits) {
        CephCluster cluster = CephCluster.shared();
        RadosOptions options = new RadosOptions(
                "client.admin",
                cluster.confFile(),
                cluster.metaPool(),
                cluster.dataPool(),
                namespace,
                key -> key.kind() == REMEMBERED,
                Duration.ofSeconds(30));
        return RadosEngine.open(options, limits);
    }
}

package coffer.conformance;

import coffer.store.ceph.CephCluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which engine the servers of a run have: the embedded one, or, with {@code -Dcoffer.test.engine=rados}, that on Ceph. Then
 * each server is two, which work on one store, and connections go to them in turn.
 */
public final class StoreUnderTest {
    private static final boolean RADOS = "rados".equals(System.getProperty("coffer.test.engine"));

    private StoreUnderTest() {}

    /** Whether servers are pairs on a Ceph cluster. */
    public static boolean isShared() {
        return RADOS;
    }

    /** What a server is told that has a data folder, so that it finds the same store when it is started again. */
    static Map<String, String> environment(Path dataDirectory, Map<String, String> given) {
        Map<String, String> environment = new HashMap<>();
        if (RADOS) {
            CephCluster cluster = CephCluster.shared();
            environment.put("COFFER_ENGINE", "rados");
            environment.put("COFFER_CEPH_CONF", cluster.confFile().toString());
            environment.put("COFFER_CEPH_USER", "client.admin");
            environment.put("COFFER_META_POOL", cluster.metaPool());
            environment.put("COFFER_DATA_POOL", cluster.dataPool());
            environment.put("COFFER_CEPH_NAMESPACE", namespace(dataDirectory));
            environment.put(
                    "COFFER_MASTER_KEY_FILE",
                    dataDirectory.resolve("master-keys").toString());
        }
        environment.putAll(given);
        return environment;
    }

    private static String namespace(Path dataDirectory) {
        String path = dataDirectory.toAbsolutePath().normalize().toString();
        return "store-" + Integer.toHexString(path.hashCode()) + "-" + path.length();
    }
}

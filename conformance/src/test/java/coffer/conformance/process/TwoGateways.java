package coffer.conformance.process;

import coffer.conformance.CofferProcess;
import coffer.conformance.Scratch;
import coffer.store.ceph.CephCluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two servers on one store on Ceph, each with a data folder of its own. Without Ceph's daemons the calling test is skipped. */
public record TwoGateways(CofferProcess first, CofferProcess second) implements AutoCloseable {
    /** Starts them on a new store. */
    public static TwoGateways start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with these variables added to the environment of both. */
    public static TwoGateways start(Map<String, String> environment) {
        Map<String, String> all = environment(CephCluster.shared(), Scratch.directory("gateways-"));
        all.putAll(environment);
        Path folder = Path.of(all.get("COFFER_MASTER_KEY_FILE")).resolveSibling(".");
        CofferProcess first = CofferProcess.start(folder.resolve("first").normalize(), all);
        try {
            return new TwoGateways(
                    first, CofferProcess.start(folder.resolve("second").normalize(), all));
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /**
     * What tells a server of a new store on a cluster.
     *
     * @param folder where the file of master keys is to be
     */
    public static Map<String, String> environment(CephCluster cluster, Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("COFFER_ENGINE", "rados");
        environment.put("COFFER_CEPH_CONF", cluster.confFile().toString());
        environment.put("COFFER_CEPH_USER", "client.admin");
        environment.put("COFFER_META_POOL", cluster.metaPool());
        environment.put("COFFER_DATA_POOL", cluster.dataPool());
        environment.put("COFFER_CEPH_NAMESPACE", cluster.newNamespace());
        environment.put("COFFER_MASTER_KEY_FILE", folder.resolve("keys").toString());
        return environment;
    }

    /** Both. */
    public List<CofferProcess> both() {
        return List.of(first, second);
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}

package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.TestBucket;
import coffer.store.ceph.CephCluster;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.COSObjectSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two gateways on one cluster, of which something dies again and again under load. */
class ClusterFaultsIT {
    private static final String BUCKET = "faults-1250000000";
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final CephCluster cluster = CephCluster.shared();
    private final String namespace = cluster.newNamespace();
    private final TwoGateways gateways = TwoGateways.start(Map.of("COFFER_CEPH_NAMESPACE", namespace));
    private final List<TestBucket> buckets = new ArrayList<>();
    private final long seed = Long.getLong("coffer.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private ChangingKeys start() {
        System.err.println("faults with -Dcoffer.kill.seed=" + seed);
        COSClient first = JavaSdk.client(gateways.first());
        buckets.add(TestBucket.create(gateways.first(), first, BUCKET));
        buckets.add(new TestBucket(gateways.second(), JavaSdk.client(gateways.second()), BUCKET));
        return new ChangingKeys(buckets);
    }

    @AfterEach
    void stop() {
        buckets.forEach(bucket -> bucket.cos().shutdown());
        gateways.close();
        cluster.repair();
    }

    @Test
    void aGatewayThatDiesTakesNothingWithItAndLeavesNothing() throws Exception {
        ChangingKeys keys = start();
        // A round takes much longer here than where one server is killed.
        int rounds = Math.min(8, Integer.getInteger("coffer.kill.rounds", 4));
        for (int round = 1; round <= rounds; round++) {
            CofferProcess victim = gateways.both().get(round % 2);
            keys.workDuring(random, round, () -> {
                LockSupport.parkNanos(SECOND_NANOS / 2 + random.nextLong(2 * SECOND_NANOS));
                victim.kill();
                LockSupport.parkNanos(SECOND_NANOS / 2);
            });
            victim.startAgain();
            keys.checkAll();
        }
        deleteAll();
        awaitNoData();
    }

    @Test
    void anOsdThatDiesAndComesBackIsOnlyAPause() throws Exception {
        ChangingKeys keys = start();
        keys.workDuring(random, 1, () -> {
            LockSupport.parkNanos(2 * SECOND_NANOS);
            cluster.killOsd(1);
            LockSupport.parkNanos(10 * SECOND_NANOS);
            cluster.startOsd(1);
            LockSupport.parkNanos(8 * SECOND_NANOS);
        });
        cluster.repair();
        keys.checkAll();
    }

    private void deleteAll() {
        COSClient cos = buckets.getFirst().cos();
        List<COSObjectSummary> found = cos.listObjects(BUCKET).getObjectSummaries();
        while (!found.isEmpty()) {
            found.forEach(object -> cos.deleteObject(BUCKET, object.getKey()));
            found = cos.listObjects(BUCKET).getObjectSummaries();
        }
        buckets.getFirst().abortUploads();
    }

    /** Whatever was written for what nobody was told of, and what was deleted, is freed in the end. */
    private void awaitNoData() throws IOException, InterruptedException {
        long end = System.nanoTime() + 150 * SECOND_NANOS;
        List<String> left = data();
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(SECOND_NANOS);
            left = data();
        }
        assertThat(left).as("objects in the data pool").isEmpty();
    }

    private List<String> data() throws IOException, InterruptedException {
        Process list = new ProcessBuilder(
                        "rados", "-c", cluster.confFile().toString(), "-p", cluster.dataPool(), "-N", namespace, "ls")
                .redirectErrorStream(true)
                .start();
        List<String> names;
        try (BufferedReader out = list.inputReader(UTF_8)) {
            names = out.readAllLines();
        }
        assertThat(list.waitFor()).as(String.join("\n", names)).isZero();
        return names;
    }
}

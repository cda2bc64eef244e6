package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.bucket.Bucket;
import coffer.integrity.StoreCheck;
import coffer.multipart.Upload;
import coffer.store.StoreException;
import coffer.store.ceph.CephCluster;
import coffer.store.rados.RadosEngine;
import coffer.store.rados.RadosOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on its way to a real Ceph cluster and back. */
class CephMigrationTest {
    private static final int IN_ROW = 300_000;
    private static final int LARGE = 9_000_000;

    @TempDir
    private Path scratch;

    private final CephCluster cluster = CephCluster.shared();
    private final RadosOptions options = new RadosOptions(
            "client.admin",
            cluster.confFile(),
            cluster.metaPool(),
            cluster.dataPool(),
            cluster.newNamespace(),
            row -> false,
            Duration.ofSeconds(30));

    @Test
    void comesBackAsItWas() throws Exception {
        Path folder = scratch.resolve("data");
        try (StoreFixture store = new StoreFixture(folder, InstantSource.system())) {
            Bucket bucket = store.bucket("photos");
            for (int i = 0; i < 50; i++) {
                store.put(bucket, "small/" + i, StoreFixture.bytes("small " + i, 100 * i));
            }
            store.put(bucket, "in row", StoreFixture.bytes("in row", IN_ROW), StoreFixture.SSE_COS);
            store.put(bucket, "large", StoreFixture.bytes("large", LARGE));
            store.put(bucket, "customers", StoreFixture.bytes("customers", LARGE), StoreFixture.CUSTOMER_KEY);
            Upload film = store.upload(bucket, "film", StoreFixture.SSE_COS);
            store.part(bucket, film, 1, StoreFixture.bytes("part", LARGE));
        }
        StoreCheck.Totals before = CopiedStore.check(folder);

        try (RadosEngine ceph = RadosEngine.open(options)) {
            CopiedStore.copy(folder, ceph);
        }
        Path back = scratch.resolve("back");
        MigrationStores.Plan plan = new MigrationStores.Plan(
                new MigrationStores.Place.OnCeph(options), new MigrationStores.Place.Folder(back));
        try (MigrationStores stores = MigrationStores.open(plan)) {
            CopiedStore.copy(stores.source(), stores.target(), folder);
        }
        Files.copy(StoreFixture.keyFile(folder), StoreFixture.keyFile(back));
        assertThat(CopiedStore.check(back)).isEqualTo(before);
    }

    @Test
    void aStoreThatAServerWorksOnIsRefused() {
        MigrationStores.Plan plan = new MigrationStores.Plan(
                new MigrationStores.Place.OnCeph(options), new MigrationStores.Place.Folder(scratch.resolve("new")));
        try (RadosEngine server = RadosEngine.open(options)) {
            while (!server.isLeader()) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> MigrationStores.open(plan))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("A server is running");
        }
    }
}

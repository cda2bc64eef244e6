package coffer.store.rados;

import static coffer.store.rados.BlobEngines.FAST;
import static coffer.store.rados.BlobEngines.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.rados.Cluster;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.ceph.CephCluster;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that does not answer, or is full: it is told, and passes. */
class BlobTroubleTest {
    private final CephCluster cluster = CephCluster.shared();
    private RadosEngine engine;

    @BeforeEach
    void open() {
        engine = BlobEngines.open(cluster.newNamespace(), cluster.dataPool(), FAST);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whoCannotBeAnsweredDoesNotWait() {
        BlobId before = write();
        cluster.killOsd(0);
        cluster.killOsd(1);
        try {
            await("it is told", () -> engine.trouble().isPresent());
            assertThat(engine.trouble().orElseThrow().sentence()).contains("has not taken a change for");
            long begin = System.nanoTime();
            assertRefused(StoreException.Reason.UNAVAILABLE, this::write);
            assertRefused(StoreException.Reason.UNAVAILABLE, () -> commit("k"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            cluster.repair();
        }
        await("it is over", () -> engine.trouble().isEmpty());
        commit("k");
        write();
        try (Blob blob = engine.blobs().open(before)) {
            assertThat(blob.lengthBytes()).isEqualTo(1000);
        }
    }

    @Test
    void aFullPoolIsToldAndCanBeEmptied() {
        try (Cluster connection = BlobEngines.connect()) {
            BlobId before = write();
            quota(connection, 100);
            try {
                await("it is full", () -> {
                    try {
                        write();
                        return false;
                    } catch (StoreException e) {
                        assertThat(e.reason()).isEqualTo(StoreException.Reason.FULL);
                        return true;
                    }
                });
                assertThat(engine.trouble().orElseThrow().sentence()).contains(cluster.dataPool() + " is full");
                engine.blobs().discard(before);
                assertThatThrownBy(() -> engine.blobs().open(before))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.GONE));
            } finally {
                quota(connection, 0);
            }
            await("there is space", () -> {
                try {
                    write();
                    return true;
                } catch (StoreException e) {
                    return false;
                }
            });
            assertThat(engine.trouble()).isEmpty();
        }
    }

    private void quota(Cluster connection, long bytes) {
        connection.command("{\"prefix\": \"osd pool set-quota\", \"pool\": \"" + cluster.dataPool()
                + "\", \"field\": \"max_bytes\", \"val\": \"" + bytes + "\"}");
    }

    private static void assertRefused(StoreException.Reason reason, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private void commit(String key) {
        RowKey row = new RowGroup("s", key).row('o');
        assertThat(engine.metadata().commit(Commit.put(row, new byte[] {1}))).isTrue();
    }

    private BlobId write() {
        try (BlobWriter writer = engine.blobs().create(1000)) {
            writer.write(ByteBuffer.allocate(1000));
            return writer.finish();
        }
    }
}

package coffer.store.rados;

import static coffer.store.rados.BlobEngines.DEAF;
import static coffer.store.rados.BlobEngines.FAST;
import static coffer.store.rados.BlobEngines.await;
import static coffer.store.rados.BlobEngines.objects;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.rados.Cluster;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.WriteOp;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.ceph.CephCluster;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of blobs when several engines share a store, and some of them die. */
class BlobLifeTest {
    private static final String SPACE = "s";

    private final List<AutoCloseable> open = new ArrayList<>();
    private String namespace;
    private Pool metadataPool;
    private Pool dataPool;

    @BeforeEach
    void begin() {
        CephCluster shared = CephCluster.shared();
        namespace = shared.newNamespace();
        Cluster cluster = kept(BlobEngines.connect());
        metadataPool = kept(cluster.pool(shared.metaPool(), namespace));
        dataPool = kept(cluster.pool(shared.dataPool(), namespace));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    private <T extends AutoCloseable> T kept(T resource) {
        open.add(resource);
        return resource;
    }

    private RadosEngine engine(EngineTimes times) {
        return kept(BlobEngines.open(namespace, CephCluster.shared().dataPool(), times));
    }

    @Test
    void whatADeadEngineHasNotAdoptedIsDeleted() {
        RadosEngine dead = engine(DEAF);
        BlobId adopted = write(dead, 1000);
        assertThat(dead.metadata().commit(adopt(adopted))).isTrue();
        BlobId unclaimed = write(dead, 9_000_000);
        BlobId claimed = write(dead, 5_000_000);
        dead.heartbeat().current().claim(List.of(owned(claimed)));
        BlobWriter writer = kept(dead.blobs().create(0));
        writer.write(ByteBuffer.allocate(20_000_000));
        assertThat(objects(dataPool)).hasSizeGreaterThan(8);

        RadosEngine living = engine(FAST);
        await("only the adopted blob is left", () -> objects(dataPool).size() == 1);
        assertThat(isThere(living, adopted)).isTrue();
        assertThat(isThere(living, unclaimed)).isFalse();
        await("nothing is left of the instance", () -> !objects(metadataPool).contains(Instance.object(1)));

        // Its commit is under way still, and arrives now.
        PendingCommit late =
                new PendingCommit(LeafKeys.group(adopt(claimed).group().key()), adopt(claimed), new Random());
        assertThat(dead.commits().apply(SPACE, late)).isFalse();
        assertThat(isThere(living, claimed)).isFalse();
    }

    @Test
    void anEngineThatWasTakenForDeadGoesOnAsAnother() {
        RadosEngine slow = engine(DEAF);
        BlobId before = write(slow, 1000);
        engine(FAST);
        await("it is taken for dead", () -> !objects(metadataPool).contains(Instance.object(1)));

        assertThatThrownBy(() -> slow.metadata().commit(adopt(before)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
        slow.blobs().discard(before);
        BlobId after = write(slow, 1000);
        assertThat(Instance.numberOf(after)).isGreaterThan(Instance.numberOf(before));
        assertThat(slow.metadata().commit(adopt(after))).isTrue();
        assertThat(isThere(slow, after)).isTrue();
    }

    @Test
    void whatMayHaveBeenAdoptedIsNotDiscarded() {
        RadosEngine engine = engine(DEAF);
        BlobId adopted = write(engine, 1000);
        BlobId not = write(engine, 1000);
        Instance maker = engine.heartbeat().current();
        maker.claim(List.of(owned(adopted), owned(not)));
        for (BlobId id : List.of(adopted, not)) {
            maker.doubt(owned(id));
            engine.blobs().discard(id);
            assertThat(isThere(engine, id)).isTrue();
        }
        PendingCommit late =
                new PendingCommit(LeafKeys.group(adopt(adopted).group().key()), adopt(adopted), new Random());
        assertThat(engine.commits().apply(SPACE, late)).isTrue();

        engine(FAST);
        await("it turns out that one was not adopted", () -> !isThere(engine, not));
        assertThat(isThere(engine, adopted)).isTrue();
    }

    @Test
    void anEngineSettlesItsOwnDoubts() {
        RadosEngine engine = engine(FAST);
        assertThat(engine.metadata().commit(adopt(write(engine, 1000)))).isTrue();
        BlobId not = write(engine, 1000);
        Instance maker = engine.heartbeat().current();
        maker.claim(List.of(owned(not)));
        maker.doubt(owned(not));
        await("it was not adopted", () -> !isThere(engine, not));
        await("it is known", () -> !maker.hasUnsettled());
        assertThat(engine.metadata().commit(adopt(not))).isFalse();
    }

    @Test
    void whatOneReleasesIsKeptForReadersOfAnother() {
        RadosEngine writer = engine(FAST);
        RadosEngine reader = engine(FAST);
        BlobId id = write(writer, 9_000_000);
        assertThat(writer.metadata().commit(adopt(id))).isTrue();
        BlobId other = write(writer, 1000);
        assertThat(writer.metadata().commit(adopt(other))).isTrue();
        try (Blob blob = reader.blobs().open(id)) {
            assertThat(writer.metadata().commit(release(id))).isTrue();
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            ByteBuffer target = ByteBuffer.allocate(9_000_000);
            assertThat(blob.read(0, target)).isEqualTo(9_000_000);
            assertThat(target.array()).isEqualTo(bytes(9_000_000));
            // A slow reader does not keep everything else.
            assertThat(writer.metadata().commit(release(other))).isTrue();
            await("the other one is freed", () -> !isThere(writer, other));
            assertThat(isThere(writer, id)).isTrue();
        }
        await("it is freed", () -> objects(dataPool).isEmpty());
        await("its rows are gone", () -> rows(LeafKeys.GARBAGE) + rows(LeafKeys.BLOB) == 0);
    }

    @Test
    void whatADeadEngineHasReleasedIsFreedByTheLeader() {
        RadosEngine dead = engine(DEAF);
        BlobId id = write(dead, 1000);
        assertThat(dead.metadata().commit(adopt(id))).isTrue();
        PendingCommit release =
                new PendingCommit(LeafKeys.group(release(id).group().key()), release(id), new Random());
        assertThat(dead.commits().apply(SPACE, release)).isTrue();
        assertThat(rows(LeafKeys.GARBAGE)).isOne();

        engine(FAST);
        await("it is freed", () -> objects(dataPool).isEmpty());
        await("its rows are gone", () -> rows(LeafKeys.GARBAGE) + rows(LeafKeys.BLOB) == 0);
    }

    @Test
    void whatWasReleasedInASpaceThatIsDroppedIsFreed() {
        RadosEngine dead = engine(DEAF);
        BlobId id = write(dead, 1000);
        assertThat(dead.metadata().commit(adopt(id))).isTrue();
        PendingCommit release =
                new PendingCommit(LeafKeys.group(release(id).group().key()), release(id), new Random());
        assertThat(dead.commits().apply(SPACE, release)).isTrue();
        dead.metadata().drop(SPACE);
        assertThat(objects(metadataPool)).anyMatch(name -> name.startsWith("r."));

        engine(FAST);
        await("it is freed", () -> objects(dataPool).isEmpty());
        await("its leaf is gone", () -> objects(metadataPool).stream().noneMatch(name -> name.startsWith("r.")));
        await(
                "nothing is left to be dropped",
                () -> metadataPool
                        .read(LeafMap.DROPS, new ReadOp().range(new byte[0], new byte[0], 1))
                        .rows(0)
                        .rows()
                        .isEmpty());
    }

    @Test
    void aPlanThatNobodyGoesOnWithIsGivenUp() {
        RadosEngine dead = engine(DEAF);
        RowKey row = new RowGroup(SPACE, "k").row('o');
        assertThat(dead.metadata().commit(Commit.put(row, new byte[] {1}))).isTrue();
        byte[] group = LeafKeys.group("k");
        Leaf leaf = dead.map().find(SPACE, group).orElseThrow();
        RangePlan plan = RangePlan.split(
                dead.map().newId(), 1, leaf, dead.map().newId(), dead.map().newId(), group);
        assertThat(metadataPool.write(LeafMap.object(SPACE), new WriteOp().set(LeafMap.planKey(leaf), plan.toBytes())))
                .isZero();
        plan.children()
                .forEach(child -> assertThat(metadataPool.write(
                                child.object(),
                                new WriteOp().createExclusively().set(LeafKeys.HEADER, plan.building())))
                        .isZero());

        engine(FAST);
        await(
                "its leaves are gone",
                () -> objects(metadataPool).stream()
                                .filter(name -> name.startsWith("r."))
                                .count()
                        == 1);
        assertThat(dead.metadata().get(row)).isPresent();
    }

    @Test
    void oneLeadsAndAnotherFollows() {
        RadosEngine first = engine(FAST);
        RadosEngine second = engine(FAST);
        assertThat(first.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        first.close();
        open.remove(first);
        await("the other one leads", second::isLeader);
    }

    @Test
    void whoDiesLeadsNoLonger() {
        RadosEngine dead = engine(DEAF);
        RadosEngine other = engine(FAST);
        await("it does not believe so any more", () -> !dead.isLeader());
        await("the other one leads", other::isLeader);
    }

    @Test
    void damageIsNoticed() {
        RadosEngine engine = engine(FAST);
        BlobId id = write(engine, 5_000_000);
        String object = Stripes.object(id, 1);
        assertThat(dataPool.write(object, new WriteOp().write(70_000, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}))))
                .isZero();
        try (Blob blob = engine.blobs().open(id)) {
            long from = Stripes.BLOCKS * (long) Stripes.BLOCK_DATA;
            ByteBuffer target = ByteBuffer.allocate(60_000);
            assertThat(blob.read(from, target)).isEqualTo(60_000);
            assertThat(target.array()).isEqualTo(Arrays.copyOfRange(bytes(5_000_000), (int) from, (int) from + 60_000));
            assertThatThrownBy(() -> blob.read(from + 70_000, target.clear()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
        }
        assertThat(dataPool.write(object, new WriteOp().removeObject())).isZero();
        try (Blob blob = engine.blobs().open(id)) {
            assertThatThrownBy(() -> blob.read(4_900_000, ByteBuffer.allocate(10)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
        }
    }

    @Test
    void anEngineThatIsClosedLeavesNothingToBeCleanedUp() {
        RadosEngine engine = engine(FAST);
        for (int i = 0; i < 2500; i++) {
            BlobId id = write(engine, 0);
            if (i % 100 == 0) {
                assertThat(engine.metadata().commit(adopt(id))).isTrue();
            } else {
                engine.blobs().discard(id);
            }
        }
        assertThat(objects(dataPool)).hasSize(25);
        assertThat(metadataPool
                        .read(Instance.object(1), new ReadOp().range(new byte[0], new byte[0], 1000))
                        .rows(0)
                        .rows())
                .as("rows of ranges that are over")
                .hasSizeLessThan(10);
        engine.close();
        open.remove(engine);
        assertThat(objects(metadataPool)).doesNotContain(Instance.object(1));
        assertThat(metadataPool
                        .read(Instances.OBJECT, new ReadOp().range(new byte[0], new byte[] {'I'}, 10))
                        .rows(0)
                        .rows())
                .isEmpty();
    }

    private long rows(byte kind) {
        return objects(metadataPool).stream()
                .filter(name -> name.startsWith("r."))
                .mapToLong(name -> metadataPool
                        .read(name, new ReadOp().range(new byte[0], new byte[] {kind}, 100))
                        .rows(0)
                        .rows()
                        .size())
                .sum();
    }

    private static RowKey row(BlobId id) {
        return new RowGroup(SPACE, "k" + id.value()).row('o');
    }

    private static OwnedBlob owned(BlobId id) {
        return new OwnedBlob(SPACE, new RowName(LeafKeys.group(row(id).group().key())), id);
    }

    private static Commit adopt(BlobId id) {
        RowKey row = row(id);
        return new Commit(
                row.group(), List.of(), List.of(Change.put(row, "v".getBytes(UTF_8))), List.of(id), List.of());
    }

    private static Commit release(BlobId id) {
        RowKey row = row(id);
        return new Commit(row.group(), List.of(), List.of(Change.delete(row)), List.of(), List.of(id));
    }

    private static BlobId write(RadosEngine engine, int length) {
        try (BlobWriter writer = engine.blobs().create(length)) {
            writer.write(ByteBuffer.wrap(bytes(length)));
            return writer.finish();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static boolean isThere(RadosEngine engine, BlobId id) {
        try {
            engine.blobs().open(id).close();
            return true;
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.GONE);
            return false;
        }
    }
}

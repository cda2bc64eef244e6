package coffer.store.rados;

import coffer.rados.Cluster;
import coffer.rados.MortalCluster;
import coffer.rados.Pool;
import coffer.store.BlobId;
import coffer.store.Engine;
import java.util.List;
import java.util.stream.LongStream;

/** An engine that can be killed at any write, which no other process has to be started for. */
public final class MortalEngine implements AutoCloseable {
    private final MortalCluster cluster;
    private final RadosEngine engine;

    private MortalEngine(MortalCluster cluster, RadosEngine engine) {
        this.cluster = cluster;
        this.engine = engine;
    }

    /** One that does nothing by itself: each of its writes is for a request, or for what a request has released. */
    public static MortalEngine open(String namespace, String dataPool) {
        MortalCluster cluster = MortalCluster.of(BlobEngines.connect());
        RadosOptions options = BlobEngines.options(namespace, dataPool);
        return new MortalEngine(cluster, RadosEngine.open(cluster, options, RangeLimits.DEFAULT, BlobEngines.DEAF));
    }

    /** One of those that live on, which finds quickly who is dead. */
    public static Engine survivor(String namespace, String dataPool) {
        return BlobEngines.open(namespace, dataPool, BlobEngines.FAST);
    }

    /** The names of the objects in a data pool. */
    public static List<String> dataObjects(String namespace, String dataPool) {
        try (Cluster cluster = BlobEngines.connect();
                Pool pool = cluster.pool(dataPool, namespace)) {
            return BlobEngines.objects(pool);
        }
    }

    /** The names of the objects that a blob has. */
    public static List<String> objectsOf(BlobId blob, long lengthBytes) {
        return LongStream.range(0, Stripes.objects(lengthBytes))
                .mapToObj(stripe -> Stripes.object(blob, stripe))
                .toList();
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /** How it is killed. */
    public MortalCluster cluster() {
        return cluster;
    }

    /** Kills it if it was not, and frees what it held of this process. */
    @Override
    public void close() {
        cluster.bury();
        engine.close();
    }
}

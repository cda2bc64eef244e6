package coffer.store.rados;

import coffer.rados.Cluster;
import coffer.rados.Pool;
import coffer.rados.RadosException;
import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.Figure;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import coffer.store.Trouble;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The engine on a Ceph cluster. Thread-safe. */
public final class RadosEngine implements Engine {
    private final Cluster cluster;
    private final Pool metadataPool;
    private final Pool dataPool;
    private final RadosMetadata metadata;
    private final RadosBlobs blobs;
    private final Health health;
    private final Heartbeat heartbeat;
    private final Garbage garbage;
    private final Leadership leadership;
    private final Janitor janitor;
    private final RadosFigures figures;

    private RadosEngine(Cluster cluster, RadosOptions options, RangeLimits limits, EngineTimes times) {
        this.cluster = cluster;
        health = new Health(times);
        SecureRandom random = new SecureRandom();
        metadataPool = cluster.pool(options.metadataPool(), options.namespace());
        dataPool = cluster.pool(options.dataPool(), options.namespace());
        BlobData data = new BlobData(dataPool);
        Pins pins = new Pins(times.pinNamed().toNanos());
        Instances instances = new Instances(metadataPool);
        heartbeat = new Heartbeat(metadataPool, instances, pins, health, times);
        Claims claims = new Claims(metadataPool, heartbeat, health, this::released);
        metadata = new RadosMetadata(metadataPool, random, limits, options.remembered(), claims);
        blobs = new RadosBlobs(data, heartbeat, pins, health);
        garbage = new Garbage(metadata, data, instances, heartbeat);
        figures = new RadosFigures(metadata.counts(), metadata.map(), garbage, health);
        leadership = new Leadership(metadataPool, times);
        Orphans orphans = new Orphans(metadataPool, metadata, data, instances, times);
        Sweep sweep = new Sweep(metadataPool, metadata, garbage, instances, leadership::isLeader);
        janitor = new Janitor(leadership, heartbeat, times, orphans, sweep);
    }

    private void released(Collection<OwnedBlob> released) {
        garbage.released(released);
    }

    private void start() {
        heartbeat.start();
        garbage.start();
        leadership.start();
        janitor.start();
    }

    /**
     * Connects to a cluster.
     *
     * @throws StoreException with a sentence for the operator if it cannot be used
     */
    public static RadosEngine open(RadosOptions options) {
        return open(options, RangeLimits.DEFAULT);
    }

    static RadosEngine open(RadosOptions options, RangeLimits limits) {
        return open(options, limits, EngineTimes.DEFAULT);
    }

    static RadosEngine open(RadosOptions options, RangeLimits limits, EngineTimes times) {
        try {
            return open(
                    Cluster.connect(options.user(), options.configuration(), options.timeout()),
                    options,
                    limits,
                    times);
        } catch (RadosException e) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Opens it over a connection, which is closed with it. */
    static RadosEngine open(Cluster cluster, RadosOptions options, RangeLimits limits, EngineTimes times) {
        try {
            RadosEngine engine = new RadosEngine(cluster, options, limits, times);
            engine.start();
            return engine;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public MetadataStore metadata() {
        return metadata;
    }

    /** How many ranges of a space are known here. */
    int ranges(String space) {
        return metadata.ranges(space);
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    LeafMap map() {
        return metadata.map();
    }

    LeafCommits commits() {
        return metadata.commits();
    }

    @Override
    public Optional<Trouble> trouble() {
        return health.trouble();
    }

    @Override
    public List<Figure> figures() {
        return figures.list();
    }

    @Override
    public boolean isLeader() {
        return leadership.isLeader();
    }

    @Override
    public void close() {
        blobs.close();
        leadership.close();
        garbage.stop();
        janitor.close();
        garbage.close();
        metadata.close();
        heartbeat.close();
        metadataPool.close();
        dataPool.close();
        cluster.close();
    }
}

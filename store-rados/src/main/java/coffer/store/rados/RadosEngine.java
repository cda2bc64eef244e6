package coffer.store.rados;

import coffer.rados.Cluster;
import coffer.rados.Pool;
import coffer.rados.RadosException;
import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import java.security.SecureRandom;
import java.util.Optional;

/** The engine on a Ceph cluster. Thread-safe. */
public final class RadosEngine implements Engine {
    private final Cluster cluster;
    private final Pool metadataPool;
    private final Pool dataPool;
    private final RadosMetadata metadata;
    private final RadosBlobs blobs;

    private RadosEngine(Cluster cluster, RadosOptions options, RangeLimits limits) {
        this.cluster = cluster;
        SecureRandom random = new SecureRandom();
        metadataPool = cluster.pool(options.metadataPool(), options.namespace());
        dataPool = cluster.pool(options.dataPool(), options.namespace());
        metadata = new RadosMetadata(metadataPool, random, limits, options.remembered());
        blobs = new RadosBlobs(dataPool);
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
        try {
            Cluster cluster = Cluster.connect(options.user(), options.configuration(), options.timeout());
            try {
                return new RadosEngine(cluster, options, limits);
            } catch (RuntimeException e) {
                cluster.close();
                throw e;
            }
        } catch (RadosException e) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
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

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public boolean isLeader() {
        return true;
    }

    @Override
    public void close() {
        metadata.close();
        metadataPool.close();
        dataPool.close();
        cluster.close();
    }
}

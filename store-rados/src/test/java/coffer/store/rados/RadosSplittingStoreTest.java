package coffer.store.rados;

import coffer.store.Engine;
import coffer.store.MetadataStoreContract;
import coffer.store.ceph.CephCluster;

/** Ranges so small that they are split and merged all the time. */
class RadosSplittingStoreTest extends MetadataStoreContract {
    @Override
    protected Engine open() {
        return TestEngines.open(CephCluster.shared().newNamespace(), new RangeLimits(24, 24, 1), TestEngines.SWEEPING);
    }
}

package coffer.store.rados;

import coffer.store.BlobStoreContract;
import coffer.store.Engine;
import coffer.store.ceph.CephCluster;

class RadosBlobStoreTest extends BlobStoreContract {
    @Override
    protected Engine open() {
        return BlobEngines.open(
                CephCluster.shared().newNamespace(), CephCluster.shared().dataPool(), EngineTimes.DEFAULT);
    }
}

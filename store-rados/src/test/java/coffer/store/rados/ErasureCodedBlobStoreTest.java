package coffer.store.rados;

import coffer.store.BlobStoreContract;
import coffer.store.Engine;
import coffer.store.ceph.CephCluster;

class ErasureCodedBlobStoreTest extends BlobStoreContract {
    @Override
    protected Engine open() {
        CephCluster cluster = CephCluster.shared();
        return BlobEngines.open(cluster.newNamespace(), cluster.erasureCodedPool(), EngineTimes.DEFAULT);
    }
}

package coffer.store.rados;

import coffer.store.Engine;
import coffer.store.MetadataStoreContract;

class RadosMetadataStoreTest extends MetadataStoreContract {
    @Override
    protected Engine open() {
        return TestEngines.open(RangeLimits.DEFAULT);
    }
}

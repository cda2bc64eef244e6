package coffer.store.rados;

import coffer.store.Engine;
import coffer.store.MetadataStoreContract;

/** Ranges so small that they are split all the time. */
class RadosSplittingStoreTest extends MetadataStoreContract {
    @Override
    protected Engine open() {
        return TestEngines.open(new RangeLimits(24, 24, 1));
    }
}

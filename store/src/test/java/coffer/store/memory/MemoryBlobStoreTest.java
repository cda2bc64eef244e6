package coffer.store.memory;

import coffer.store.BlobStoreContract;
import coffer.store.Engine;

class MemoryBlobStoreTest extends BlobStoreContract {
    @Override
    protected Engine open() {
        return new MemoryEngine();
    }
}

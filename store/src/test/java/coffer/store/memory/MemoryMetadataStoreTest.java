package coffer.store.memory;

import coffer.store.Engine;
import coffer.store.MetadataStoreContract;

class MemoryMetadataStoreTest extends MetadataStoreContract {
    @Override
    protected Engine open() {
        return new MemoryEngine();
    }
}

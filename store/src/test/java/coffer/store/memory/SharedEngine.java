package coffer.store.memory;

import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Trouble;
import java.util.Optional;

/** What one of several processes has of an engine in memory: it leads when it is told so. Closing it leaves the engine open. */
public final class SharedEngine implements Engine {
    private final MemoryEngine engine;
    private volatile boolean leads;

    public SharedEngine(MemoryEngine engine, boolean leads) {
        this.engine = engine;
        this.leads = leads;
    }

    /** From now on it leads, or not. */
    public void lead(boolean does) {
        leads = does;
    }

    @Override
    public MetadataStore metadata() {
        return engine;
    }

    @Override
    public BlobStore blobs() {
        return engine;
    }

    @Override
    public Optional<Trouble> trouble() {
        return engine.trouble();
    }

    @Override
    public boolean isLeader() {
        return leads;
    }

    @Override
    public void close() {}
}

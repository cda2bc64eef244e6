package coffer.server;

import coffer.store.rados.RadosOptions;
import java.nio.file.Path;

/** Where the store is. */
sealed interface StoreConfig {
    /**
     * In the data folder, of this process alone.
     *
     * @param dataDir where everything is kept
     */
    record Local(Path dataDir) implements StoreConfig {}

    /**
     * On a Ceph cluster, of any number of processes. The data folder has what is this one's own: access logs that are not
     * delivered yet, certificates for development.
     */
    record Rados(Path dataDir, RadosOptions options) implements StoreConfig {}

    /** Whether other processes may be working on the store. */
    default boolean isShared() {
        return this instanceof Rados;
    }
}

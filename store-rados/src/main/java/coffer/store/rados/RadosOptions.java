package coffer.store.rados;

import coffer.store.RowKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Which cluster, and what of it.
 *
 * @param user the cephx user, for instance {@code client.coffer}
 * @param configuration the cluster's {@code ceph.conf}, which names the user's keyring
 * @param metadataPool a replicated pool, for rows
 * @param dataPool a pool for blobs, which may be erasure-coded
 * @param namespace the RADOS name space in both pools, so that several stores may share them; may be empty
 * @param remembered rows that nearly every request needs and hardly any changes: processes keep them in memory, and a
 *     commit that changes one returns when all have forgotten it. The same for all processes of a store
 * @param timeout after which the cluster counts as not to be reached, at least one second
 */
public record RadosOptions(
        String user,
        Path configuration,
        String metadataPool,
        String dataPool,
        String namespace,
        Predicate<RowKey> remembered,
        Duration timeout) {}

package coffer.store.rados;

import coffer.rados.Pool;
import coffer.store.BlobId;
import coffer.store.Commit;
import coffer.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What commits do to blobs, before they happen and after. Thread-safe. */
final class Claims {
    private final Pool pool;
    private final Heartbeat heartbeat;
    private final Health health;
    private final Consumer<Collection<OwnedBlob>> released;

    /**
     * For commits to a pool.
     *
     * @param released told of blobs that were released by a commit that has happened
     */
    Claims(Pool pool, Heartbeat heartbeat, Health health, Consumer<Collection<OwnedBlob>> released) {
        this.pool = pool;
        this.heartbeat = heartbeat;
        this.health = health;
        this.released = released;
    }

    /** Commits, claiming first what is adopted. */
    boolean commit(String space, Commit commit, PendingCommit pending, BooleanSupplier work) {
        health.requireAnswers();
        RowName group = new RowName(pending.group());
        List<OwnedBlob> adopted = owned(space, group, commit.adopt());
        claim(adopted);
        boolean done;
        try {
            done = work.getAsBoolean();
            health.wrote(pool, 0);
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.FULL) {
                health.full(pool);
            } else if (e.reason() == StoreException.Reason.UNKNOWN) {
                adopted.forEach(blob -> maker(blob.blob()).ifPresent(maker -> maker.doubt(blob)));
            }
            throw e;
        }
        if (done) {
            adopted.forEach(blob -> maker(blob.blob()).ifPresent(maker -> maker.settled(blob.blob())));
            released.accept(owned(space, group, commit.release()));
        }
        return done;
    }

    private static List<OwnedBlob> owned(String space, RowName group, List<BlobId> ids) {
        return ids.stream().map(id -> new OwnedBlob(space, group, id)).toList();
    }

    private Optional<Instance> maker(BlobId id) {
        return heartbeat.of(Instance.numberOf(id));
    }

    private void claim(List<OwnedBlob> blobs) {
        Map<Instance, List<OwnedBlob>> byMaker = new HashMap<>();
        for (OwnedBlob blob : blobs) {
            maker(blob.blob())
                    .ifPresent(maker -> byMaker.computeIfAbsent(maker, _ -> new ArrayList<>())
                            .add(blob));
        }
        byMaker.forEach(Instance::claim);
    }
}

package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes blobs that no row names and none ever will: those of instances that have died. What an instance has not claimed
 * it cannot adopt any more once it is declared dead, since it looks after each claim whether it is; what it has claimed is
 * marked in the group that may adopt it, and then no commit can, however late it comes. For one thread.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private static final int PAGE = 1000;

    private final Pool pool;
    private final RadosMetadata metadata;
    private final BlobData data;
    private final Instances instances;
    private final EngineTimes times;

    /** Since when the states of instances are as they are, by this engine's clock. */
    private final Map<Integer, Seen> seen = new HashMap<>();

    /** When what dead instances have left was deleted first, by their numbers. */
    private final Map<Integer, Long> cleanedUp = new HashMap<>();

    private long lastLook;

    Orphans(Pool pool, RadosMetadata metadata, BlobData data, Instances instances, EngineTimes times) {
        this.pool = pool;
        this.metadata = metadata;
        this.data = data;
        this.instances = instances;
        this.times = times;
    }

    private record Seen(long renewals, long sinceNanos) {}

    /** Looks who renews and who does not, and cleans up behind those that are dead. */
    void look() {
        List<InstanceState> all = instances.all();
        long now = System.nanoTime();
        // While this engine did not get an answer, others may not have got one either.
        if (now - lastLook > times.death().toNanos() / 2) {
            seen.clear();
        }
        lastLook = now;
        for (InstanceState state : all) {
            if (state.isDead()) {
                cleanUp(state);
                continue;
            }
            Seen before = seen.get(state.number());
            if (before == null || before.renewals != state.renewals()) {
                seen.put(state.number(), new Seen(state.renewals(), now));
            } else if (now - before.sinceNanos > times.death().toNanos() && instances.replace(state, state.dead())) {
                LOG.warn("Instance {} has not renewed for {} and is taken for dead.", state.number(), times.death());
                cleanUp(state.dead());
            }
        }
        seen.keySet()
                .retainAll(new HashSet<>(all.stream().map(InstanceState::number).toList()));
    }

    /**
     * Deletes what a dead instance has left, and some time later once more, since what it wrote may have been under way;
     * then all trace of it.
     */
    private void cleanUp(InstanceState dead) {
        Long before = cleanedUp.get(dead.number());
        if (before == null) {
            long version = cleanUpOnce(dead.number());
            if (version >= 0) {
                cleanedUp.put(dead.number(), System.nanoTime());
                return;
            }
        } else if (System.nanoTime() - before < times.death().toNanos()) {
            return;
        }
        int removed = Errno.ERANGE;
        while (removed == Errno.ERANGE || removed == Errno.EOVERFLOW) {
            long version = cleanUpOnce(dead.number());
            // A range that was taken meanwhile is looked through as well.
            removed = version < 0
                    ? 0
                    : pool.write(
                            Instance.object(dead.number()),
                            new WriteOp().assertVersion(version).removeObject());
        }
        if (removed < 0 && removed != Errno.ENOENT) {
            throw Failures.of(removed, "the claims of a dead instance");
        }
        cleanedUp.remove(dead.number());
        if (instances.remove(dead)) {
            LOG.info("Nothing is left of instance {}.", dead.number());
        }
    }

    /** Returns the version of what the instance has written about its blobs; negative if there is nothing of the kind. */
    private long cleanUpOnce(int number) {
        Map<Long, OwnedBlob> claims = new HashMap<>();
        Set<Long> ranges = new HashSet<>();
        long version = read(number, claims, ranges);
        ranges.forEach(range -> cleanUp(number, range, claims));
        return version;
    }

    private void cleanUp(int number, long range, Map<Long, OwnedBlob> claims) {
        for (long counter = range * Instance.RANGE_IDS; counter < (range + 1) * Instance.RANGE_IDS; counter++) {
            OwnedBlob claim = claims.get(counter);
            if (claim == null) {
                data.delete(Instance.blob(number, counter));
            } else {
                boolean _ = settle(claim);
            }
        }
    }

    /**
     * Reads what an instance has left, all at one moment.
     *
     * @return the version of the object; negative if it is not there
     */
    private long read(int number, Map<Long, OwnedBlob> claims, Set<Long> ranges) {
        byte[] after = new byte[0];
        long version = -1;
        boolean more = true;
        while (more) {
            ReadResult result = pool.read(Instance.object(number), new ReadOp().range(after, new byte[0], PAGE));
            if (result.isAbsent()) {
                return -1;
            }
            if (result.result() < 0) {
                throw Failures.of(result.result(), "the claims of a dead instance");
            }
            if (version >= 0 && version != result.version()) {
                claims.clear();
                ranges.clear();
                after = new byte[0];
                version = -1;
                continue;
            }
            version = result.version();
            for (OmapRow row : result.rows(0).rows()) {
                after = row.key();
                long count = Instance.count(row.key());
                if (row.key()[0] == Instance.RANGE) {
                    ranges.add(count);
                } else {
                    BlobId blob = Instance.blob(number, count);
                    claims.put(count, OwnedBlob.fromBytes(blob, row.value()));
                }
            }
            more = result.rows(0).more();
        }
        return version;
    }

    /**
     * Finds out whether a blob was adopted. If it was not, it never will be: it is marked, and deleted. It must be one of
     * an instance that is dead, or of a commit that is over in all but its outcome.
     *
     * @return whether it is gone
     */
    boolean settle(OwnedBlob blob) {
        Optional<byte[]> mark = mark(blob);
        while (mark.isEmpty()) {
            PendingCommit kill = new PendingCommit(blob.group().bytes());
            kill.expectAbsent(blob.markKey());
            kill.change(blob.markKey(), PendingCommit.DEAD);
            kill.change(blob.garbageKey(), DeadMark.at(instances.seconds()));
            // A commit to a space that has no rows makes the space before it looks whether its instance is dead.
            boolean killed = metadata.commits().applyIfThere(blob.space(), kill).orElse(true);
            mark = killed ? Optional.of(PendingCommit.DEAD) : mark(blob);
        }
        boolean isDead = Arrays.equals(mark.get(), PendingCommit.DEAD);
        if (isDead) {
            data.delete(blob.blob());
        }
        return isDead;
    }

    private Optional<byte[]> mark(OwnedBlob blob) {
        byte[] key = blob.markKey();
        return Optional.ofNullable(metadata.reader()
                .rows(blob.space(), blob.group().bytes(), List.of(key))
                .get(new RowName(key)));
    }

    /** Settles what this engine itself does not know of its blobs. */
    void settleOwn(Heartbeat heartbeat) {
        for (Instance instance : heartbeat.all()) {
            for (Iterator<OwnedBlob> blobs = instance.doubtful().iterator(); blobs.hasNext(); ) {
                OwnedBlob blob = blobs.next();
                boolean _ = settle(blob);
                blobs.remove();
                instance.settled(blob.blob());
            }
            for (Iterator<BlobId> blobs = instance.abandoned().iterator(); blobs.hasNext(); ) {
                BlobId blob = blobs.next();
                try {
                    data.delete(blob);
                } catch (StoreException e) {
                    LOG.debug("The blob {} is deleted later.", blob, e);
                    continue;
                }
                blobs.remove();
                instance.settled(blob);
            }
        }
    }

    /** The value of the row that remembers when a blob was marked dead: 'd', then seconds since 1970 8. */
    static final class DeadMark {
        /** After so long no commit of the time before can come any more. */
        private static final long KEPT_SECONDS = 30L * 24 * 60 * 60;

        private DeadMark() {}

        static byte[] at(long seconds) {
            return ByteBuffer.allocate(1 + Long.BYTES)
                    .put((byte) 'd')
                    .putLong(seconds)
                    .array();
        }

        static boolean isMark(byte[] value) {
            return value.length == 1 + Long.BYTES && value[0] == 'd';
        }

        static boolean isOver(byte[] value, long seconds) {
            return seconds - ByteBuffer.wrap(value).getLong(1) > KEPT_SECONDS;
        }
    }
}

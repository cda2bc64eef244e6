package coffer.store.rados;

import coffer.rados.Pool;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Brings commits to the leaf that takes them. Thread-safe. */
final class LeafCommits {
    private final Pool pool;
    private final LeafMap map;
    private final RangeFinisher finisher;
    private final RangeGrowth growth;
    private final RandomGenerator random;
    private final LeafCounts counts;

    /** By the id of the leaf. */
    private final Map<String, LeafCommitter> committers = new ConcurrentHashMap<>();

    LeafCommits(
            Pool pool,
            LeafMap map,
            RangeFinisher finisher,
            RangeGrowth growth,
            RandomGenerator random,
            LeafCounts counts) {
        this.pool = pool;
        this.map = map;
        this.finisher = finisher;
        this.growth = growth;
        this.random = random;
        this.counts = counts;
    }

    /**
     * Commits to a space, which is made if it has no rows.
     *
     * @return {@code false} if something that was expected is not so; nothing was changed then
     */
    boolean apply(String space, PendingCommit commit) {
        return apply(space, commit, () -> Optional.of(map.findOrCreate(space, commit.group())))
                .orElseThrow();
    }

    /** The same, but nothing is done if the space has no rows: then it is empty. */
    Optional<Boolean> applyIfThere(String space, PendingCommit commit) {
        return apply(space, commit, () -> map.find(space, commit.group()));
    }

    private Optional<Boolean> apply(String space, PendingCommit commit, Supplier<Optional<Leaf>> find) {
        Backoff backoff = new Backoff("a commit in the space " + space, random);
        while (true) {
            Optional<Leaf> found = find.get();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Leaf leaf = found.get();
            LeafCommitter committer = committers.computeIfAbsent(leaf.id(), _ -> new LeafCommitter(pool, leaf, counts));
            switch (committer.commit(commit)) {
                case DONE -> {
                    growth.consider(leaf, committer);
                    return Optional.of(true);
                }
                case REFUSED -> {
                    return Optional.of(false);
                }
                default -> {
                    commit.reset();
                    if (growth.await(leaf)) {
                        forget(leaf);
                    } else {
                        backoff.pause();
                        leave(leaf, backoff);
                    }
                }
            }
        }
    }

    /** Looks why a leaf takes no commits: others are splitting or merging it, or it is gone. */
    private void leave(Leaf leaf, Backoff backoff) {
        Optional<byte[]> header = LeafReader.header(pool, leaf.object());
        if (header.isEmpty()) {
            forget(leaf);
            return;
        }
        LeafHeader.State state = LeafHeader.fromBytes(header.get()).state();
        // Who sealed it is most likely about to move it.
        if (state == LeafHeader.State.SEALED && !backoff.isLong()) {
            return;
        }
        if (state != LeafHeader.State.OPEN) {
            finisher.help(leaf);
            forget(leaf);
        }
    }

    private void forget(Leaf leaf) {
        map.forget(leaf);
        committers.remove(leaf.id());
    }
}

package coffer.migration;

import coffer.encryption.ContentKeys;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.usage.UsageRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Copies a store into an engine that has nothing, and compares both. Interrupted, even by a kill, it goes on where it was
 * when it is run again; what is copied but not committed then is copied again. Nothing of the old store is changed. Used
 * once.
 */
public final class Migration {
    /** How often it is written down how far it is. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private final Engine source;
    private final MetadataStore old;
    private final Engine target;
    private final MetadataStore metadata;
    private final String name;
    private final InstantSource clock;
    private final Watcher watcher;
    private final AtomicLong losses = new AtomicLong();
    private Instant saved;

    /**
     * A migration.
     *
     * @param name what the old store is called; another one is not gone on with
     */
    public Migration(Engine source, Engine target, String name, InstantSource clock, Watcher watcher) {
        this.source = source;
        this.old = source.metadata();
        this.target = target;
        this.metadata = target.metadata();
        this.name = name;
        this.clock = clock;
        this.watcher = watcher;
        this.saved = clock.instant();
    }

    /** Why it cannot begin: a sentence for the operator. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    /** Who is told how it goes. */
    public interface Watcher {
        /** What there is to do; once. */
        void begins(StoreSize all);

        /** Told for each row, by one thread. */
        void reached(Phase phase, Position position);

        /** Told of what cannot be copied, or is not as it was; by many threads. */
        void lost(Phase phase, Loss loss);
    }

    /**
     * How it went.
     *
     * @param rows how many are in the new store
     * @param bytes of all versions and parts in the old one
     * @param sealed how many objects and parts were read without being opened, for want of their keys
     * @param losses how many rows are not there, or not as they were
     * @param foreign how many rows are in the new store and were not in the old one
     * @param finished whether the new store may be used
     */
    public record Report(long rows, long bytes, long sealed, long losses, long foreign, boolean finished) {}

    /** Which store is being copied into one; empty if it is whole. */
    public static Optional<String> unfinished(MetadataStore metadata) {
        return MigrationState.read(metadata).map(MigrationState::source);
    }

    /**
     * Does all that is left to do.
     *
     * @param keys what opens the objects of the new store, once all rows are there
     * @param acceptsLosses whether to finish though something is lost
     * @throws Refused if the one is not a whole store, or the other one has something else
     * @throws coffer.store.StoreException if an engine fails; it can be gone on with
     */
    public Report run(Function<MetadataStore, ContentKeys> keys, boolean acceptsLosses) {
        MigrationState begun = begin();
        StoreSize all = StoreSize.of(old);
        watcher.begins(all);
        Position from = begun.position();
        if (begun.phase() == Phase.COPY) {
            Position _ = walk(Phase.COPY, from, new RowCopy(source, target, loss -> watcher.lost(Phase.COPY, loss)));
            from = Position.START;
            save(Phase.COMPARE, from);
        }
        RowComparison comparison = new RowComparison(source, target, keys.apply(metadata), loss -> {
            losses.incrementAndGet();
            watcher.lost(Phase.COMPARE, loss);
        });
        Position end = walk(Phase.COMPARE, from, comparison);
        long rows = StoreSize.of(metadata).rows();
        long foreign = rows - end.rows();
        boolean sound = losses.get() == 0 && foreign == 0;
        if (sound || acceptsLosses) {
            finish(sound);
        }
        return new Report(rows, all.bytes(), comparison.sealed(), losses.get(), foreign, sound || acceptsLosses);
    }

    private MigrationState begin() {
        if (MigrationState.read(old).isPresent()) {
            throw new Refused("The store to be copied is itself a copy that was never finished.");
        }
        Optional<MigrationState> begun = MigrationState.read(metadata);
        if (begun.isPresent()) {
            return begun.filter(state -> state.source().equals(name))
                    .orElseThrow(() -> new Refused("The new store has begun to be a copy of "
                            + begun.get().source() + ", not of " + name + ": go on with that, or take an empty one."));
        }
        if (!StoreSize.isEmpty(metadata)) {
            throw new Refused("The new store is not empty: a store is copied as a whole, into one that has nothing.");
        }
        MigrationState first = new MigrationState(name, Phase.COPY, Position.START);
        first.write(metadata);
        return first;
    }

    private Position walk(Phase phase, Position from, RowWalk.Visitor visitor) {
        return new RowWalk(old, from, position -> {
                    watcher.reached(phase, position);
                    // What is behind a loss is compared again, so that the loss is told of again.
                    if (losses.get() == 0 && !clock.instant().isBefore(saved.plus(STEP))) {
                        save(phase, position);
                    }
                })
                .run(visitor);
    }

    private void save(Phase phase, Position position) {
        new MigrationState(name, phase, position).write(metadata);
        saved = clock.instant();
    }

    /** What is lost was counted as held. */
    private void finish(boolean sound) {
        if (!sound) {
            new UsageRows(metadata).forget();
        }
        MigrationState.remove(metadata);
    }
}

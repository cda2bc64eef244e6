package coffer.server;

import coffer.migration.Migration;
import coffer.store.Engine;
import coffer.store.Inspection;
import coffer.store.StoreException;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import coffer.store.rados.RadosEngine;
import coffer.store.rados.RadosOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The two stores of a migration, which no server may use.
 *
 * @param source to be copied, without work in the background
 * @param closing what closes it
 */
record MigrationStores(Engine source, Engine target, AutoCloseable closing) implements AutoCloseable {
    /** A server that was killed counts as running for a while. */
    private static final long PATIENCE_SECONDS = 30;

    /** Where a store is. */
    sealed interface Place {
        /** In a data folder. */
        record Folder(Path path) implements Place {
            @Override
            public String toString() {
                return "the data folder " + path;
            }
        }

        /** On a Ceph cluster. */
        record OnCeph(RadosOptions options) implements Place {
            @Override
            public String toString() {
                return "the name space '" + options.namespace() + "' in the pools " + options.metadataPool() + " and "
                        + options.dataPool();
            }
        }
    }

    /** From where to where. What cannot be is refused with a sentence. */
    record Plan(Place from, Place to) {
        Plan {
            if (from instanceof Place.OnCeph && to instanceof Place.OnCeph) {
                throw new IllegalArgumentException(
                        "One of both must be a data folder: there is one set of options for Ceph.");
            }
            if (from.equals(to)) {
                throw new IllegalArgumentException("Both are the same data folder.");
            }
        }
    }

    /**
     * Opens both.
     *
     * @throws StoreException with a sentence for the operator if one cannot be had, or is in use
     */
    static MigrationStores open(Plan plan) {
        return switch (plan.from()) {
            case Place.Folder(Path path) -> {
                Inspection old = LocalInspection.open(path, LocalOptions.DEFAULT);
                yield with(old.engine(), old, plan.to());
            }
            case Place.OnCeph(RadosOptions options) -> {
                Engine old = alone(RadosEngine.open(options));
                yield with(old, old, plan.to());
            }
        };
    }

    private static MigrationStores with(Engine source, AutoCloseable closing, Place to) {
        try {
            return new MigrationStores(source, target(to), closing);
        } catch (RuntimeException e) {
            close(closing);
            throw e;
        }
    }

    private static Engine target(Place place) {
        return switch (place) {
            case Place.Folder(Path path) -> LocalEngine.open(path, LocalOptions.DEFAULT);
            case Place.OnCeph(RadosOptions options) -> alone(RadosEngine.open(options));
        };
    }

    /** Of all servers of a store one leads: if it is this process, there are no others. */
    private static Engine alone(Engine engine) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!engine.isLeader()) {
            if (System.nanoTime() > end) {
                engine.close();
                throw new StoreException(
                        StoreException.Reason.UNAVAILABLE,
                        "A server is running on the store on Ceph: stop all of them, then run this again.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return engine;
    }

    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets pass a store that is whole.
     *
     * @throws CannotStart if it is a copy that was not finished
     */
    static void requireWhole(Engine engine) {
        Migration.unfinished(engine.metadata()).ifPresent(source -> {
            throw new CannotStart(
                    "This store is a copy of " + source
                            + " that is not finished: run the same ./coffer migrate again until it says that everything is there.");
        });
    }

    @Override
    public void close() {
        target.close();
        close(closing);
    }
}

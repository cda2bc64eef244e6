package coffer.migration;

import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Visits all rows of a store that nobody changes: in order, many at once, and one kind of a space after the other. Used by
 * one thread.
 */
final class RowWalk {
    /** Each may take a body and a buffer, together at most 1.5 MiB. */
    private static final int AT_ONCE = 48;

    private final MetadataStore metadata;
    private final Consumer<Position> reached;
    private final Deque<Visit> visits = new ArrayDeque<>();
    private Position position;

    /**
     * A walk.
     *
     * @param from where the last one ended
     * @param reached told of each step
     */
    RowWalk(MetadataStore metadata, Position from, Consumer<Position> reached) {
        this.metadata = metadata;
        this.position = from;
        this.reached = reached;
    }

    /** What is done with each row. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Visits a row; called by many threads.
         *
         * @return whether it counts
         * @throws StoreException ends the walk
         */
        boolean visit(Row row);
    }

    private record Visit(Row row, Future<Boolean> counts) {}

    /** Visits the rest. */
    Position run(Visitor visitor) {
        Optional<RowKey> begun = position.behind();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String space : metadata.spaces()) {
                if (begun.isPresent() && space.compareTo(begun.get().group().space()) < 0) {
                    continue;
                }
                String kinds = Spaces.kinds(space);
                Optional<RowKey> here = begun.filter(row -> row.group().space().equals(space));
                int first = here.map(row -> kinds.indexOf(row.kind())).orElse(0);
                for (char kind : kinds.substring(first).toCharArray()) {
                    walk(space, kind, here.filter(row -> row.kind() == kind), threads, visitor);
                }
            }
        }
        return position;
    }

    private void walk(String space, char kind, Optional<RowKey> behind, ExecutorService threads, Visitor visitor) {
        String key = behind.map(row -> row.group().key()).orElse("");
        // No suffix stands between one and the same with a blank behind it: they have no control characters.
        String suffix = behind.map(row -> row.suffix() + " ").orElse("");
        try (RowCursor rows = metadata.scan(space, kind, key, suffix)) {
            for (Optional<Row> next = rows.next(); next.isPresent(); next = rows.next()) {
                Row row = next.get();
                if (visits.size() == AT_ONCE) {
                    settle();
                }
                visits.add(new Visit(row, threads.submit(() -> visitor.visit(row))));
            }
            while (!visits.isEmpty()) {
                settle();
            }
        }
    }

    /** Waits for the oldest. */
    private void settle() {
        Visit oldest = visits.remove();
        try {
            position = position.after(oldest.row, oldest.counts.get());
            reached.accept(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "It was interrupted.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}

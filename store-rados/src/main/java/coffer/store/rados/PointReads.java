package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads of single rows of one leaf. An operation costs the cluster far more than a row of it; so a few are under way, and
 * what is asked meanwhile goes into the next one together. Nobody waits who need not. Thread-safe.
 */
final class PointReads {
    /** A read waits in the cluster while the leaf is written; more at once would only wait there. */
    private static final int MOST_UNDER_WAY = 2;

    private static final int MOST_TOGETHER = 64;

    private final Pool pool;
    private final String object;

    /** Guarded by this. */
    private final Deque<Asked> waiting = new ArrayDeque<>();

    /** Guarded by this. */
    private int underWay;

    PointReads(Pool pool, Leaf leaf) {
        this.pool = pool;
        this.object = leaf.object();
    }

    /**
     * What was found.
     *
     * @param result as of {@link ReadResult#result()}
     * @param rows those that are there, the header among them; of others that were read together, too
     */
    record Found(int result, Map<RowName, byte[]> rows) {}

    /** One who asks. Completed with what was found, or without anything: then it is for this one to read for all. */
    private record Asked(List<byte[]> keys, CompletableFuture<Found> answer, CompletableFuture<Void> turn) {}

    /**
     * Reads rows, and the header.
     *
     * @param keys few
     */
    Found read(List<byte[]> keys) {
        Asked asked = new Asked(keys, new CompletableFuture<>(), new CompletableFuture<>());
        boolean now;
        synchronized (this) {
            now = underWay < MOST_UNDER_WAY;
            if (now) {
                underWay++;
            } else {
                waiting.add(asked);
            }
        }
        if (now) {
            return readFor(List.of(asked));
        }
        Object _ = CompletableFuture.anyOf(asked.answer, asked.turn).join();
        if (asked.answer.isDone()) {
            return asked.answer.join();
        }
        return readFor(together(asked));
    }

    /** One whose turn it is, and others who wait. */
    private synchronized List<Asked> together(Asked first) {
        List<Asked> all = new ArrayList<>(List.of(first));
        while (!waiting.isEmpty() && all.size() < MOST_TOGETHER) {
            all.add(waiting.remove());
        }
        return all;
    }

    private Found readFor(List<Asked> all) {
        try {
            List<byte[]> keys = new ArrayList<>();
            keys.add(LeafKeys.HEADER);
            all.forEach(asked -> keys.addAll(asked.keys));
            ReadResult result = pool.read(object, new ReadOp().rows(keys));
            Map<RowName, byte[]> rows = HashMap.newHashMap(keys.size());
            for (OmapRow row : result.rows(0).rows()) {
                rows.put(new RowName(row.key()), row.value());
            }
            Found found = new Found(result.result(), rows);
            all.forEach(asked -> asked.answer.complete(found));
            return found;
        } catch (RuntimeException | Error e) {
            all.forEach(asked -> asked.answer.completeExceptionally(new CompletionException(e)));
            throw e;
        } finally {
            passOn();
        }
    }

    /** Gives the turn to the next one, if there is one. */
    private void passOn() {
        Asked next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
            }
        }
        if (next != null) {
            next.turn.complete(null);
        }
    }
}

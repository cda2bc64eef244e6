package coffer.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last requests that were answered 403, so that whoever runs the server can say why. Thread-safe. */
public final class Refusals {
    private static final int REMEMBERED = 4096;
    private static final int MAX_TEXT = 1024;

    /** Guarded by this, like the order. */
    private final Map<String, Refusal> byRequestId = new HashMap<>();

    private final Deque<String> order = new ArrayDeque<>();

    /** Remembers a refusal; the oldest is forgotten for it. */
    void add(Refusal refusal) {
        Refusal kept = refusal.cutTo(MAX_TEXT);
        synchronized (this) {
            if (order.size() >= REMEMBERED) {
                byRequestId.remove(order.removeFirst());
            }
            order.addLast(kept.requestId());
            byRequestId.put(kept.requestId(), kept);
        }
    }

    /** The refusal of a request; empty if it was not refused or that is too long ago. */
    public synchronized Optional<Refusal> find(String requestId) {
        return Optional.ofNullable(byRequestId.get(requestId));
    }

    /** The last refusals, newest first. */
    public synchronized List<Refusal> newest(int count) {
        return order.reversed().stream()
                .limit(count)
                .flatMap(id -> Optional.ofNullable(byRequestId.get(id)).stream())
                .toList();
    }
}

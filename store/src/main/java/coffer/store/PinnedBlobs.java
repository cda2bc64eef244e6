package coffer.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Counts who needs which blob, and frees what was released once nobody does. For engines; thread-safe. */
public final class PinnedBlobs {
    private final Consumer<BlobId> free;

    /** Guarded by this. */
    private final Map<BlobId, Integer> pins = new HashMap<>();

    /** Released while pinned. Guarded by this. */
    private final Set<BlobId> doomed = new HashSet<>();

    /** @param free called for each released blob, once, when it is not pinned */
    public PinnedBlobs(Consumer<BlobId> free) {
        this.free = free;
    }

    /** As {@link BlobStore#pin}. */
    public BlobStore.Pin pin(List<BlobId> ids) {
        List<BlobId> pinned = List.copyOf(ids);
        synchronized (this) {
            pinned.forEach(id -> pins.merge(id, 1, Integer::sum));
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                unpin(pinned);
            }
        };
    }

    /** Frees blobs, at once or when their last pin is closed. */
    public void release(List<BlobId> ids) {
        for (BlobId id : ids) {
            synchronized (this) {
                if (pins.containsKey(id)) {
                    doomed.add(id);
                    continue;
                }
            }
            free.accept(id);
        }
    }

    private void unpin(List<BlobId> ids) {
        for (BlobId id : ids) {
            boolean last;
            synchronized (this) {
                boolean unused = pins.merge(id, -1, Integer::sum) == 0;
                if (unused) {
                    pins.remove(id);
                }
                last = unused && doomed.remove(id);
            }
            if (last) {
                free.accept(id);
            }
        }
    }
}

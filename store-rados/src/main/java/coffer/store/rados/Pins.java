package coffer.store.rados;

import coffer.store.BlobId;
import coffer.store.BlobStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The blobs that are read here, as they are told to the others with each renewal: for those of late it is enough to tell
 * how old they are; those that stay are named, or one slow reader would keep everything from being freed. Thread-safe.
 */
final class Pins {
    private static final int MOST_NAMED = 2000;

    private final long namedAfterNanos;

    /** In the order they were made. Guarded by this. */
    private final Map<Object, Open> open = new LinkedHashMap<>();

    /** How often has been renewed, as far as is known. Guarded by this. */
    private long renewals;

    /** @param namedAfterNanos how old a pin is that is named */
    Pins(long namedAfterNanos) {
        this.namedAfterNanos = namedAfterNanos;
    }

    private record Open(long renewals, long sinceNanos, List<BlobId> blobs) {}

    /** What the others are told: see {@link InstanceState}. */
    record Told(long oldest, List<Long> blobs) {}

    BlobStore.Pin pin(List<BlobId> ids) {
        Object key = new Object();
        List<BlobId> blobs = List.copyOf(ids);
        synchronized (this) {
            open.put(key, new Open(renewals, System.nanoTime(), blobs));
        }
        return () -> {
            synchronized (this) {
                open.remove(key);
            }
        };
    }

    /** Told of each renewal once it is known to have happened. */
    synchronized void renewed(long count) {
        renewals = count;
    }

    synchronized Told tell() {
        long now = System.nanoTime();
        List<Long> named = new ArrayList<>();
        for (Open pin : open.values()) {
            boolean isNew = now - pin.sinceNanos < namedAfterNanos;
            if (isNew || named.size() + pin.blobs.size() > MOST_NAMED) {
                return new Told(pin.renewals, named);
            }
            pin.blobs.forEach(blob -> named.add(blob.value()));
        }
        return new Told(InstanceState.NO_PIN, named);
    }
}

package coffer.object;

import coffer.bucket.Bucket;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts how often stored bytes were found damaged, and names the objects in the log. Thread-safe. */
public final class DamageLog {
    private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);

    /** An object that is read again and again is named once, unless so many others were damaged meanwhile. */
    private static final int REMEMBERED = 1024;

    private final AtomicLong count = new AtomicLong();

    /** What was found of whom. Guarded by itself. */
    private final LinkedHashMap<String, String> named = new LinkedHashMap<>();

    /**
     * Notes damage.
     *
     * @param key the object's
     * @param what a clause without a full stop
     */
    public void report(Bucket bucket, String key, String what) {
        count.incrementAndGet();
        String name = bucket.name() + "/" + key;
        if (isNew(name, what)) {
            LOG.error("DAMAGED: {}: {}. Restore it from a backup, or write it anew.", name, what);
        }
    }

    private boolean isNew(String name, String what) {
        synchronized (named) {
            boolean known = what.equals(named.put(name, what));
            if (named.size() > REMEMBERED) {
                named.pollFirstEntry();
            }
            return !known;
        }
    }

    /** How often damage was met since the start. */
    public long count() {
        return count.get();
    }
}

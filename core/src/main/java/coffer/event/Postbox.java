package coffer.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows in which buckets something was posted lately, so that nobody has to look into all of them. What it knows does not
 * outlive the process: who distributes events looks into all buckets now and then. Thread-safe.
 */
public final class Postbox {
    private final Set<String> buckets = ConcurrentHashMap.newKeySet();
    private volatile Runnable alarm = () -> {};

    /** Says who is to be told when something is posted: briefly, and by the thread that posts. */
    public void onPost(Runnable told) {
        alarm = told;
    }

    /** Something was posted. */
    public void posted(String bucketName) {
        if (buckets.add(bucketName)) {
            alarm.run();
        }
    }

    /** The buckets in which something was posted since this was asked last. */
    public List<String> take() {
        List<String> taken = new ArrayList<>(buckets);
        taken.forEach(buckets::remove);
        return taken;
    }
}

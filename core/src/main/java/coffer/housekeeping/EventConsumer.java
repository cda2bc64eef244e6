package coffer.housekeeping;

import coffer.bucket.Bucket;
import coffer.event.EventRows;
import java.util.List;
import java.util.Map;

/** Does with the events of queues what they are there for. Called for several queues at a time. */
interface EventConsumer {
    /** What the names of its queues begin with. */
    String queues();

    /**
     * Deals with the first events of a queue.
     *
     * @param due at least one, in order
     * @return how many of them are done with, from the first; fewer than there are if it has to be tried again later
     */
    int consume(Bucket bucket, String queue, List<EventRows.Queued> due);

    /** What it has done, see {@link coffer.background.Worker#figures}. */
    Map<String, Long> figures();
}

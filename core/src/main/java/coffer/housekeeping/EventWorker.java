package coffer.housekeeping;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.event.EventRows;
import coffer.event.Postbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Puts what has happened to objects into the queues of those who are to hear of it. */
final class EventWorker implements Worker {
    private static final long EVENTS_PER_SECOND = 20_000;

    /** It is woken when there is something to do, but for what was known to a process alone that was killed. */
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(5);

    private final EventRows rows;
    private final BucketService buckets;
    private final Postbox postbox;
    private final InstantSource clock;
    private final Consumer<Bucket> queued;
    private final AtomicLong distributed = new AtomicLong();
    private Instant looksEverywhere = Instant.MIN;

    /** @param queued told of each bucket where queues got longer */
    EventWorker(EventRows rows, BucketService buckets, Postbox postbox, InstantSource clock, Consumer<Bucket> queued) {
        this.rows = rows;
        this.buckets = buckets;
        this.postbox = postbox;
        this.clock = clock;
        this.queued = queued;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public void onStart(Runnable wake) {
        postbox.onPost(wake);
    }

    @Override
    public void begin() {
        looksEverywhere = Instant.MIN;
    }

    @Override
    public Set<String> errands() {
        return Set.copyOf(postbox.take());
    }

    @Override
    public void take(Set<String> errands) {
        errands.forEach(postbox::posted);
    }

    @Override
    public long unitsPerSecond() {
        return EVENTS_PER_SECOND;
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of("distributed", distributed.get());
    }

    @Override
    public Next work(Shift shift) {
        for (Bucket bucket : waiting()) {
            int some = -1;
            while (some != 0 && !shift.isOver()) {
                some = rows.distribute(bucket.space());
                distributed.addAndGet(some);
                if (some > 0) {
                    queued.accept(bucket);
                }
                shift.pace(some);
            }
            if (shift.isOver()) {
                postbox.posted(bucket.name());
            }
        }
        return new Next.At(looksEverywhere);
    }

    /** What was posted by processes that are no more is found by looking everywhere now and then. */
    private List<Bucket> waiting() {
        List<String> names = postbox.take();
        Instant now = clock.instant();
        if (!now.isBefore(looksEverywhere)) {
            looksEverywhere = now.plus(LOOKS_EVERY);
            return buckets.all();
        }
        return names.stream().flatMap(name -> buckets.find(name).stream()).toList();
    }
}

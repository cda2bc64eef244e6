package coffer.housekeeping;

import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.event.EventRows;
import coffer.event.EventType;
import coffer.event.ObjectEvent;
import coffer.object.Replicas;
import coffer.object.StoredObject;
import coffer.replication.ReplicationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Copies what happens in buckets to others. What happens to one key is copied in its order, different keys at once. A copy
 * is made if it is not there, so whatever is interrupted is done again, once.
 */
final class Replicator implements EventConsumer {
    private static final int KEYS_AT_ONCE = 8;

    private final BucketSettings settings;
    private final Replicas replicas;
    private final Destinations destinations;
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Replicator(BucketSettings settings, Replicas replicas, Destinations destinations) {
        this.settings = settings;
        this.replicas = replicas;
        this.destinations = destinations;
    }

    @Override
    public String queues() {
        return ReplicationRule.QUEUES;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("copied", copied.get());
        figures.put("impossible", failed.get());
        return figures;
    }

    @Override
    public int consume(Bucket bucket, String queue, List<EventRows.Queued> due) {
        String id = queue.substring(ReplicationRule.QUEUES.length());
        Optional<ReplicationRule> rule = settings.find(bucket, Settings.REPLICATION)
                .flatMap(rules -> rules.find(id))
                .filter(ReplicationRule::enabled);
        if (rule.isEmpty()) {
            due.forEach(queued -> settle(bucket, queued.event(), id, true));
            return due.size();
        }
        Optional<Destination> destination = destinations.of(bucket, rule.get());
        return destination.isEmpty() ? 0 : consume(bucket, rule.get(), destination.get(), due);
    }

    private int consume(Bucket bucket, ReplicationRule rule, Destination destination, List<EventRows.Queued> due) {
        Map<String, List<ObjectEvent>> byKey = new LinkedHashMap<>();
        due.forEach(queued -> byKey.computeIfAbsent(queued.event().key(), _ -> new ArrayList<>())
                .add(queued.event()));
        Semaphore places = new Semaphore(KEYS_AT_ONCE);
        Map<ObjectEvent, Boolean> done = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> keys = byKey.values().stream()
                    .<Future<?>>map(events -> threads.submit(() -> {
                        places.acquireUninterruptibly();
                        try {
                            ofOneKey(bucket, rule, destination, events, done);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            keys.forEach(QueueWorker::await);
        }
        return (int) IntStream.range(0, due.size())
                .takeWhile(i -> done.containsKey(due.get(i).event()))
                .count();
    }

    private void ofOneKey(
            Bucket bucket,
            ReplicationRule rule,
            Destination destination,
            List<ObjectEvent> events,
            Map<ObjectEvent, Boolean> done) {
        for (ObjectEvent event : events) {
            Destination.Outcome outcome = Cause.itself(Cause.Act.REPLICATION)
                    .during(() -> event.type() == EventType.MARKED
                            ? destination.mark(bucket, event)
                            : copy(bucket, rule, destination, event));
            if (outcome == Destination.Outcome.LATER) {
                return;
            }
            (outcome == Destination.Outcome.DONE ? copied : failed).incrementAndGet();
            done.put(event, true);
        }
    }

    private Destination.Outcome copy(Bucket bucket, ReplicationRule rule, Destination destination, ObjectEvent event) {
        Optional<StoredObject> source = replicas.find(bucket, event.key(), event.versionId());
        if (source.isEmpty()) {
            return Destination.Outcome.DONE; // deleted for good meanwhile, which is not copied
        }
        Destination.Outcome outcome = destination.copy(bucket, source.get());
        if (outcome != Destination.Outcome.LATER) {
            settle(bucket, event, rule.id(), outcome == Destination.Outcome.IMPOSSIBLE);
        }
        return outcome;
    }

    private void settle(Bucket bucket, ObjectEvent event, String rule, boolean impossible) {
        Cause.itself(Cause.Act.REPLICATION).during(() -> {
            replicas.settle(bucket, event.key(), event.versionId(), rule, impossible);
            return true;
        });
    }
}

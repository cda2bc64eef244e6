package coffer.housekeeping;

import coffer.background.MovableClock;
import coffer.background.Worker;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.event.EventRows;
import coffer.object.ObjectService;
import coffer.object.Replicas;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/** The workers through whose hands goes what happens to objects. */
public final class EventWorkers {
    /** A message tells of so many events at most. */
    private static final int EVENTS_IN_MESSAGE = 100;

    /** Of so many events those of different keys are copied at once. */
    private static final int COPIED_TOGETHER = 64;

    private EventWorkers() {}

    /** Makes them. */
    public static List<Worker> of(
            MetadataStore metadata,
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            Destinations destinations,
            Targets targets,
            Outbound outbound,
            InstantSource clock,
            UniqueIds ids) {
        InstantSource worldClock = MovableClock.ofTheWorld(clock);
        EventRows rows = new EventRows(metadata);
        Replicas replicas = new Replicas(metadata, objects, ids);
        QueueWorker notifications = new QueueWorker(
                "notifications",
                rows,
                buckets,
                clock,
                new Webhooks(settings, targets, outbound, clock, worldClock),
                EVENTS_IN_MESSAGE);
        QueueWorker replication = new QueueWorker(
                "replication", rows, buckets, clock, new Replicator(settings, replicas, destinations), COPIED_TOGETHER);
        EventWorker events = new EventWorker(rows, buckets, objects.postbox(), clock, bucket -> {
            notifications.changed(bucket);
            replication.changed(bucket);
        });
        BackfillWorker backfill =
                new BackfillWorker(metadata, buckets, settings, replicas, rows, clock, ids, replication::changed);
        return List.of(events, notifications, replication, backfill);
    }
}

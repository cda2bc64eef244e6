package coffer.pull;

import coffer.background.Worker;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectService;
import coffer.outbound.Outbound;
import coffer.record.UniqueIds;
import coffer.request.Handler;
import coffer.store.MetadataStore;
import java.time.InstantSource;

/** What buckets lack and where they get it. Thread-safe. */
public final class Origins {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final Loops loops;
    private final Pulls pulls;
    private final PullWorker worker;

    public Origins(
            MetadataStore metadata,
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            Outbound outbound,
            InstantSource clock,
            UniqueIds ids) {
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
        this.loops = new Loops(metadata, ids);
        this.pulls = new Pulls(new OriginFetch(new ObjectDelivery(objects), outbound));
        this.worker = new PullWorker(new PullRows(metadata), buckets, settings, objects, pulls, clock);
    }

    /** Reads objects that are there, and those that their buckets get from elsewhere. */
    public Handler behind(Handler read) {
        return new OriginPull(buckets, settings, objects, loops, pulls, worker, read);
    }

    /** What fetches objects behind the backs of clients. */
    public Worker worker() {
        return worker;
    }
}

package coffer.batch;

import coffer.background.Worker;
import coffer.bucket.BucketService;
import coffer.identity.RoleFinder;
import coffer.object.AccessControl;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectReader;
import coffer.object.ObjectService;
import coffer.request.Handler;
import java.time.InstantSource;

/** The parts of batch jobs, wired by hand. */
public final class Batch {
    private Batch() {}

    /** What does with one object what jobs do with many. */
    public record Tasks(Handler copy, Handler restore, Handler putTags) {}

    /**
     * The worker.
     *
     * @param tasksPerSecond how fast it may be, from 1
     */
    public static Worker worker(
            BatchJobs jobs,
            BucketService buckets,
            ObjectService objects,
            AccessControl access,
            RoleFinder roles,
            Tasks tasks,
            InstantSource clock,
            long tasksPerSecond) {
        ObjectReader reader = new ObjectReader(objects);
        return new BatchWorker(
                jobs,
                buckets,
                reader,
                new TaskRunner(buckets, reader, access, tasks),
                new ReportWriter(jobs, buckets, new ObjectDelivery(objects)),
                roles,
                clock,
                tasksPerSecond);
    }
}

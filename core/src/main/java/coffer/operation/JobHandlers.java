package coffer.operation;

import coffer.batch.Batch;
import coffer.batch.JobCalls;
import coffer.object.CopyObject;
import coffer.object.RestoreObject;
import coffer.request.Handler;

/** Handlers of batch jobs, and what jobs do with each object. */
public final class JobHandlers {
    private JobHandlers() {}

    private static JobCalls calls(Services services) {
        return new JobCalls(
                services.batchJobs(),
                services.buckets(),
                services.access(),
                services.roles(),
                services.clock(),
                services.ids());
    }

    static Handler create(Services services) {
        return calls(services).create();
    }

    static Handler describe(Services services) {
        return calls(services).describe();
    }

    static Handler list(Services services) {
        return calls(services).list();
    }

    static Handler updatePriority(Services services) {
        return calls(services).updatePriority();
    }

    static Handler updateStatus(Services services) {
        return calls(services).updateStatus();
    }

    static Handler delete(Services services) {
        return calls(services).delete();
    }

    /** What requests do with one object. */
    public static Batch.Tasks tasks(Services services) {
        return new Batch.Tasks(
                new CopyObject(
                        services.buckets(), services.objects(), services.access(), services.clock(), services.ids()),
                new RestoreObject(services.buckets(), services.objects(), services.restoreDelays()),
                Handlers.tags(services).put());
    }
}

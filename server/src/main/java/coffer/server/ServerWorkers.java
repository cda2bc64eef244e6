package coffer.server;

import coffer.accesslog.LogSpool;
import coffer.background.Worker;
import coffer.batch.Batch;
import coffer.cam.Cam;
import coffer.fetch.FetchWorker;
import coffer.housekeeping.AccessLogWorker;
import coffer.housekeeping.EventWorkers;
import coffer.housekeeping.InventoryWorker;
import coffer.housekeeping.LifecycleWorker;
import coffer.housekeeping.RecoveryWorker;
import coffer.integrity.Scrubber;
import coffer.lifecycle.LifecycleDays;
import coffer.object.ObjectAging;
import coffer.object.ObjectDelivery;
import coffer.operation.JobHandlers;
import coffer.operation.Services;
import coffer.store.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the store does by itself, wired by hand. */
final class ServerWorkers {
    /** Between the beginnings of two scrubs. */
    private static final Duration SCRUB_EVERY = Duration.ofDays(7);

    /** A hundred million rows in three hours; three times as many cost others half of their pace. */
    private static final long LIFECYCLE_ROWS_PER_SECOND = 10_000;

    private static final long MIB = 1024 * 1024;

    /** About what as many clients get done. */
    private static final long BATCH_TASKS_PER_SECOND = 2_000;

    private ServerWorkers() {}

    /** What the store does by itself. */
    static List<Worker> of(
            CofferConfig config, Engine engine, Cam cam, Services services, LogSpool spool, FetchWorker fetches) {
        List<Worker> workers = new ArrayList<>();
        if (config.scrubMibPerSecond() > 0) {
            workers.add(new Scrubber(
                    engine,
                    services.contentKeys(),
                    services.buckets(),
                    services.objects().contents().damage(),
                    services.clock(),
                    new Scrubber.Options(config.scrubMibPerSecond() * MIB, SCRUB_EVERY)));
        }
        workers.add(new LifecycleWorker(
                engine.metadata(),
                services.buckets(),
                services.settings(),
                new ObjectAging(engine.metadata(), services.objects()),
                services.uploads(),
                services.clock(),
                LifecycleDays.REAL,
                LIFECYCLE_ROWS_PER_SECOND));
        workers.add(new InventoryWorker(
                engine.metadata(),
                services.buckets(),
                services.inventories(),
                new ObjectDelivery(services.objects()),
                services.clock(),
                InventoryWorker.Options.USUAL));
        workers.add(Batch.worker(
                services.batchJobs(),
                services.buckets(),
                services.objects(),
                services.access(),
                services.roles(),
                JobHandlers.tasks(services),
                services.clock(),
                BATCH_TASKS_PER_SECOND));
        workers.add(fetches);
        workers.addAll(EventWorkers.of(
                engine.metadata(),
                services.buckets(),
                services.settings(),
                services.objects(),
                services.destinations(),
                services.targets(),
                services.outbound(),
                services.clock(),
                services.ids()));
        workers.add(new AccessLogWorker(
                spool,
                services.buckets(),
                services.objects(),
                new ObjectDelivery(services.objects()),
                services.clock()));
        workers.add(services.origins().worker());
        workers.add(new RecoveryWorker(services.buckets(), cam.accounts(), services.clock()));
        return workers;
    }
}

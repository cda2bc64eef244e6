package coffer.batch;

import coffer.api.CosException;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.batch.Job.Failure;
import coffer.batch.Job.Progress;
import coffer.batch.JobCreator.Askers;
import coffer.bucket.BucketService;
import coffer.identity.Principal;
import coffer.identity.RoleFinder;
import coffer.object.ObjectReader;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the tasks of jobs, of one job at a time, the one of the highest priority. Some tasks are done at once, then what became
 * of them is kept together with how far the job is: after a crash, no more than those few are done again, which does no
 * harm.
 */
public final class BatchWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

    /** So many tasks are done at once, and at most so many are done again after a crash. */
    private static final int AT_ONCE = 32;

    /** Source: COS API reference, "DescribeJob": a job fails if of this many tasks more than half failed. */
    private static final int ENOUGH_TO_FAIL = 1000;

    /** It is woken when there is something to do, but for what was known to a process alone that was killed. */
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(5);

    private static final String CHANGED = "changed";

    private final BatchJobs jobs;
    private final BucketService buckets;
    private final ObjectReader objects;
    private final TaskRunner runner;
    private final ReportWriter reports;
    private final RoleFinder roles;
    private final InstantSource clock;
    private final long tasksPerSecond;
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** The changes that the leader was told of. */
    private long toldChanges;

    BatchWorker(
            BatchJobs jobs,
            BucketService buckets,
            ObjectReader objects,
            TaskRunner runner,
            ReportWriter reports,
            RoleFinder roles,
            InstantSource clock,
            long tasksPerSecond) {
        this.jobs = jobs;
        this.buckets = buckets;
        this.objects = objects;
        this.runner = runner;
        this.reports = reports;
        this.roles = roles;
        this.clock = clock;
        this.tasksPerSecond = tasksPerSecond;
    }

    @Override
    public String name() {
        return "batch-jobs";
    }

    @Override
    public long unitsPerSecond() {
        return tasksPerSecond;
    }

    @Override
    public void onStart(Runnable wake) {
        jobs.onChange(wake);
    }

    @Override
    public Set<String> errands() {
        long changes = jobs.changes();
        boolean isNew = changes != toldChanges;
        toldChanges = changes;
        return isNew ? Set.of(CHANGED) : Set.of();
    }

    @Override
    public void take(Set<String> errands) {
        jobs.changed();
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("succeeded", succeeded.get());
        figures.put("failed", failed.get());
        return figures;
    }

    @Override
    public Next work(Shift shift) {
        Instant now = clock.instant();
        jobs.purge(now);
        Optional<Job> next = next();
        while (next.isPresent() && !shift.isOver()) {
            Job job = next.get();
            if (job.status().isEnding()) {
                end(job);
            } else if (job.status().isRunnable()) {
                run(job, shift);
            } else {
                prepare(job, shift);
            }
            next = next();
        }
        return next.isPresent() ? new Next.Now() : new Next.At(now.plus(LOOKS_EVERY));
    }

    /** What is to be done first: what is over is ended, what is new is looked at, then priorities count. */
    private Optional<Job> next() {
        return jobs.all(job -> !job.status().isFinal() && job.status() != JobStatus.SUSPENDED).stream()
                .min(Comparator.comparingInt(BatchWorker::rank)
                        .thenComparing(Comparator.comparingInt(Job::priority).reversed())
                        .thenComparing(job -> job.status() != JobStatus.ACTIVE)
                        .thenComparing(Job::created)
                        .thenComparing(Job::id));
    }

    private static int rank(Job job) {
        if (job.status().isEnding()) {
            return 0;
        }
        return job.status().isRunnable() ? 2 : 1;
    }

    private ManifestReader open(Job job, Askers askers) {
        return new ManifestReader(
                buckets,
                objects,
                job.request().manifest(),
                (bucket, key, versionId) -> runner.require(askers, "GetObject", bucket, key, versionId));
    }

    /** Who asks for its tasks; empty if the role is gone. */
    private Optional<Askers> askers(Job job) {
        Optional<String> named = job.request().roleName();
        Optional<Principal.Role> role =
                named.flatMap(name -> roles.find(job.creator().principal().account(), name));
        return named.isPresent() && role.isEmpty()
                ? Optional.empty()
                : Optional.of(job.creator().askers(role));
    }

    /** Reads the list once, so that nothing is done by one that is wrong somewhere. */
    private void prepare(Job job, Shift shift) {
        edit(job, JobStatus.PREPARING);
        attempt(job, askers -> {
            long total = 0;
            try (ManifestReader manifest = open(job, askers)) {
                while (manifest.next().isPresent()) {
                    total++;
                    if (shift.isOver()) {
                        return; // it is read again
                    }
                }
            }
            Progress progress = new Progress(total, 0, 0, 0);
            Optional<Job> _ = jobs.edit(job, now -> {
                if (now.status() != JobStatus.PREPARING) {
                    // If its tasks have begun, another process has prepared it and leads by now.
                    return now.progress().done() > 0 ? now : now.with(progress);
                }
                return now.request().needsConfirmation()
                        ? now.with(progress).suspendedAt(clock.instant())
                        : now.with(progress).with(JobStatus.READY);
            });
        });
    }

    @FunctionalInterface
    private interface Step {
        void run(Askers askers);
    }

    /** What a client would be refused makes the job fail. */
    private void attempt(Job job, Step step) {
        try {
            Optional<Askers> askers = askers(job);
            if (askers.isEmpty()) {
                fail(job, "AccessDenied", "The role of the job does not exist any more.");
                return;
            }
            step.run(askers.get());
        } catch (CosException e) {
            fail(job, e.error().code(), e.message());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT) {
                throw e;
            }
            LOG.error("The job {} cannot be done: {}", job.id(), e.getMessage());
            fail(job, "InternalError", "The manifest is damaged.");
        }
    }

    private void fail(Job job, String code, String text) {
        Optional<Job> _ =
                jobs.edit(job, now -> now.status().isCancellable() ? now.failing(new Failure(code, text)) : now);
    }

    /** Changes the status, unless somebody has called the job off. */
    private Optional<Job> edit(Job job, JobStatus status) {
        return jobs.edit(job, now -> now.status().isCancellable() ? now.with(status) : now);
    }

    private void run(Job ready, Shift shift) {
        jobs.all(other -> other.status() == JobStatus.ACTIVE && !other.id().equals(ready.id()))
                .forEach(other -> edit(other, JobStatus.PAUSED));
        Optional<Job> active = edit(ready, JobStatus.ACTIVE);
        if (active.isPresent()) {
            attempt(ready, askers -> {
                try (ManifestReader manifest = open(active.get(), askers)) {
                    tasks(active.get(), manifest, askers, shift);
                }
            });
        }
    }

    private void tasks(Job begun, ManifestReader manifest, Askers askers, Shift shift) {
        Job job = begun;
        for (long i = 0; i < job.progress().done() && !shift.isOver(); i++) {
            Optional<JobTask> _ = manifest.next();
        }
        long changes = jobs.changes();
        while (job.status() == JobStatus.ACTIVE && !shift.isOver()) {
            List<JobTask> some = take(manifest);
            if (some.isEmpty()) {
                edit(job, JobStatus.COMPLETING);
                return;
            }
            List<TaskResult> results = run(job.request().operation(), some, askers);
            count(results);
            Optional<Job> next = jobs.add(job, results);
            if (next.isEmpty()) {
                return;
            }
            job = next.get();
            if (job.progress().done() >= ENOUGH_TO_FAIL
                    && job.progress().failed() * 2 > job.progress().done()) {
                fail(job, "TasksFailed", "More than half of its tasks failed.");
                return;
            }
            if (jobs.changes() != changes) {
                changes = jobs.changes();
                String id = job.id();
                if (next().filter(first -> !first.id().equals(id)).isPresent()) {
                    return; // something else comes first
                }
            }
            shift.pace(some.size());
        }
    }

    private static List<JobTask> take(ManifestReader manifest) {
        List<JobTask> some = new ArrayList<>();
        while (some.size() < AT_ONCE) {
            Optional<JobTask> task = manifest.next();
            if (task.isEmpty()) {
                break;
            }
            some.add(task.get());
        }
        return some;
    }

    private void count(List<TaskResult> results) {
        long good = results.stream().filter(TaskResult::isSuccess).count();
        succeeded.addAndGet(good);
        failed.addAndGet(results.size() - good);
    }

    /** All at once: they wait for the same sync of the disk. */
    private List<TaskResult> run(JobOperation operation, List<JobTask> tasks, Askers askers) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TaskResult>> running = tasks.stream()
                    .map(task -> executor.submit(() -> runner.run(operation, task, askers)))
                    .toList();
            List<TaskResult> results = new ArrayList<>();
            for (Future<TaskResult> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "the server stops", e);
        }
    }

    /** Writes the report, then nothing more becomes of the job. */
    private void end(Job job) {
        Instant now = clock.instant();
        try {
            job.request().report().ifPresent(report -> reports.write(job, report, now));
        } catch (CosException e) {
            LOG.warn("The report of the job {} was not written: {}", job.id(), e.message());
        }
        JobStatus last = switch (job.status()) {
            case CANCELLING -> JobStatus.CANCELLED;
            case FAILING -> JobStatus.FAILED;
            default -> JobStatus.COMPLETE;
        };
        Optional<Job> ended = jobs.edit(job, seen -> seen.endedAt(now, last));
        ended.ifPresent(jobs::dropResults);
    }
}

package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.BucketService;
import coffer.identity.Account;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch jobs of all accounts. Thread-safe.
 *
 * <p>Rows, all in the space {@code system} with the account's APPID as key: {@code J} with the id as suffix holds a
 * {@link Job}; {@code T} with its token as suffix says that the token is used; {@code R} with the id and a number as
 * suffix holds a page of results, written together with the progress that it makes.
 */
public final class BatchJobs {
    private static final Logger LOG = LoggerFactory.getLogger(BatchJobs.class);

    private static final char JOB = 'J';
    private static final char TOKEN = 'T';
    private static final char RESULT = 'R';
    private static final int FORMAT = 1;

    /** Those of an account that are not ended yet. */
    private static final int MOST_OPEN = 1000;

    /** Source: COS API reference, "ListJobs". */
    static final Duration KEPT = Duration.ofDays(90);

    private static final int MAX_ATTEMPTS = 100;
    private static final int CHANGES_AT_ONCE = 1000;

    private final MetadataStore metadata;
    private final AtomicLong changes = new AtomicLong();
    private volatile Runnable listener = () -> {};

    public BatchJobs(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** Results as they are stored: the lines of a report. */
    record Page(String succeeded, String failed) {}

    /** Has somebody told when a job was made or changed. */
    void onChange(Runnable other) {
        listener = other;
    }

    /** Grows with each change that somebody else than the worker makes. */
    long changes() {
        return changes.get();
    }

    /** Somebody else than the worker made or changed a job, here or in another process. */
    void changed() {
        changes.incrementAndGet();
        listener.run();
    }

    private static RowGroup group(String appId) {
        return new RowGroup(BucketService.SYSTEM, appId);
    }

    private static RowKey key(Job job) {
        return group(job.creator().principal().account().appId()).row(JOB, job.id());
    }

    /**
     * Keeps a new one.
     *
     * @throws CosException {@code InvalidRequest} if its token was used, {@code TooManyJobs}
     */
    void create(Job job) {
        RowKey key = key(job);
        RowKey token = key.group().row(TOKEN, job.request().token());
        Account account = job.creator().principal().account();
        if (list(account, other -> !other.status().isFinal()).size() >= MOST_OPEN) {
            throw CosError.TOO_MANY_JOBS.exception();
        }
        byte[] used = new RecordWriter(FORMAT).text(job.id()).toBytes();
        boolean isNew = metadata.commit(Commit.ofRows(
                key.group(),
                List.of(Expected.absent(token)),
                List.of(Change.put(key, job.toBytes()), Change.put(token, used))));
        if (!isNew) {
            throw CosError.INVALID_REQUEST.because("The ClientRequestToken was used for another job.");
        }
        changed();
    }

    Optional<Job> find(Account account, String id) {
        return id.matches("[0-9a-f-]{36}")
                ? metadata.get(group(account.appId()).row(JOB, id)).map(BatchJobs::job)
                : Optional.empty();
    }

    /** Those of an account, the newest first. */
    List<Job> list(Account account, Predicate<Job> which) {
        List<Job> jobs = new ArrayList<>();
        try (RowCursor rows = metadata.scan(BucketService.SYSTEM, JOB, account.appId(), "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && row.get().key().group().key().equals(account.appId())) {
                Optional.of(job(row.get())).filter(which).ifPresent(jobs::add);
                row = rows.next();
            }
        }
        jobs.sort(Comparator.comparing(Job::created).reversed().thenComparing(Job::id));
        return jobs;
    }

    /** Those of all accounts; what cannot be read any more is left alone. */
    List<Job> all(Predicate<Job> which) {
        List<Job> jobs = new ArrayList<>();
        try (RowCursor rows = metadata.scan(BucketService.SYSTEM, JOB, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                readable(row.get()).filter(which).ifPresent(jobs::add);
            }
        }
        return jobs;
    }

    private static Optional<Job> readable(Row row) {
        try {
            return Optional.of(job(row));
        } catch (StoreException e) {
            LOG.error("A job is not done: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Job job(Row row) {
        try {
            return Job.fromBytes(row.value());
        } catch (CosException e) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "the job " + row.key().suffix() + " cannot be understood", e);
        }
    }

    /**
     * Changes one, for a client.
     *
     * @param change what it is to be; its exceptions are passed on
     * @throws CosException {@code NoSuchJob}
     */
    Job update(Account account, String id, UnaryOperator<Job> change) {
        Job changed = find(account, id).flatMap(job -> edit(job, change)).orElseThrow(CosError.NO_SUCH_JOB::exception);
        changed();
        return changed;
    }

    /**
     * Changes one as it is now, for the worker.
     *
     * @return empty if it is gone
     */
    Optional<Job> edit(Job seen, UnaryOperator<Job> change) {
        return edit(seen, job -> Optional.of(change.apply(job)), List.of());
    }

    /**
     * Keeps results of tasks together with the progress that they make.
     *
     * @return empty if the job is gone, or another process does its tasks
     */
    Optional<Job> add(Job seen, List<TaskResult> results) {
        StringBuilder succeeded = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        results.forEach(result -> (result.isSuccess() ? succeeded : failed).append(result.line()));
        long good = results.stream().filter(TaskResult::isSuccess).count();
        Job.Progress before = seen.progress();
        Job.Progress after = new Job.Progress(
                before.total(), before.succeeded() + good, before.failed() + results.size() - good, before.pages() + 1);
        byte[] page = new RecordWriter(FORMAT)
                .text(succeeded.toString())
                .text(failed.toString())
                .toBytes();
        Change put = new Change.Put(RESULT, suffix(seen.id(), before.pages()), page, Optional.empty());
        return edit(
                seen,
                job -> job.progress().equals(before) ? Optional.of(job.with(after)) : Optional.empty(),
                List.of(put));
    }

    private static String suffix(String id, long page) {
        return "%s-%012d".formatted(id, page);
    }

    private Optional<Job> edit(Job seen, Function<Job, Optional<Job>> change, List<Change> more) {
        RowKey key = key(seen);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<Row> row = metadata.get(key);
            Optional<Job> next = row.map(BatchJobs::job).flatMap(change);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            List<Change> all = new ArrayList<>(more);
            all.add(Change.put(key, next.get().toBytes()));
            if (metadata.commit(Commit.ofRows(key.group(), List.of(Expected.of(key, row)), all))) {
                return next;
            }
        }
        throw CosError.PATH_CONFLICT.because("Others are changing the job all the time; try again.");
    }

    /** A page of the results of a job; empty behind the last. */
    Optional<Page> page(Job job, long number) {
        return metadata.get(key(job).group().row(RESULT, suffix(job.id(), number)))
                .map(row -> {
                    RecordReader in = new RecordReader(row.value(), FORMAT);
                    return new Page(in.text(), in.text());
                });
    }

    /** Forgets the results of a job, once they are reported. */
    void dropResults(Job job) {
        for (long from = 0; from < job.progress().pages(); from += CHANGES_AT_ONCE) {
            List<Change> gone = new ArrayList<>();
            for (long page = from;
                    page < Math.min(from + CHANGES_AT_ONCE, job.progress().pages());
                    page++) {
                gone.add(new Change.Delete(RESULT, suffix(job.id(), page)));
            }
            boolean _ = metadata.commit(Commit.ofRows(key(job).group(), List.of(), gone));
        }
    }

    /** Forgets a job that is ended, with its token and its results. */
    void remove(Job job) {
        dropResults(job);
        RowKey key = key(job);
        boolean _ = metadata.commit(Commit.ofRows(
                key.group(),
                List.of(),
                List.of(
                        Change.delete(key),
                        new Change.Delete(TOKEN, job.request().token()))));
    }

    /** Forgets those that ended long ago. */
    void purge(Instant now) {
        all(job -> job.status().isFinal() && job.created().plus(KEPT).isBefore(now))
                .forEach(this::remove);
    }
}

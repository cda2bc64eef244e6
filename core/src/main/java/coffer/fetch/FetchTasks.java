package coffer.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.record.UniqueIds;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of all buckets: a row each, and in memory which of them are due when. Thread-safe. */
public final class FetchTasks {
    private static final Logger LOG = LoggerFactory.getLogger(FetchTasks.class);

    /** Tasks that have not ended, of all accounts: some 20 MB of memory. */
    static final int MOST_WAITING = 100_000;

    private static final char TASK = 'f';
    private static final int PAGE = 1000;

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final UniqueIds ids;

    /** Guards the tasks that wait. */
    private final Object lock = new Object();

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::due));
    private int unfinished;

    /** Of those that are being fetched. */
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();

    private record Waiting(Instant due, String id) {}

    /** How far a fetch is; {@code totalBytes} is -1 if the origin does not say. */
    static final class Progress {
        private final long totalBytes;
        private final AtomicLong doneBytes = new AtomicLong();

        Progress(long totalBytes) {
            this.totalBytes = totalBytes;
        }

        void add(long bytes) {
            doneBytes.addAndGet(bytes);
        }

        /** 0 to 99: it is not done before it is there. */
        int percent() {
            return totalBytes <= 0 ? 0 : (int) Math.min(99, doneBytes.get() * 100 / totalBytes);
        }
    }

    public FetchTasks(MetadataStore metadata, InstantSource clock, UniqueIds ids) {
        this.metadata = metadata;
        this.clock = clock;
        this.ids = ids;
    }

    /** Takes up what an earlier server left; called once, before anything is ordered. */
    public void load() {
        String from = "";
        List<FetchTask> page = page(from);
        while (!page.isEmpty()) {
            page.stream().filter(task -> task.stage() != FetchTask.Stage.ENDED).forEach(task -> {
                synchronized (lock) {
                    unfinished++;
                    waiting.add(new Waiting(task.due(), task.id()));
                }
            });
            from = page.getLast().id() + '\u0000';
            page = page(from);
        }
    }

    private List<FetchTask> page(String from) {
        List<FetchTask> page = new ArrayList<>();
        try (RowCursor rows = metadata.scan(BucketService.SYSTEM, TASK, from, "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && page.size() < PAGE) {
                page.add(FetchTask.fromRow(row.get()));
                row = rows.next();
            }
        }
        return page;
    }

    private static RowKey row(String id) {
        return new RowGroup(BucketService.SYSTEM, id).row(TASK);
    }

    /**
     * Takes an order; it is durable when this returns.
     *
     * @throws CosException {@code ServiceUnavailable} if too many wait
     */
    FetchTask order(Bucket bucket, FetchOrder order) {
        synchronized (lock) {
            if (unfinished >= MOST_WAITING) {
                throw CosError.SERVICE_UNAVAILABLE.because("Too many fetch tasks wait; try again later.");
            }
            unfinished++;
        }
        boolean kept = false;
        try {
            // Base64 of letters and digits has neither slashes nor pluses.
            String id = Base64.getEncoder().encodeToString(ids.next().getBytes(US_ASCII));
            FetchTask task = FetchTask.of(id, bucket.name(), bucket.space(), order, clock.instant());
            boolean _ = metadata.commit(Commit.put(row(id), task.toBytes()));
            kept = true;
            putBack(task);
            return task;
        } finally {
            if (!kept) {
                finished();
            }
        }
    }

    private void finished() {
        synchronized (lock) {
            unfinished--;
        }
    }

    /** The task of a bucket. */
    Optional<FetchTask> find(Bucket bucket, String id) {
        return find(id).filter(task -> task.space().equals(bucket.space()));
    }

    private Optional<FetchTask> find(String id) {
        return metadata.get(row(id)).map(FetchTask::fromRow);
    }

    /** How far a task is, 0 to 100. */
    int percent(FetchTask task) {
        if (task.stage() != FetchTask.Stage.FETCHING) {
            return task.result().filter(FetchTask.Result::isDone).isPresent() ? 100 : 0;
        }
        return Optional.ofNullable(progress.get(task.id()))
                .map(Progress::percent)
                .orElse(0);
    }

    /** Begins to watch how a fetch gets on; until {@link #update} or {@link #putBack}. */
    Progress watch(FetchTask task, long totalBytes) {
        Progress begun = new Progress(totalBytes);
        progress.put(task.id(), begun);
        return begun;
    }

    /** The task that has been due for longest; nobody else gets it before it is put back. */
    Optional<FetchTask> take() {
        while (true) {
            Waiting first;
            synchronized (lock) {
                first = waiting.peek();
                if (first == null || first.due.isAfter(clock.instant())) {
                    return Optional.empty();
                }
                waiting.remove();
            }
            try {
                Optional<FetchTask> task = find(first.id);
                if (task.isPresent()) {
                    return task;
                }
                finished();
            } catch (StoreException e) {
                synchronized (lock) {
                    waiting.add(first);
                }
                throw e;
            }
        }
    }

    /** Gives a task back as it was taken. */
    void putBack(FetchTask task) {
        progress.remove(task.id());
        synchronized (lock) {
            waiting.add(new Waiting(task.due(), task.id()));
        }
    }

    /** Keeps how far a task that was taken has come. */
    void update(FetchTask task) {
        boolean _ = metadata.commit(Commit.put(row(task.id()), task.toBytes()));
        progress.remove(task.id());
        if (task.stage() == FetchTask.Stage.ENDED) {
            finished();
        } else {
            putBack(task);
        }
    }

    /** How many have not ended. */
    int unfinished() {
        synchronized (lock) {
            return unfinished;
        }
    }

    /** Forgets tasks that ended before a time. */
    void forget(Instant before) {
        String from = "";
        List<FetchTask> page = page(from);
        long forgotten = 0;
        while (!page.isEmpty()) {
            for (FetchTask task : page) {
                if (task.stage() == FetchTask.Stage.ENDED && task.due().isBefore(before)) {
                    RowKey row = row(task.id());
                    boolean _ = metadata.commit(Commit.ofRows(row.group(), List.of(), List.of(Change.delete(row))));
                    forgotten++;
                }
            }
            from = page.getLast().id() + '\u0000';
            page = page(from);
        }
        if (forgotten > 0) {
            LOG.info("{} fetch tasks were forgotten, which had ended long ago.", forgotten);
        }
    }
}

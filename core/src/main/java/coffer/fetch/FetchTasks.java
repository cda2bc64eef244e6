package coffer.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.record.UniqueIds;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of all buckets: a row each and, in the memory of the process that has them done, which of them are due when.
 * Thread-safe.
 *
 * <p>Rows in the space {@code system}: {@code f} with the task's id as key; {@code s} with the key {@code fetches}, the
 * {@link FetchState}.
 */
public final class FetchTasks {
    private static final Logger LOG = LoggerFactory.getLogger(FetchTasks.class);

    /** Tasks that have not ended, of all accounts: some 20 MB of memory. */
    static final int MOST_WAITING = 100_000;

    private static final char TASK = 'f';
    private static final RowKey STATE = new RowGroup(BucketService.SYSTEM, "fetches").row('s');
    private static final int PAGE = 1000;

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final UniqueIds ids;
    private volatile Runnable alarm = () -> {};

    /** Guards what follows. */
    private final Object lock = new Object();

    /** Tasks that are not among those that wait yet, in the order they came. */
    private final Set<String> ordered = new LinkedHashSet<>();

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparingLong(Waiting::number));

    /** How many have waited: of two that fall due together the first one is done first. */
    private long numbers;

    /** Those that wait or were taken. */
    private final Set<String> unfinished = new HashSet<>();

    /** As they were read when they were taken, by id. */
    private final Map<String, Row> taken = new HashMap<>();

    /** Of those that are being fetched. */
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();

    private FetchState published = FetchState.NONE;

    private record Waiting(Instant due, long number, String id) {}

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

    /** Has somebody told when something is ordered. */
    void onOrder(Runnable told) {
        alarm = told;
    }

    /** Takes up all tasks there are, whoever has done them so far. */
    void load() {
        synchronized (lock) {
            waiting.clear();
            unfinished.clear();
            taken.clear();
        }
        progress.clear();
        String from = "";
        List<FetchTask> page = page(from);
        while (!page.isEmpty()) {
            page.forEach(this::takeUp);
            from = page.getLast().id() + '\u0000';
            page = page(from);
        }
    }

    private void takeUp(FetchTask task) {
        synchronized (lock) {
            if (task.stage() != FetchTask.Stage.ENDED && unfinished.add(task.id())) {
                waiting.add(new Waiting(task.due(), numbers++, task.id()));
            }
        }
    }

    /** Tasks were ordered, here or in another process. */
    void ordered(Set<String> others) {
        synchronized (lock) {
            ordered.addAll(others);
        }
        alarm.run();
    }

    /** Takes what was ordered since this was asked last. */
    Set<String> takeOrdered() {
        synchronized (lock) {
            Set<String> since = new LinkedHashSet<>(ordered);
            ordered.clear();
            return since;
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
        if (Math.max(state().unfinished(), unfinished()) >= MOST_WAITING) {
            throw CosError.SERVICE_UNAVAILABLE.because("Too many fetch tasks wait; try again later.");
        }
        // Base64 of letters and digits has neither slashes nor pluses.
        String id = Base64.getEncoder().encodeToString(ids.next().getBytes(US_ASCII));
        FetchTask task = FetchTask.of(id, bucket.name(), bucket.space(), order, clock.instant());
        boolean _ = metadata.commit(Commit.put(row(id), task.toBytes()));
        ordered(Set.of(id));
        return task;
    }

    private FetchState state() {
        return metadata.get(STATE).map(row -> FetchState.fromBytes(row.value())).orElse(FetchState.NONE);
    }

    /** Lets other processes know how far this one is. */
    void publish() {
        Map<String, Integer> percents = new HashMap<>();
        progress.forEach((id, far) -> percents.put(id, far.percent()));
        FetchState now = new FetchState(unfinished(), percents);
        if (!now.equals(published)) {
            boolean _ = metadata.commit(Commit.put(STATE, now.toBytes()));
            published = now;
        }
    }

    /** The task of a bucket. */
    Optional<FetchTask> find(Bucket bucket, String id) {
        return find(id).filter(task -> task.space().equals(bucket.space()));
    }

    private Optional<FetchTask> find(String id) {
        return metadata.get(row(id)).map(FetchTask::fromRow);
    }

    /** How far a task is, 0 to 100; while another process fetches it, as that one let this one know. */
    int percent(FetchTask task) {
        if (task.stage() != FetchTask.Stage.FETCHING) {
            return task.result().filter(FetchTask.Result::isDone).isPresent() ? 100 : 0;
        }
        return Optional.ofNullable(progress.get(task.id()))
                .map(Progress::percent)
                .orElseGet(() -> state().percents().getOrDefault(task.id(), 0));
    }

    /** Begins to watch how a fetch gets on; until {@link #update} or {@link #putBack}. */
    Progress watch(FetchTask task, long totalBytes) {
        Progress begun = new Progress(totalBytes);
        progress.put(task.id(), begun);
        return begun;
    }

    /** The task that has been due for longest; nobody else here gets it before it is put back. */
    Optional<FetchTask> take() {
        takeUpOrdered();
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
                Optional<Row> row = metadata.get(row(first.id));
                if (row.isPresent()) {
                    synchronized (lock) {
                        taken.put(first.id, row.get());
                    }
                    return row.map(FetchTask::fromRow);
                }
                leave(first.id);
            } catch (StoreException e) {
                synchronized (lock) {
                    waiting.add(first);
                }
                throw e;
            }
        }
    }

    private void takeUpOrdered() {
        Set<String> since = takeOrdered();
        try {
            since.forEach(id -> find(id).ifPresent(this::takeUp));
        } catch (StoreException e) {
            synchronized (lock) {
                ordered.addAll(since);
            }
            throw e;
        }
    }

    private void leave(String id) {
        progress.remove(id);
        synchronized (lock) {
            unfinished.remove(id);
            taken.remove(id);
        }
    }

    /** Gives a task back as it was taken. */
    void putBack(FetchTask task) {
        leave(task.id());
        takeUp(task);
    }

    /** Keeps how far a task that was taken has come, unless another process has brought it farther. */
    void update(FetchTask task) {
        Optional<Row> seen;
        synchronized (lock) {
            seen = Optional.ofNullable(taken.get(task.id()));
        }
        RowKey key = row(task.id());
        boolean isKept = seen.isPresent()
                && metadata.commit(Commit.ofRows(
                        key.group(), List.of(Expected.of(key, seen)), List.of(Change.put(key, task.toBytes()))));
        leave(task.id());
        (isKept ? Optional.of(task) : find(task.id())).ifPresent(this::takeUp);
    }

    /** How many have not ended, as far as this process knows. */
    int unfinished() {
        synchronized (lock) {
            return unfinished.size() + ordered.size();
        }
    }

    /**
     * Forgets tasks that ended before a time, and takes up those that this process has not been told of, since another one was
     * killed before it did.
     */
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
                } else {
                    takeUp(task);
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

package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commits to one leaf. The cluster compares and changes an object for one operation at a time, some hundred times a second
 * whatever waits; so one operation is under way, and what comes meanwhile goes into the next one together. Whoever comes
 * first writes for all. Thread-safe.
 */
final class LeafCommitter {
    private final Pool pool;
    private final Leaf leaf;
    private final LeafCounts counts;

    /** Guarded by this. */
    private final Deque<PendingCommit> waiting = new ArrayDeque<>();

    /** Whether somebody writes. Guarded by this. */
    private boolean busy;

    /** Rows written since somebody asked. Guarded by this. */
    private long rowsWritten;

    LeafCommitter(Pool pool, Leaf leaf, LeafCounts counts) {
        this.pool = pool;
        this.leaf = leaf;
        this.counts = counts;
    }

    /** How many rows were written since {@link #takeRowsWritten} was called last. */
    synchronized long rowsWritten() {
        return rowsWritten;
    }

    synchronized long takeRowsWritten() {
        long rows = rowsWritten;
        rowsWritten = 0;
        return rows;
    }

    /**
     * Commits.
     *
     * @return {@code DONE}, {@code REFUSED} or {@code ELSEWHERE}
     */
    PendingCommit.Outcome commit(PendingCommit commit) {
        boolean lead;
        synchronized (this) {
            waiting.add(commit);
            lead = !busy;
            busy = true;
        }
        if (lead) {
            writeFor(commit);
        }
        if (commit.await() == PendingCommit.Outcome.LEAD) {
            writeFor(commit);
        }
        return commit.outcome();
    }

    /** Writes until this commit has its outcome, then lets another go on. */
    private void writeFor(PendingCommit own) {
        try {
            while (!own.isDone()) {
                writeOnce();
            }
        } catch (RuntimeException | Error e) {
            failAll(e);
            throw e;
        } finally {
            PendingCommit next;
            synchronized (this) {
                next = waiting.peek();
                busy = next != null;
            }
            if (next != null) {
                next.lead();
            }
        }
    }

    private void failAll(Throwable e) {
        List<PendingCommit> all;
        synchronized (this) {
            all = new ArrayList<>(waiting);
            waiting.clear();
        }
        RuntimeException why = e instanceof RuntimeException known ? known : new IllegalStateException(e);
        all.forEach(commit -> commit.fail(why));
    }

    private void writeOnce() {
        byte @Nullable [] header = leaf.header();
        if (header == null) {
            header = readHeader();
        }
        if (header == null || LeafHeader.fromBytes(header).state() != LeafHeader.State.OPEN) {
            sendElsewhere();
            return;
        }
        CommitBatch batch = nextBatch();
        long begun = System.nanoTime();
        int result;
        try {
            result = pool.write(leaf.object(), batch.toOperation(header));
        } catch (RuntimeException | Error e) {
            putBack(batch.all());
            throw e;
        }
        counts.wrote(result >= 0 ? batch.taken().size() : 0, System.nanoTime() - begun);
        if (result >= 0) {
            count(batch);
            batch.taken().forEach(commit -> commit.complete(PendingCommit.Outcome.DONE));
            batch.refused().forEach(commit -> commit.complete(PendingCommit.Outcome.REFUSED));
        } else if (result == Errno.ECANCELED) {
            counts.conflicted();
            sortOut(batch, header);
        } else if (result == Errno.ENOENT) {
            leaf.header(null);
            batch.all().forEach(commit -> commit.complete(PendingCommit.Outcome.ELSEWHERE));
        } else {
            batch.taken().forEach(commit -> commit.fail(Failures.ofCommit(result)));
            putBack(batch.refused());
        }
    }

    private synchronized void count(CommitBatch batch) {
        rowsWritten += batch.rows();
    }

    private synchronized CommitBatch nextBatch() {
        CommitBatch batch = new CommitBatch();
        List<PendingCommit> later = new ArrayList<>();
        while (!waiting.isEmpty() && !batch.isFull()) {
            PendingCommit commit = waiting.remove();
            if (!batch.add(commit)) {
                later.add(commit);
            }
        }
        later.reversed().forEach(waiting::addFirst);
        return batch;
    }

    private synchronized void putBack(List<PendingCommit> commits) {
        commits.reversed().forEach(waiting::addFirst);
    }

    /** Something that was expected is not so: either the header, or rows that others have changed. */
    private void sortOut(CommitBatch batch, byte[] header) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(LeafKeys.HEADER);
        keys.addAll(batch.guarded());
        ReadResult result;
        try {
            result = pool.read(leaf.object(), new ReadOp().rows(keys));
        } catch (RuntimeException | Error e) {
            putBack(batch.all());
            throw e;
        }
        if (result.isAbsent()) {
            leaf.header(null);
            batch.all().forEach(commit -> commit.complete(PendingCommit.Outcome.ELSEWHERE));
            return;
        }
        if (result.result() < 0) {
            // Nothing was changed, and it is not known why: that is as good as not having been reached.
            batch.all().forEach(commit -> commit.fail(Failures.of(result.result(), "a commit that was refused")));
            return;
        }
        Map<RowName, byte[]> found = new HashMap<>();
        result.rows(0).rows().forEach(row -> found.put(new RowName(row.key()), row.value()));
        byte[] now = found.get(new RowName(LeafKeys.HEADER));
        if (!Arrays.equals(now, header)) {
            leaf.header(now);
            putBack(batch.all());
            return;
        }
        List<PendingCommit> again = new ArrayList<>();
        for (PendingCommit commit : batch.all()) {
            // Who was refused because of another commit of the batch has to wait for what becomes of that one.
            if (batch.taken().contains(commit) && !batch.holds(commit, found)) {
                commit.complete(PendingCommit.Outcome.REFUSED);
            } else {
                again.add(commit);
            }
        }
        putBack(again);
    }

    private byte @Nullable [] readHeader() {
        Optional<byte[]> header = LeafReader.header(pool, leaf.object());
        header.ifPresent(leaf::header);
        return header.orElse(null);
    }

    private void sendElsewhere() {
        leaf.header(null);
        List<PendingCommit> all;
        synchronized (this) {
            all = new ArrayList<>(waiting);
            waiting.clear();
        }
        all.forEach(commit -> commit.complete(PendingCommit.Outcome.ELSEWHERE));
    }
}

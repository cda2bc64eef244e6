package coffer.store.rados;

import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * A commit as rows of a leaf: what they must be, and what they become. An empty value stands for a row that is not
 * there. The arrays are compared by their content.
 */
final class PendingCommit {
    private static final byte[] ABSENT = {};

    /** States of a row {@code '#'}, which never goes back to an earlier one. */
    static final byte[] ADOPTED = {'a'};

    static final byte[] RELEASED = {'r'};

    /** Never to be adopted: it has been deleted. */
    static final byte[] DEAD = {'d'};

    /** The value of a row {@code '$'} of a blob that was released. */
    static final byte[] GARBAGE = {1};

    /** How a commit ended, or what its thread is to do. */
    enum Outcome {
        DONE,
        /** An expectation does not hold. */
        REFUSED,
        /** The leaf is not the one to ask, or not now. */
        ELSEWHERE,
        /** It is this commit's turn to write for all that wait. */
        LEAD
    }

    private final byte[] group;
    private final Map<RowName, byte[]> expected = new LinkedHashMap<>();
    private final Map<RowName, byte[]> changed = new LinkedHashMap<>();
    private long bytes;
    private volatile CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** What its thread waits for: the outcome, or before it, once at most, its turn to write. Kept until the thread asks. */
    private volatile CompletableFuture<Outcome> turn = new CompletableFuture<>();

    /** A commit that does nothing yet. */
    PendingCommit(byte[] group) {
        this.group = group;
    }

    PendingCommit(byte[] group, Commit commit, RandomGenerator random) {
        this(group);
        for (Expected row : commit.expected()) {
            expect(
                    LeafKeys.row(row.kind(), group, row.suffix()),
                    row.row().map(StoredRow::encode).orElse(ABSENT));
        }
        for (Change change : commit.changes()) {
            byte[] key = LeafKeys.row(change.kind(), group, change.suffix());
            switch (change) {
                case Change.Put put -> put(key, put, random);
                case Change.Delete _ -> {
                    change(key, ABSENT);
                    change(LeafKeys.body(key), ABSENT);
                }
            }
        }
        for (BlobId blob : commit.adopt()) {
            // A blob that is named already, or given up for dead, is not adopted.
            expect(LeafKeys.blob(group, blob), ABSENT);
            change(LeafKeys.blob(group, blob), ADOPTED);
        }
        for (BlobId blob : commit.release()) {
            change(LeafKeys.blob(group, blob), RELEASED);
            change(LeafKeys.garbage(group, blob), GARBAGE);
        }
    }

    private void put(byte[] key, Change.Put put, RandomGenerator random) {
        if (put.body().isEmpty()) {
            change(key, StoredRow.encode(put.value(), Optional.empty()));
            change(LeafKeys.body(key), ABSENT);
            return;
        }
        ByteBuffer body = put.body().get();
        CRC32C crc = new CRC32C();
        crc.update(body.duplicate());
        long tag = random.nextLong();
        RadosBody stored = new RadosBody(RadosBody.NOWHERE, tag, body.remaining(), (int) crc.getValue(), null);
        change(key, StoredRow.encode(put.value(), Optional.of(stored)));
        change(LeafKeys.body(key), StoredRow.encodeBody(tag, body));
    }

    private void expect(byte[] key, byte[] value) {
        expected.put(new RowName(key), value);
    }

    /** Expects that there is no such row. */
    void expectAbsent(byte[] key) {
        expect(key, ABSENT);
    }

    /** Removes a row, if it is there. */
    void remove(byte[] key) {
        change(key, ABSENT);
    }

    /** Writes a row. */
    void change(byte[] key, byte[] value) {
        changed.put(new RowName(key), value);
        bytes += key.length + value.length;
    }

    byte[] group() {
        return group;
    }

    Map<RowName, byte[]> expected() {
        return expected;
    }

    Map<RowName, byte[]> changed() {
        return changed;
    }

    /** About how much the operation grows by it, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Waits for the outcome, or for {@link Outcome#LEAD} if that comes before. */
    Outcome await() {
        return join(turn);
    }

    /** How it ended; waits for it. */
    Outcome outcome() {
        return join(outcome);
    }

    /** @throws RuntimeException what it failed by, as it was */
    private static Outcome join(CompletableFuture<Outcome> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : e;
        }
    }

    /** Whether it has ended. */
    boolean isDone() {
        return outcome.isDone();
    }

    /** To be tried in another leaf. */
    void reset() {
        outcome = new CompletableFuture<>();
        turn = new CompletableFuture<>();
    }

    void complete(Outcome how) {
        outcome.complete(how);
        turn.complete(how);
    }

    void fail(RuntimeException why) {
        outcome.completeExceptionally(why);
        turn.completeExceptionally(why);
    }

    /** Its thread shall write, this commit among others, whether it waits already or is about to. */
    void lead() {
        turn.complete(Outcome.LEAD);
    }
}

package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.WriteOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commits that go into one operation, one after another: what one of them changes the next one sees, without asking the
 * cluster. Not thread-safe.
 */
final class CommitBatch {
    private static final int MOST_COMMITS = 512;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    /** What the cluster is to compare. */
    private final Map<RowName, byte[]> guards = new LinkedHashMap<>();

    /** What the rows are once the operation has happened. */
    private final Map<RowName, byte[]> written = new HashMap<>();

    /** Those that happen with the operation. */
    private final List<PendingCommit> taken = new ArrayList<>();

    /** Those that do not hold if the operation happens. */
    private final List<PendingCommit> refused = new ArrayList<>();

    private long bytes;

    /** Whether it holds as much as one operation should. */
    boolean isFull() {
        return taken.size() + refused.size() >= MOST_COMMITS || bytes >= MOST_BYTES;
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    List<PendingCommit> taken() {
        return taken;
    }

    List<PendingCommit> refused() {
        return refused;
    }

    /** All commits of the batch, in the order they came. */
    List<PendingCommit> all() {
        List<PendingCommit> all = new ArrayList<>(taken);
        all.addAll(refused);
        return all;
    }

    /**
     * Adds a commit.
     *
     * @return {@code false} if it expects something of a row that another one expects otherwise: only the cluster knows
     *     who is right, and one operation asks one question
     */
    boolean add(PendingCommit commit) {
        Map<RowName, byte[]> more = new HashMap<>();
        for (Map.Entry<RowName, byte[]> expected : commit.expected().entrySet()) {
            byte @Nullable [] now = written.get(expected.getKey());
            byte @Nullable [] asked = guards.get(expected.getKey());
            if (now != null) {
                if (!Arrays.equals(now, expected.getValue())) {
                    refused.add(commit);
                    return true;
                }
            } else if (asked == null) {
                more.put(expected.getKey(), expected.getValue());
            } else if (!Arrays.equals(asked, expected.getValue())) {
                return false;
            }
        }
        guards.putAll(more);
        written.putAll(commit.changed());
        taken.add(commit);
        bytes += commit.bytes();
        return true;
    }

    /** How many rows it writes. */
    int rows() {
        return written.size();
    }

    WriteOp toOperation(byte[] header) {
        WriteOp op = new WriteOp().expect(LeafKeys.HEADER, header);
        guards.forEach((name, value) -> op.expect(name.bytes(), value));
        List<OmapRow> set = new ArrayList<>();
        List<byte[]> removed = new ArrayList<>();
        written.forEach((name, value) -> {
            if (value.length == 0) {
                removed.add(name.bytes());
            } else {
                set.add(new OmapRow(name.bytes(), value));
            }
        });
        return op.set(set).remove(removed);
    }

    /** The rows that the cluster compares. */
    List<byte[]> guarded() {
        return guards.keySet().stream().map(RowName::bytes).toList();
    }

    /**
     * Whether what a commit expects of the cluster is what was found there.
     *
     * @param found rows by name, those that are there
     */
    boolean holds(PendingCommit commit, Map<RowName, byte[]> found) {
        for (Map.Entry<RowName, byte[]> expected : commit.expected().entrySet()) {
            byte @Nullable [] now = found.get(expected.getKey());
            boolean compared = Arrays.equals(guards.get(expected.getKey()), expected.getValue());
            if (compared && !Arrays.equals(now == null ? new byte[0] : now, expected.getValue())) {
                return false;
            }
        }
        return true;
    }
}

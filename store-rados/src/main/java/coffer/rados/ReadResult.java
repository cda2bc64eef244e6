package coffer.rados;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What a {@link ReadOp} found. */
public final class ReadResult {
    private final int result;
    private final long version;
    private final List<Object> answers;

    ReadResult(int result, long version, List<Object> answers) {
        this.result = result;
        this.version = version;
        this.answers = answers;
    }

    /**
     * Rows in order of their keys' bytes, unsigned.
     *
     * @param more whether there are further ones in the range that was asked for
     */
    public record Rows(List<OmapRow> rows, boolean more) {}

    /** Not negative if all looks succeeded, else why not, see {@link Errno}; then all answers are empty. */
    public int result() {
        return result;
    }

    /** Whether the object is not there. */
    public boolean isAbsent() {
        return result == Errno.ENOENT;
    }

    /** The version of the object that was looked at. */
    public long version() {
        return version;
    }

    /** What a look found; its number is as it was added. */
    public Rows rows(int look) {
        return (Rows) answers.get(look);
    }

    /** What a look found; its number is as it was added. */
    public ByteBuffer data(int look) {
        return (ByteBuffer) answers.get(look);
    }

    /** What a look found; its number is as it was added. */
    @SuppressWarnings("unchecked")
    public Map<String, byte[]> attributes(int look) {
        return (Map<String, byte[]>) answers.get(look);
    }

    /** The number that a look found; its number is as it was added. */
    public long size(int look) {
        return (Long) answers.get(look);
    }
}

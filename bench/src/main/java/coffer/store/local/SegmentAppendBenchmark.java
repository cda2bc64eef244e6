package coffer.store.local;

import coffer.bench.FolderRemoval;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A batch of writes of 4 KiB: encoded, and appended to the log of the current folder's disk with its sync. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SegmentAppendBenchmark {
    private static final long SEGMENT_BYTES = 64L * 1024 * 1024;

    /** How many writes share the batch. */
    @Param({"1", "32"})
    private int commits;

    private final RowKey row = new RowGroup("b-1", "photos/cat.jpg").row('o');
    private final byte[][] keys = {RowKeys.encode(row)};
    private final Commit commit =
            Commit.ofRows(row.group(), List.of(), List.of(Change.put(row, new byte[150], ByteBuffer.allocate(4096))));
    private final LogWriter batch = new LogWriter();

    private Path folder = Path.of("");
    private @Nullable SegmentLog log;
    private long sequence;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory(folder.toAbsolutePath(), "coffer-bench-");
        log = new SegmentLog(Disk.REAL, folder, SEGMENT_BYTES);
    }

    @TearDown
    public void remove() throws IOException {
        log().close();
        FolderRemoval.remove(folder);
    }

    @Benchmark
    public ByteBuffer encode() {
        fill();
        return batch.finish(1, 1);
    }

    @Benchmark
    public Object append() throws IOException {
        fill();
        SegmentLog log = log();
        log.makeRoom(batch.sizeBytes() + DirectFiles.BLOCK_BYTES);
        for (long full : log.sealed()) {
            log.delete(full);
        }
        return log.append(batch, ++sequence);
    }

    private SegmentLog log() {
        return Objects.requireNonNull(log);
    }

    private void fill() {
        batch.begin();
        for (int i = 0; i < commits; i++) {
            batch.add(commit, keys);
        }
    }
}

package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.Engine;
import coffer.store.Finding;
import coffer.store.Inspection;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.RocksIterator;

/** A data folder that no server works on, to be checked. Not thread-safe. */
public final class LocalInspection implements Inspection {
    private final Path path;
    private final LocalEngine engine;
    private final RowIndex index;

    private LocalInspection(Path path, LocalEngine engine) {
        this.path = path;
        this.engine = engine;
        this.index = engine.index();
    }

    /**
     * Opens a folder as a server would: the log is read where the index does not know it yet.
     *
     * @throws StoreException with a sentence for the user if there is no such folder, if a server is using it or if the
     *     log lacks something that was acknowledged
     */
    public static LocalInspection open(Path path, LocalOptions options) {
        if (!Files.exists(path.resolve("VERSION"))) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "There is no data folder at " + path + ".");
        }
        return new LocalInspection(path, LocalEngine.openIdle(path, options, Disk.REAL));
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public void adopted(Consumer<BlobId> blobs) {
        try (RocksIterator entries = index.iterator()) {
            for (entries.seek(new byte[] {'B'}); RowIndex.isAt(entries, (byte) 'B'); entries.next()) {
                blobs.accept(new BlobId(ByteBuffer.wrap(entries.key(), 1, 8).getLong()));
            }
        }
    }

    @Override
    public void check(boolean repair, Consumer<Finding> findings) {
        try {
            index.verify();
        } catch (StoreException e) {
            findings.accept(new Finding(Finding.Kind.DAMAGE, "index", String.valueOf(e.getMessage()), false));
        }
        try {
            for (long segment : engine.log().numbers()) {
                checkSegment(segment, findings);
            }
            checkLiveBytes(repair, findings);
            for (Path file : engine.blobFiles().orphans(index::isAdopted)) {
                if (repair) {
                    Files.deleteIfExists(file);
                }
                findings.accept(
                        new Finding(Finding.Kind.LEAK, "blob " + file.getFileName(), "nothing refers to it", repair));
            }
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
    }

    private void checkSegment(long number, Consumer<Finding> findings) throws IOException {
        Segment segment = engine.log().retain(number).orElseThrow();
        try {
            SegmentReader reader = new SegmentReader(segment, 0);
            long expected = -1;
            for (Optional<SegmentReader.Batch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                long sequence = batch.get().sequence();
                if (expected >= 0 && sequence != expected) {
                    findings.accept(damage(number, "batch " + expected + " is missing"));
                }
                expected = sequence + 1;
            }
            if (reader.hasLaterBatch()) {
                findings.accept(damage(number, "it cannot be read from byte " + reader.position() + " on"));
            }
        } finally {
            segment.release();
        }
    }

    private static Finding damage(long segment, String message) {
        return new Finding(Finding.Kind.DAMAGE, "log segment %016x".formatted(segment), message, false);
    }

    /** Counts anew which bytes of the log are alive: too few counted, and a segment would be freed too early. */
    private void checkLiveBytes(boolean repair, Consumer<Finding> findings) {
        Map<Long, Long> counted = countLiveBytes();
        TreeSet<Long> segments = new TreeSet<>(counted.keySet());
        segments.addAll(engine.log().numbers());
        for (long segment : segments) {
            long live = counted.getOrDefault(segment, 0L);
            long recorded = index.liveBytes(segment);
            if (live != recorded) {
                if (repair) {
                    index.setLiveBytes(segment, live);
                }
                findings.accept(new Finding(
                        Finding.Kind.BOOKKEEPING,
                        "log segment %016x".formatted(segment),
                        "%d bytes of it are said to be needed, but it is %d".formatted(recorded, live),
                        repair));
            }
        }
    }

    private Map<Long, Long> countLiveBytes() {
        Map<Long, Long> live = new HashMap<>();
        try (RocksIterator rows = index.iterator()) {
            for (rows.seek(new byte[] {'R'}); RowIndex.isAt(rows, (byte) 'R'); rows.next()) {
                byte[] stored = rows.value();
                int keyBytes = rows.key().length;
                RowIndex.place(stored)
                        .ifPresent(place -> live.merge(
                                place.segment(),
                                LogWriter.recordBytes(keyBytes, RowIndex.valueLength(stored), place.lengthBytes()),
                                Long::sum));
            }
        }
        return live;
    }

    @Override
    public SpaceUse space() {
        long[] live = {0};
        engine.log().numbers().forEach(segment -> live[0] += index.liveBytes(segment));
        Folder blobs = measure(path.resolve("blobs"));
        return new SpaceUse(
                measure(path.resolve("log")).bytes,
                live[0],
                blobs.files,
                blobs.bytes,
                measure(path.resolve("index")).bytes);
    }

    private record Folder(long files, long bytes) {}

    private static Folder measure(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long count = 0;
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                count++;
                bytes += Files.size(file);
            }
            return new Folder(count, bytes);
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}

package coffer.store.local;

import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log: segments one after another. Appended to by the committer alone; read by everybody.
 *
 * <p>A batch is written and synced before the next one is begun, so after a crash only the last one can be torn. Every
 * opening begins a new segment; the end of the one before is where its last whole batch ends.
 */
final class SegmentLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);

    /** The first segment of an opening, which its first writer waits for, is small: so is a store with little in it. */
    private static final long FIRST_BYTES = 4L * 1024 * 1024;

    private final Disk disk;
    private final Path folder;
    private final long segmentBytes;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    private volatile @Nullable Segment active;
    private @Nullable CompletableFuture<Segment> next;
    /** When the active segment is full. */
    private long activeBytes;

    private long position;
    private long nextNumber = 1;

    SegmentLog(Disk disk, Path folder, long segmentBytes) throws IOException {
        this.disk = disk;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            for (Path file : logs) {
                Segment segment = Segment.open(disk, file);
                segments.put(segment.number(), segment);
                nextNumber = segment.number() + 1;
            }
        } catch (IOException e) {
            segments.values().forEach(Segment::release);
            throw e;
        }
    }

    /** What a replayed batch is given to. */
    interface Replay {
        /**
         * Takes a batch.
         *
         * @param payloadPosition where the payload lies in the segment
         * @param after the position behind the batch
         */
        void batch(ByteBuffer payload, long payloadPosition, RowIndex.LogPosition after);
    }

    /**
     * Reads every whole batch behind a position.
     *
     * @throws StoreException {@code CORRUPT} if a batch is missing: one behind it is there, so it was acknowledged
     */
    void replay(RowIndex.LogPosition from, Replay replay) throws IOException {
        long sequence = from.sequence();
        for (Segment segment : segments.tailMap(from.segment(), true).values()) {
            // What a killed process wrote but did not sync is there now, but may not be after a power cut; the index
            // must
            // not know more than the log.
            segment.channel().force(false);
            SegmentReader reader = new SegmentReader(segment, segment.number() == from.segment() ? from.position() : 0);
            Optional<SegmentReader.Batch> batch = reader.next();
            while (batch.isPresent()) {
                if (batch.get().sequence() != sequence + 1) {
                    throw missing(sequence + 1, segment);
                }
                sequence++;
                replay.batch(
                        batch.get().payload(),
                        batch.get().payloadPosition(),
                        new RowIndex.LogPosition(segment.number(), reader.position(), sequence));
                batch = reader.next();
            }
            if (reader.hasLaterBatch()) {
                throw missing(sequence + 1, segment);
            }
        }
    }

    private static StoreException missing(long sequence, Segment segment) {
        return new StoreException(
                StoreException.Reason.CORRUPT,
                "The log lacks batch %d in or before segment %016x: restore the data folder from a backup."
                        .formatted(sequence, segment.number()));
    }

    /**
     * Finds room for a batch.
     *
     * @throws IOException if there is none; nothing has changed, so it may be tried again
     */
    void makeRoom(int bytes) throws IOException {
        Segment full = active;
        if (full != null && position + bytes <= activeBytes) {
            return;
        }
        CompletableFuture<Segment> ready = next;
        next = null;
        Segment fresh = ready == null ? first() : prepared(ready);
        segments.put(fresh.number(), fresh);
        trim();
        active = fresh;
        activeBytes = ready == null ? FIRST_BYTES : segmentBytes;
        position = 0;
    }

    /** Appends a batch that there is room for; durable when it returns. After a failure, nothing may be appended. */
    RowIndex.LogPosition append(LogWriter batch, long sequence) throws IOException {
        Segment segment = Objects.requireNonNull(active);
        ByteBuffer bytes = batch.finish(segment.number(), sequence);
        long end = position + bytes.remaining();
        // Whole pages: the zeros ahead are on the disk alone, so a part of a page would have to be read from there
        // first.
        bytes.limit(bytes.limit() + (int) (DirectFiles.roundUp(end) - end));
        segment.write(bytes, position);
        segment.channel().force(false);
        position = end;
        if (next == null && position > activeBytes / 4) {
            next = prepare(nextNumber++);
        }
        return new RowIndex.LogPosition(segment.number(), end, sequence);
    }

    /** Cuts the zeros behind the last batch off. Left there, they would cost a look at the next start. */
    private void trim() {
        Segment current = active;
        if (current != null) {
            try {
                current.channel().truncate(position);
            } catch (IOException e) {
                LOG.debug("Log segment {} keeps its zeros.", current.number(), e);
            }
        }
    }

    private Segment first() throws IOException {
        Segment segment = Segment.create(disk, folder, nextNumber++);
        fill(segment, FIRST_BYTES);
        return segment;
    }

    private static Segment prepared(CompletableFuture<Segment> next) throws IOException {
        try {
            return next.join();
        } catch (CompletionException e) {
            throw new IOException("the next log segment could not be made", e.getCause());
        }
    }

    private CompletableFuture<Segment> prepare(long number) {
        CompletableFuture<Segment> prepared = new CompletableFuture<>();
        Thread.ofPlatform().name("coffer-segment").daemon().start(() -> {
            try {
                Segment segment = Segment.create(disk, folder, number);
                fill(segment, segmentBytes);
                prepared.complete(segment);
            } catch (IOException e) {
                prepared.completeExceptionally(e);
            }
        });
        return prepared;
    }

    /** Without zeros ahead, appending is only slower. */
    private static void fill(Segment segment, long bytes) {
        try {
            segment.fill(bytes);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Log segment {} could not be prepared; writing goes on more slowly.", segment.number(), e);
        }
    }

    /** A segment that stays readable until it is released; empty if it is gone. */
    Optional<Segment> retain(long number) {
        Segment segment = segments.get(number);
        return segment != null && segment.retain() ? Optional.of(segment) : Optional.empty();
    }

    /** The numbers of the segments that are no longer appended to. */
    List<Long> sealed() {
        Segment current = active;
        return segments.keySet().stream()
                .filter(number -> current == null || number < current.number())
                .toList();
    }

    /** The numbers of all segments, in order. */
    List<Long> numbers() {
        return List.copyOf(segments.keySet());
    }

    /** Removes a sealed segment. */
    void delete(long number) throws IOException {
        Segment segment = segments.remove(number);
        if (segment != null) {
            segment.delete();
        }
    }

    @Override
    public void close() {
        if (next != null) {
            try {
                prepared(next).delete();
            } catch (IOException e) {
                LOG.debug("An empty log segment is left behind.", e);
            }
        }
        trim();
        segments.values().forEach(Segment::release);
        segments.clear();
    }
}

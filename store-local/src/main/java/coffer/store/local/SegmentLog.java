package coffer.store.local;

import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log: segments one after another. Appended to by the committer alone; read by everybody.
 *
 * <p>A batch is written and synced before the next one is begun, so after a crash only the last one can be torn. Every
 * opening begins a new segment; the end of the one before is where its last whole batch ends.
 */
final class SegmentLog implements AutoCloseable {
    private final Path folder;
    private final long segmentBytes;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    private @Nullable Segment active;
    private @Nullable CompletableFuture<Segment> next;
    private long position;
    private long nextNumber = 1;

    SegmentLog(Path folder, long segmentBytes) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            for (Path file : logs) {
                Segment segment = Segment.open(file);
                segments.put(segment.number(), segment);
                nextNumber = segment.number() + 1;
            }
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

    /** Appends a batch; durable when it returns. */
    RowIndex.LogPosition append(LogWriter batch, long sequence) throws IOException {
        Segment segment = room(batch.sizeBytes());
        ByteBuffer bytes = batch.finish(segment.number(), sequence);
        long end = position + bytes.remaining();
        segment.write(bytes, position);
        segment.channel().force(false);
        position = end;
        if (next == null && position > segmentBytes / 4) {
            next = prepare(nextNumber++);
        }
        return new RowIndex.LogPosition(segment.number(), end, sequence);
    }

    private Segment room(int bytes) throws IOException {
        if (active != null && position + bytes <= segmentBytes) {
            return active;
        }
        if (active != null) {
            active.channel().truncate(position);
        }
        Segment fresh = next == null ? Segment.create(folder, nextNumber++) : prepared(next);
        segments.put(fresh.number(), fresh);
        next = null;
        active = fresh;
        position = 0;
        return fresh;
    }

    private static Segment prepared(CompletableFuture<Segment> next) throws IOException {
        try {
            return next.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new IOException("the next log segment could not be made", e.getCause());
        }
    }

    private CompletableFuture<Segment> prepare(long number) {
        CompletableFuture<Segment> prepared = new CompletableFuture<>();
        Thread.ofPlatform().name("coffer-segment").daemon().start(() -> {
            try {
                Segment segment = Segment.create(folder, number);
                segment.fill(segmentBytes);
                prepared.complete(segment);
            } catch (IOException e) {
                prepared.completeExceptionally(e);
            }
        });
        return prepared;
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

    /** Removes a sealed segment. */
    void delete(long number) throws IOException {
        Segment segment = segments.remove(number);
        if (segment != null) {
            segment.delete();
        }
    }

    /** Where the log ends. */
    long lastSegment() {
        return active == null ? nextNumber - 1 : active.number();
    }

    @Override
    public void close() {
        if (next != null) {
            next.handle((segment, failure) -> {
                        if (segment != null) {
                            try {
                                segment.delete();
                            } catch (IOException e) {
                                // an empty segment left behind is replayed as empty
                            }
                        }
                        return null;
                    })
                    .join();
        }
        if (active != null) {
            try {
                active.channel().truncate(position);
            } catch (IOException e) {
                // zeros left behind cost a look at the next start
            }
        }
        segments.values().forEach(Segment::release);
        segments.clear();
    }
}

package coffer.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where lines of logs wait until they are delivered: some moments in memory, then in files of a folder, one for each bucket and
 * target. Requests never wait for it: what does not fit is lost, and counted. Thread-safe.
 */
public final class LogSpool implements AccessLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogSpool.class);

    /** A server that is killed loses what requests did for so long. */
    private static final Duration WRITTEN_EVERY = Duration.ofMillis(500);

    private static final String SUFFIX = ".log";

    private final Path folder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Limits limits;
    private final LongAdder records = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Thread writer =
            Thread.ofPlatform().name("coffer-access-log").daemon().unstarted(this::writeAgainAndAgain);

    /** Guards what waits in memory. Never held while anything is written. */
    private final ReentrantLock queue = new ReentrantLock();

    private final Condition changed = queue.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean closed;

    /** Guards the files. */
    private final ReentrantLock files = new ReentrantLock();

    private final Map<Log, Begun> begun = new HashMap<>();
    private final List<SpoolFile> sealed = new ArrayList<>();
    private long spoolBytes;
    private boolean isComplained;

    /**
     * What it holds at most.
     *
     * @param fileBytes of lines in one file, which becomes one object
     * @param waitingBytes in memory
     * @param spoolBytes in all files
     */
    public record Limits(long fileBytes, long waitingBytes, long spoolBytes) {
        /** Source for the size of a log: COS docs, "Logging Overview". */
        public static final Limits USUAL = new Limits(256_000_000, 8L * 1024 * 1024, 2L * 1024 * 1024 * 1024);
    }

    /** The lines that go into one object, unless they are too many. */
    private record Log(LogSource source, LogTarget target, LocalDate day) {}

    private record Waiting(Log log, byte[] line) {}

    /** The file that lines of a log are added to, and how its key was made. */
    private record Begun(SpoolFile file, Instant time, long random, int index) {}

    private LogSpool(Path folder, InstantSource clock, RandomGenerator random, Limits limits) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
    }

    /**
     * Opens a folder, with what an earlier server left in it.
     *
     * @param folder made when it is needed
     * @param random makes the part of keys that nobody else has
     * @throws UncheckedIOException if what is left cannot be read
     */
    public static LogSpool open(Path folder, InstantSource clock, RandomGenerator random, Limits limits) {
        LogSpool spool = new LogSpool(folder, clock, random, limits);
        try {
            spool.recover();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spool.writer.start();
        return spool;
    }

    private void recover() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder)) {
            left = entries.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path path : left) {
            Optional<SpoolFile> file = SpoolFile.recover(path);
            if (file.isPresent()) {
                sealed.add(file.get());
                spoolBytes += file.get().end();
            } else {
                Files.delete(path);
            }
        }
    }

    @Override
    public void add(LogTarget target, AccessRecord record) {
        String line = switch (target.format()) {
            case COS -> CosLine.of(record);
            case S3 -> S3Line.of(record);
        };
        LocalDate day = record.answered().ended().atZone(ZoneOffset.UTC).toLocalDate();
        add(new Waiting(new Log(record.source(), target, day), (line + "\n").getBytes(UTF_8)));
    }

    private void add(Waiting line) {
        queue.lock();
        try {
            if (closed || waitingBytes + line.line.length > limits.waitingBytes) {
                lost.increment();
                return;
            }
            records.increment();
            waitingBytes += line.line.length;
            if (waiting.isEmpty()) {
                changed.signal();
            }
            waiting.add(line);
        } finally {
            queue.unlock();
        }
    }

    /** How many requests were taken down since the start. */
    public long records() {
        return records.sum();
    }

    /** How many could not be since the start: there was no room for them. */
    public long lost() {
        return lost.sum();
    }

    private void writeAgainAndAgain() {
        while (awaitLines()) {
            files.lock();
            try {
                write();
            } catch (RuntimeException e) {
                LOG.error("Access logs could not be written.", e);
            } finally {
                files.unlock();
            }
        }
    }

    /** Waits until there are lines, and then for those that come soon after. */
    private boolean awaitLines() {
        queue.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            long left = WRITTEN_EVERY.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            queue.unlock();
        }
    }

    private List<Waiting> take() {
        queue.lock();
        try {
            List<Waiting> taken = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            return taken;
        } finally {
            queue.unlock();
        }
    }

    private void write() {
        Map<Log, List<byte[]>> byLog = new LinkedHashMap<>();
        take().forEach(line ->
                byLog.computeIfAbsent(line.log, _ -> new ArrayList<>()).add(line.line));
        byLog.forEach(this::write);
    }

    private void write(Log log, List<byte[]> lines) {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        int count = 0;
        for (byte[] line : lines) {
            long length = Optional.ofNullable(begun.get(log))
                    .map(file -> file.file.lengthBytes())
                    .orElse(0L);
            if (count > 0 && length + together.size() + line.length > limits.fileBytes) {
                append(log, together.toByteArray(), count);
                together.reset();
                count = 0;
            }
            together.writeBytes(line);
            count++;
        }
        append(log, together.toByteArray(), count);
    }

    private void append(Log log, byte[] lines, int count) {
        if (spoolBytes + lines.length > limits.spoolBytes) {
            lose(count, "they hold as much as they may; are they delivered?");
            return;
        }
        try {
            Begun at = fileFor(log, lines.length);
            begun.put(log, new Begun(at.file.append(lines), at.time, at.random, at.index));
            spoolBytes += lines.length;
        } catch (IOException e) {
            lose(count, e.toString());
        }
    }

    private Begun fileFor(Log log, int more) throws IOException {
        Begun last = begun.get(log);
        if (last != null && last.file.lengthBytes() + more <= limits.fileBytes) {
            return last;
        }
        Instant time = last == null ? clock.instant() : last.time;
        long chance = last == null ? random.nextLong() : last.random;
        int index = last == null ? 0 : last.index + 1;
        Files.createDirectories(folder);
        SpoolFile file = SpoolFile.create(
                folder.resolve("%013d-%016x-%d%s".formatted(time.toEpochMilli(), chance, index, SUFFIX)),
                new SpoolFile.Destination(
                        log.source.bucket(),
                        log.source.ownerUin(),
                        log.target.bucket(),
                        log.target.keys().key(log.source, log.target.prefix(), log.day, time, chance, index)));
        if (last != null) {
            sealed.add(last.file);
        }
        Begun next = new Begun(file, time, chance, index);
        begun.put(log, next);
        spoolBytes += file.end();
        return next;
    }

    private void lose(int count, String why) {
        lost.add(count);
        if (!isComplained) {
            isComplained = true;
            LOG.warn("Requests are missing from access logs: {}", why);
        }
    }

    /** Ends all files, so that they can be delivered: what was added before is in them. */
    public List<SpoolFile> seal() {
        files.lock();
        try {
            write();
            begun.values().stream()
                    .map(Begun::file)
                    .filter(file -> file.lengthBytes() > 0)
                    .forEach(sealed::add);
            begun.clear();
            isComplained = false;
            return List.copyOf(sealed);
        } finally {
            files.unlock();
        }
    }

    /**
     * Removes a file that was delivered, or cannot be.
     *
     * @throws UncheckedIOException if it stays; it is delivered again then
     */
    public void remove(SpoolFile file) {
        files.lock();
        try {
            Files.deleteIfExists(file.path());
            if (sealed.remove(file)) {
                spoolBytes -= file.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.unlock();
        }
    }

    /** Writes what waits, so that it is there at the next start. */
    @Override
    public void close() {
        queue.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            queue.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.lock();
        try {
            write();
        } finally {
            files.unlock();
        }
    }
}

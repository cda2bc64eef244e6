package coffer.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.PercentCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file that says how far an import is, so that another run goes on there. It is only appended to; its last line may be torn.
 * Thread-safe.
 *
 * <p>Lines are words, percent-encoded: {@code coffer-import 1 IDENTITY}; {@code reached BUCKET KEY OBJECTS BYTES}: all up to
 * this key is done; {@code lacks WHAT OBJECTS}; {@code begin BUCKET KEY}: an upload is about to begin; {@code end BUCKET KEY}:
 * there is none of this key any more; {@code done BUCKET}; {@code finished}.
 *
 * <p>What is done behind the last {@code reached} is not written down: the listing of the target tells it, and cannot be wrong
 * about it.
 */
final class Journal implements AutoCloseable {
    private static final String FORMAT = "coffer-import 1";

    /** Uploads that may be under way: reaching the disk before the store hears of them costs more than a rare rest of one. */
    private static final int SYNC_EVERY_LINES = 64;

    /** A journal that remembers nothing. */
    static final Journal NONE = new Journal(Optional.empty());

    private final Optional<FileChannel> file;
    private final Map<String, Reached> reached = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<Uncarried, Long> lacking = new EnumMap<>(Uncarried.class);
    private final List<String> done = new ArrayList<>();
    private boolean isFinished;
    private int unsynced;

    /**
     * How far a bucket is.
     *
     * @param key up to which all is done
     * @param objects that were dealt with so far
     */
    record Reached(String key, long objects, long bytes) {}

    /** An upload that may be there still. */
    record Pending(String bucket, String key) {}

    private Journal(Optional<FileChannel> file) {
        this.file = file;
    }

    /**
     * Opens a journal, or begins one. One that is finished is begun anew.
     *
     * @throws ImportStopped if it is another import's, or in use
     */
    static Journal open(Path path, ImportPlan plan) {
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (!isLocked(file)) {
                    throw new ImportStopped("Another import uses the journal " + path
                            + ": wait for it to end, or give this one a journal of its own by --journal.");
                }
                Journal journal = new Journal(Optional.of(file));
                journal.load(path, plan);
                return journal;
            } catch (RuntimeException | IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ImportStopped(
                    "The journal " + path + " cannot be used: " + e + ". Name a file that can be written by --journal.",
                    e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void load(Path path, ImportPlan plan) throws IOException {
        FileChannel channel = file.orElseThrow();
        byte[] bytes = Files.readAllBytes(path);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        List<String> lines = new String(bytes, 0, end, UTF_8).lines().toList();
        String first = FORMAT + " " + PercentCode.encode(plan.identity());
        // A single line without its end is one that was torn when the journal was begun.
        boolean isNew = lines.isEmpty() && first.startsWith(new String(bytes, UTF_8));
        if (!isNew && (lines.isEmpty() || !lines.getFirst().equals(first))) {
            throw new ImportStopped("The file " + path + " is not the journal of an import of " + plan.shown()
                    + ". Give the options it was begun with, or name another file by --journal.");
        }
        if (!isNew) {
            lines.subList(1, lines.size()).forEach(this::read);
        }
        if (isFinished) {
            reached.clear();
            done.clear();
            lacking.clear();
            isFinished = false;
            end = 0;
        }
        channel.truncate(isNew ? 0 : end);
        channel.position(isNew ? 0 : end);
        if (channel.position() == 0) {
            write(first);
            channel.force(true);
        }
    }

    private void read(String line) {
        List<String> words = List.of(line.split(" ", -1)).stream()
                .map(PercentCode::decodePath)
                .toList();
        switch (words.getFirst()) {
            case "reached" ->
                reached.put(
                        words.get(1),
                        new Reached(words.get(2), Long.parseLong(words.get(3)), Long.parseLong(words.get(4))));
            case "lacks" -> lacking.merge(Uncarried.valueOf(words.get(1)), Long.parseLong(words.get(2)), Long::sum);
            case "begin" -> pending.put(words.get(1) + " " + words.get(2), new Pending(words.get(1), words.get(2)));
            case "end" -> pending.remove(words.get(1) + " " + words.get(2));
            case "done" -> done.add(words.get(1));
            case "finished" -> isFinished = true;
            default -> {
                // a line of a later version, which this one does well without
            }
        }
    }

    /** How far a bucket is; nothing if it is not begun. */
    synchronized Optional<Reached> reached(String bucket) {
        return Optional.ofNullable(reached.get(bucket));
    }

    /** Whether all of a bucket is done. */
    synchronized boolean isDone(String bucket) {
        return done.contains(bucket);
    }

    /** What earlier runs could not carry. */
    synchronized Map<Uncarried, Long> lacking() {
        return Map.copyOf(lacking);
    }

    /** The uploads that earlier runs may have left. */
    synchronized List<Pending> pending() {
        return List.copyOf(pending.values());
    }

    /** All up to this key is done, and this is what could not be carried since the last time. */
    synchronized void reach(String bucket, Reached place, Map<Uncarried, Long> lacks) {
        lacks.forEach((what, objects) -> words("lacks", what.name(), Long.toString(objects)));
        words("reached", bucket, place.key, Long.toString(place.objects), Long.toString(place.bytes));
        force();
    }

    /** An upload is about to begin. */
    synchronized void begin(String bucket, String key) {
        words("begin", bucket, key);
    }

    /** There is no upload of this key any more. */
    synchronized void end(String bucket, String key) {
        words("end", bucket, key);
    }

    /** All of a bucket is done. */
    synchronized void done(String bucket) {
        words("done", bucket);
        force();
    }

    /** Everything is done. */
    synchronized void finish() {
        words("finished");
        force();
    }

    private void words(String... words) {
        String line = List.of(words).stream().map(PercentCode::encode).collect(Collectors.joining(" "));
        try {
            write(line);
            unsynced++;
            if (unsynced >= SYNC_EVERY_LINES) {
                force();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String line) throws IOException {
        if (file.isPresent()) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                file.get().write(bytes);
            }
        }
    }

    private void force() {
        unsynced = 0;
        try {
            if (file.isPresent()) {
                file.get().force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

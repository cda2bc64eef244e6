package coffer.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The machine's disk, but it fails as it is told, and its power can be cut: then what was not synced is lost, or half of
 * it. What fails depends on the seed, the file and how often that was used, so a run with the same seed fails alike.
 */
final class FaultyDisk implements Disk {
    private final Path root;
    private final Path removedFiles;
    private final long seed;
    private final Map<Path, UnsyncedFile> files = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<Entry> unsyncedEntries = new ArrayList<>();
    private int removed;
    private boolean dead;
    private volatile Faults faults = Faults.NONE;

    /**
     * How often what happens, from 0 to 1.
     *
     * @param error a call fails, a write perhaps after a part of its bytes
     * @param shortened a call does less than it was asked for, as it may
     * @param delay a call takes a few milliseconds
     * @param full whether nothing longer can be made
     */
    record Faults(double error, double shortened, double delay, boolean full) {
        static final Faults NONE = new Faults(0, 0, 0, false);
    }

    /** A change of a folder that a power cut may take back. */
    private sealed interface Entry {
        Path path();

        record Made(Path path) implements Entry {}

        /** Removed, or another was put in its place. */
        record Replaced(Path path, Path kept, UnsyncedFile content) implements Entry {}
    }

    /** What a call on a file is made of: whether it fails, and how much of it is done. */
    record Fate(boolean fails, double share, boolean isShort) {}

    FaultyDisk(Path root, long seed) {
        this.root = root;
        this.seed = seed;
        this.removedFiles = root.resolveSibling(root.getFileName() + "-removed");
    }

    void set(Faults newFaults) {
        faults = newFaults;
    }

    Faults faults() {
        return faults;
    }

    /** Whether any call may fail. */
    synchronized boolean isFaulty() {
        return dead || !faults.equals(Faults.NONE);
    }

    /** Decides over the next call of a kind on a file, and lets it wait. */
    Fate fate(Path file, String call) throws IOException {
        Faults now = faults;
        Fate fate;
        boolean waits;
        synchronized (this) {
            if (dead) {
                throw new IOException("the power is off");
            }
            Random random = random(root.relativize(file) + " " + call);
            fate = new Fate(random.nextDouble() < now.error, random.nextDouble(), random.nextDouble() < now.shortened);
            waits = random.nextDouble() < now.delay;
        }
        if (waits) {
            LockSupport.parkNanos((long) (fate.share() * 5e6));
        }
        return fate;
    }

    private Random random(String use) {
        int count = uses.merge(use, 1, Integer::sum);
        return new Random(seed * 31 + use.hashCode() * 1_000_003L + count * 7919L);
    }

    private void mayFail(Path file, String call) throws IOException {
        if (fate(file, call).fails()) {
            throw new IOException("injected: " + call + " " + root.relativize(file));
        }
    }

    synchronized UnsyncedFile unsynced(Path file) throws IOException {
        UnsyncedFile known = files.get(file);
        if (known == null) {
            known = new UnsyncedFile(Files.exists(file) ? Files.size(file) : 0);
            files.put(file, known);
        }
        return known;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        mayFail(folder, "mkdir");
        synchronized (this) {
            if (!Files.exists(folder)) {
                unsyncedEntries.add(new Entry.Made(folder));
                Files.createDirectories(folder);
            }
        }
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        mayFail(file, "open");
        synchronized (this) {
            boolean isNew = !Files.exists(file);
            FileChannel channel = FileChannel.open(file, options);
            if (isNew) {
                unsyncedEntries.add(new Entry.Made(file));
                files.put(file, new UnsyncedFile(0));
            }
            return new FaultyChannel(this, file, channel, 1);
        }
    }

    @Override
    public FileChannel openDirect(Path file) throws IOException {
        mayFail(file, "open");
        return new FaultyChannel(this, file, Disk.REAL.openDirect(file), DirectFiles.BLOCK_BYTES);
    }

    @Override
    public void delete(Path file) throws IOException {
        mayFail(file, "delete");
        setAside(file);
    }

    private synchronized void setAside(Path file) throws IOException {
        UnsyncedFile content = unsynced(file);
        Path kept = Files.createDirectories(removedFiles).resolve(Integer.toString(removed++));
        Files.move(file, kept);
        files.remove(file);
        unsyncedEntries.add(new Entry.Replaced(file, kept, content));
    }

    @Override
    public void replace(Path file, Path replacement) throws IOException {
        mayFail(file, "replace");
        synchronized (this) {
            UnsyncedFile content = unsynced(replacement);
            if (Files.exists(file)) {
                setAside(file);
            } else {
                unsyncedEntries.add(new Entry.Made(file));
            }
            Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
            files.remove(replacement);
            files.put(file, content);
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        mayFail(folder, "sync folder");
        synchronized (this) {
            unsyncedEntries.removeIf(entry -> folder.equals(entry.path().getParent()));
        }
    }

    @Override
    public long usableBytes(Path folder) {
        return faults.full ? 0 : Long.MAX_VALUE;
    }

    /** Cuts the power: whoever calls from now on gets an error. */
    synchronized void cut() {
        dead = true;
    }

    /**
     * Copies the folder, as it may be found after the power was cut.
     *
     * @param kept the share of what was not synced that reached the disk all the same
     */
    synchronized void copyTo(Path copy, double kept) throws IOException {
        Random random = new Random(seed);
        copyFolder(root, copy);
        for (Map.Entry<Path, UnsyncedFile> file : files.entrySet()) {
            Path target = in(copy, file.getKey());
            if (Files.isRegularFile(target)) {
                file.getValue().cut(target, kept, random);
            }
        }
        // Of the changes of one name, a later one cannot have reached the disk without the earlier.
        Set<Path> settled = new HashSet<>();
        for (Entry entry : unsyncedEntries.reversed()) {
            Path target = in(copy, entry.path());
            if (settled.contains(target)) {
                continue;
            }
            if (random.nextDouble() < kept) {
                settled.add(target);
            } else if (entry instanceof Entry.Replaced old) {
                takeBack(old, target, kept, random);
            } else {
                delete(target.toFile());
            }
        }
    }

    private static void takeBack(Entry.Replaced old, Path target, double kept, Random random) throws IOException {
        if (Files.isDirectory(target.resolveSibling("."))) {
            Files.copy(old.kept(), target, StandardCopyOption.REPLACE_EXISTING);
            old.content().cut(target, kept, random);
        }
    }

    private static void delete(java.io.File file) {
        java.io.File[] children = file.listFiles();
        if (children != null) {
            for (java.io.File child : children) {
                delete(child);
            }
        }
        boolean _ = file.delete();
    }

    private Path in(Path copy, Path file) {
        return copy.resolve(root.relativize(file).toString());
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.REPLACE_EXISTING);
                } catch (NoSuchFileException e) {
                    // The index removes what it has no more use for whenever it likes.
                    assertThat(path.toString()).contains("index");
                }
            }
        }
    }
}

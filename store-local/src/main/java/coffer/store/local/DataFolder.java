package coffer.store.local;

import coffer.store.StoreException;
import coffer.store.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder, ours alone: locked, of a format we understand. */
final class DataFolder implements AutoCloseable {
    private static final int FORMAT = 1;

    private final Disk disk;
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Disk disk, Path path, FileChannel lockFile) {
        this.disk = disk;
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, making it if it is not there.
     *
     * @throws StoreException with a sentence for the user if somebody else has it, if it is of a newer format, or if it
     *     holds something else
     */
    static DataFolder take(Path given, Disk disk) {
        Path path = given.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            refuseForeign(path);
            FileChannel lockFile = FileChannel.open(
                    path.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (lock(lockFile) == null) {
                    throw unusable("Another Coffer is running on " + path + ": stop it or use another --data-dir.");
                }
                DataFolder folder = new DataFolder(disk, path, lockFile);
                folder.checkFormat();
                return folder;
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Reason.UNAVAILABLE, "The data folder " + path + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void refuseForeign(Path path) throws IOException {
        if (Files.exists(path.resolve("VERSION")) || Files.exists(path.resolve("LOCK"))) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.findAny().isPresent()) {
                throw unusable("The folder " + path + " holds something that is not Coffer's: use an empty one.");
            }
        }
    }

    private void checkFormat() throws IOException {
        Path version = path.resolve("VERSION");
        if (!Files.exists(version)) {
            replace(version, FORMAT + "\n");
            return;
        }
        String text = Files.readString(version).strip();
        if (!text.equals(Integer.toString(FORMAT))) {
            throw unusable("The data folder " + path + " has format " + text + ", this Coffer understands " + FORMAT
                    + ": start a newer Coffer.");
        }
    }

    /** A folder within, made if it is not there. */
    Path folder(String name) throws IOException {
        Path folder = path.resolve(name);
        if (!Files.isDirectory(folder)) {
            disk.createFolder(folder);
            disk.syncFolder(path);
        }
        return folder;
    }

    /** Counts this opening of the folder: larger than ever before, durable when it returns. */
    long nextEpoch() throws IOException {
        Path file = path.resolve("EPOCH");
        long epoch = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) + 1 : 1;
        replace(file, epoch + "\n");
        return epoch;
    }

    /** Replaces a file by another, atomically; durable when it returns. */
    private void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = disk.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            channel.force(true);
        }
        disk.replace(file, next);
        disk.syncFolder(path);
    }

    /** Whether nothing can be written to it any more; see {@link coffer.store.Engine#trouble}. */
    Optional<Trouble> trouble() {
        return disk.isWritable(path)
                ? Optional.empty()
                : Optional.of(new Trouble(
                        Trouble.Kind.READ_ONLY,
                        "The data folder cannot be written: see whether its file system has become read-only and its"
                                + " permissions are right, then start the server again."));
    }

    long usableBytes() {
        return disk.usableBytes(path);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "cannot unlock " + path, e);
        }
    }

    private static StoreException unusable(String sentence) {
        return new StoreException(StoreException.Reason.UNAVAILABLE, sentence);
    }
}

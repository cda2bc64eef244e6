package coffer.store.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file system as the engine uses it for all that it writes itself; the index has its own way. Tests put one in its
 * place that fails. Thread-safe.
 */
interface Disk {
    /** The machine's. */
    Disk REAL = new Disk() {};

    /** Makes a folder, if it is not there. */
    default void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Opens a file, making it if the options say so. */
    default FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    /** Opens an existing file for writing past the page cache; see {@link DirectFiles}. */
    default FileChannel openDirect(Path file) throws IOException {
        return DirectFiles.openForWriting(file);
    }

    /**
     * Removes a file.
     *
     * @throws NoSuchFileException if it is not there
     */
    default void delete(Path file) throws IOException {
        Files.delete(file);
    }

    /** Puts a file in the place of another, atomically. */
    default void replace(Path file, Path replacement) throws IOException {
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the entries of a folder durable: files that were made, moved or removed. */
    default void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether a folder and its file system let us write. */
    default boolean isWritable(Path folder) {
        return Files.isWritable(folder);
    }

    /** How much more can be written, in bytes. */
    default long usableBytes(Path folder) {
        return folder.toFile().getUsableSpace();
    }
}

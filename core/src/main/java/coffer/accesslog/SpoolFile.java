package coffer.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosException;
import coffer.api.PercentCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Lines of a log that wait to be delivered, in a file whose first line says where to. Whatever is killed when, the same lines
 * are delivered under the same key.
 *
 * @param path the file
 * @param destination where its lines go
 * @param offset where they begin, in bytes
 * @param end where they end, in bytes
 */
public record SpoolFile(Path path, Destination destination, long offset, long end) {
    private static final String FORMAT = "coffer-access-log/1";
    private static final int STEP_BYTES = 64 * 1024;

    /**
     * Where lines go.
     *
     * @param source the bucket they are about
     * @param ownerUin the UIN of its owner, to whom the target must belong
     * @param bucket the full name of the target
     * @param key the key of the object
     */
    public record Destination(String source, String ownerUin, String bucket, String key) {
        private String line() {
            return String.join(
                    " ",
                    FORMAT,
                    PercentCode.encode(source),
                    PercentCode.encode(ownerUin),
                    PercentCode.encode(bucket),
                    PercentCode.encode(key) + "\n");
        }

        private static Optional<Destination> parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 5 || !words[0].equals(FORMAT)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Destination(
                        PercentCode.decodePath(words[1]),
                        PercentCode.decodePath(words[2]),
                        PercentCode.decodePath(words[3]),
                        PercentCode.decodePath(words[4])));
            } catch (CosException e) {
                return Optional.empty();
            }
        }
    }

    /** How many bytes of lines it has. */
    public long lengthBytes() {
        return end - offset;
    }

    /** The lines. */
    public InputStream open() throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Makes a file without lines. */
    static SpoolFile create(Path path, Destination destination) throws IOException {
        byte[] head = destination.line().getBytes(UTF_8);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, head, 0);
        }
        syncFolder(path.resolveSibling("."));
        return new SpoolFile(path, destination, head.length, head.length);
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Adds lines; they are on the disk when it returns.
     *
     * @return the file with them
     */
    SpoolFile append(byte[] lines) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            write(channel, lines, end);
            channel.force(false);
        }
        return new SpoolFile(path, destination, offset, end + lines.length);
    }

    private static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            int _ = channel.write(left, position + left.position());
        }
    }

    /** The file as a server left it, without a last line that was not written to its end; empty if there is no line in it. */
    static Optional<SpoolFile> recover(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(STEP_BYTES);
            while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
                // until it is full or the file ends
            }
            int offset = lastNewline(head, firstNewline(head) + 1);
            if (offset == 0) {
                return Optional.empty();
            }
            long end = end(channel);
            channel.truncate(end);
            return Destination.parse(new String(head.array(), 0, offset - 1, UTF_8))
                    .map(destination -> new SpoolFile(path, destination, offset, end))
                    .filter(file -> file.lengthBytes() > 0);
        }
    }

    private static int firstNewline(ByteBuffer bytes) {
        for (int i = 0; i < bytes.position(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Where the last line begins that may not be whole. */
    private static long end(FileChannel channel) throws IOException {
        long from = channel.size();
        while (from > 0) {
            int step = (int) Math.min(from, STEP_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate(step);
            from -= step;
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // until it is full
            }
            int behind = lastNewline(bytes, bytes.position());
            if (behind > 0) {
                return from + behind;
            }
        }
        return 0;
    }

    /** The place behind the last end of a line before a place; 0 if there is none. */
    private static int lastNewline(ByteBuffer bytes, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (bytes.get(i) == '\n') {
                return i + 1;
            }
        }
        return 0;
    }
}

package coffer.bench;

import coffer.checksum.Crc64;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * What this machine can do at the moment, without any of our code in the way. Two runs minutes apart differ on a shared
 * machine; compare a result with the limits of its own run only.
 *
 * @param syncsPerSecond 4 KiB written over in a file already written, synced each time
 * @param groupedPerSecond objects of 4 KiB a second if 32 of them share a sync
 * @param writeMegabytesPerSecond one file, one thread, direct
 * @param md5MegabytesPerSecond one core
 * @param crc64MegabytesPerSecond one core
 * @param sendfileMegabytesPerSecond file to loopback socket, one connection
 * @param answersPerSecond bare answers of 4 KiB on 64 loopback connections, by the same driver
 * @param answersAlonePerSecond the same on one connection
 */
record Limits(
        double syncsPerSecond,
        double groupedPerSecond,
        double writeMegabytesPerSecond,
        double md5MegabytesPerSecond,
        double crc64MegabytesPerSecond,
        double sendfileMegabytesPerSecond,
        double answersPerSecond,
        double answersAlonePerSecond) {
    private static final int MIB = 1024 * 1024;
    private static final int GROUP = 32;
    private static final Duration EACH = Duration.ofSeconds(2);

    /** Measures, for about 25 seconds, in a folder on the disk in question. */
    static Limits measure(Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "limits-", ".tmp");
            try {
                return new Limits(
                        synced(file, 4096, true),
                        GROUP * synced(file, GROUP * 4096, false),
                        written(file),
                        hashed(md5()),
                        hashed(new Crc64()::update),
                        sent(file),
                        BareServer.answersPerSecond(64, EACH),
                        BareServer.answersPerSecond(1, EACH));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The share of its limit that a result reaches. */
    java.util.Optional<Result.Share> share(Result result) {
        boolean large = result.sizeBytes() >= MIB;
        return switch (result.workload()) {
            case PUT, MULTIPART ->
                large
                        ? share("MD5 of one core", result.megabytesPerSecond(), md5MegabytesPerSecond)
                        : result.connections() == 1
                                ? share(
                                        "one sync and bare answer",
                                        result.operationsPerSecond(),
                                        1 / (1 / syncsPerSecond + 1 / answersAlonePerSecond))
                                : share("shared syncs", result.operationsPerSecond(), groupedPerSecond);
            case GET ->
                large ? share("sendfile", result.megabytesPerSecond(), sendfileMegabytesPerSecond) : answers(result);
            case HEAD, ABSENT -> answers(result);
            case DELETE -> share("shared syncs", result.operationsPerSecond(), groupedPerSecond);
            case LIST, SINGLES, VERSIONS, MARKERS, PURGE, PURGE_VERSIONS, PURGE_MARKERS, MIXED ->
                java.util.Optional.empty();
        };
    }

    private java.util.Optional<Result.Share> answers(Result result) {
        return result.connections() == 1
                ? share("bare answers, alone", result.operationsPerSecond(), answersAlonePerSecond)
                : share("bare answers", result.operationsPerSecond(), answersPerSecond);
    }

    private static java.util.Optional<Result.Share> share(String name, double reached, double limit) {
        return java.util.Optional.of(new Result.Share(name, reached / limit));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                Limits of this machine, now
                  sync of 4 KiB, written over      %,10.0f /s   (%.0f us)
                  4 KiB objects, 32 to a sync      %,10.0f /s
                  sequential write, direct         %,10.0f MB/s
                  MD5, one core                    %,10.0f MB/s
                  CRC-64, one core                 %,10.0f MB/s
                  sendfile to a loopback socket    %,10.0f MB/s
                  bare 4 KiB answers, this driver  %,10.0f /s
                  the same on one connection       %,10.0f /s   (%.0f us)
                """,
                syncsPerSecond,
                1e6 / syncsPerSecond,
                groupedPerSecond,
                writeMegabytesPerSecond,
                md5MegabytesPerSecond,
                crc64MegabytesPerSecond,
                sendfileMegabytesPerSecond,
                answersPerSecond,
                answersAlonePerSecond,
                1e6 / answersAlonePerSecond);
    }

    private static double synced(Path file, int bytes, boolean over) throws IOException {
        ByteBuffer block = random(bytes);
        long span = over ? 64L * MIB : Long.MAX_VALUE;
        try (FileChannel channel = FileChannel.open(file, options())) {
            for (long at = 0; over && at < span; at += MIB) {
                write(channel, random(MIB), at);
            }
            channel.force(true);
            long count = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < EACH.toNanos()) {
                write(channel, block.rewind(), count * bytes % span);
                channel.force(false);
                count++;
            }
            return count / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private static double written(Path file) throws IOException {
        ByteBuffer block = random(MIB + 4096).alignedSlice(4096).limit(MIB);
        Set<OpenOption> direct = Set.of(
                StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, direct());
        try (FileChannel channel = FileChannel.open(file, direct)) {
            long written = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < EACH.toNanos()) {
                write(channel, block.rewind(), written);
                written += MIB;
            }
            channel.force(false);
            return written / ((System.nanoTime() - begin) / 1e3);
        } catch (UnsupportedOperationException e) {
            return Double.NaN;
        }
    }

    /** The option that writes past the page cache. By name: javac warns of its class, though it is supported. */
    private static OpenOption direct() {
        try {
            for (Object option :
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
                if (option.toString().equals("DIRECT")) {
                    return (OpenOption) option;
                }
            }
        } catch (ClassNotFoundException e) {
            // the same as without such an option
        }
        throw new UnsupportedOperationException("direct writing");
    }

    /** Takes bytes. */
    private interface Hash {
        void update(byte[] bytes, int from, int count);
    }

    private static Hash md5() {
        try {
            return MessageDigest.getInstance("MD5")::update;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double hashed(Hash hash) {
        byte[] block = new byte[MIB];
        new Random(1).nextBytes(block);
        double best = 0;
        for (int round = 0; round < 4; round++) {
            long bytes = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < EACH.toNanos() / 4) {
                hash.update(block, 0, MIB);
                bytes += MIB;
            }
            best = Math.max(best, bytes / ((System.nanoTime() - begin) / 1e3));
        }
        return best;
    }

    private static double sent(Path file) throws IOException, InterruptedException {
        Files.write(file, new byte[64 * MIB]);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread sender = Thread.ofPlatform().start(() -> send(server, file));
            long received = 0;
            long begin = System.nanoTime();
            try (SocketChannel socket = SocketChannel.open(server.getLocalAddress())) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
                while (System.nanoTime() - begin < EACH.toNanos()) {
                    received += socket.read(buffer.clear());
                }
            }
            double reached = received / ((System.nanoTime() - begin) / 1e3);
            sender.join();
            return reached;
        }
    }

    private static void send(ServerSocketChannel server, Path file) {
        try (SocketChannel socket = server.accept();
                FileChannel channel = FileChannel.open(file)) {
            while (true) {
                for (long at = 0; at < channel.size(); ) {
                    at += channel.transferTo(at, channel.size() - at, socket);
                }
            }
        } catch (IOException e) {
            // the reader has seen enough
        }
    }

    private static Set<OpenOption> options() {
        return Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        int from = bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position() - from);
        }
    }

    private static ByteBuffer random(int bytes) {
        byte[] block = new byte[bytes];
        new Random(bytes).nextBytes(block);
        return ByteBuffer.allocateDirect(bytes).put(block).flip();
    }
}

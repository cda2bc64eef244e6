package coffer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.BucketName;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentKeys;
import coffer.encryption.EncryptionHeaders;
import coffer.identity.Account;
import coffer.multipart.Upload;
import coffer.object.Attributes;
import coffer.object.BodyReceiver;
import coffer.object.ObjectService;
import coffer.operation.Callers;
import coffer.operation.Services;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The services of a server over a real data folder, without its sockets. */
final class StoreFixture implements AutoCloseable {
    static final Account ACCOUNT = new Account("1250000000", "100000000001");

    /** Asks for a key of the server's. */
    static final Headers SSE_COS = Headers.of("x-cos-server-side-encryption", "AES256");

    /** A customer's key. */
    static final Headers CUSTOMER_KEY = Headers.of(
            "x-cos-server-side-encryption-customer-algorithm",
            "AES256",
            "x-cos-server-side-encryption-customer-key",
            "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "x-cos-server-side-encryption-customer-key-MD5",
            "KYvwGXoFFJ42a2u2GDWhwQ==");

    private final Path folder;
    private LocalEngine engine;
    private boolean open = true;
    private Services services;

    StoreFixture(Path folder, InstantSource clock) {
        this.folder = folder;
        this.engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
        this.services = services(engine, folder, clock);
    }

    static Services services(coffer.store.Engine engine, Path folder, InstantSource clock) {
        return services(engine, folder, clock, RestoreDelays.NONE);
    }

    static Services services(coffer.store.Engine engine, Path folder, InstantSource clock, RestoreDelays delays) {
        return Services.over(
                engine,
                Callers.roots((id, token) -> Optional.empty(), clock),
                new ContentKeys(
                        ServerKeys.ofServer(engine.metadata(), keyFile(folder), true, false), new SecureRandom()),
                clock,
                new UniqueIds(clock, new Random()),
                List.of("ap-guangzhou"),
                delays,
                Outbound.NONE,
                Targets.NONE);
    }

    static Path keyFile(Path folder) {
        return ServerKeys.file(folder, Optional.empty());
    }

    private StoreFixture(StoreFixture store, Services services) {
        this.folder = store.folder;
        this.engine = store.engine;
        this.services = services;
    }

    /** The same store by way of other services; not to be closed. */
    StoreFixture with(Services others) {
        return new StoreFixture(this, others);
    }

    LocalEngine engine() {
        return engine;
    }

    Services services() {
        return services;
    }

    Bucket bucket(String name) {
        return services.buckets().create(ACCOUNT, BucketName.parse(name + "-1250000000"), "ap-guangzhou", false);
    }

    void put(Bucket bucket, String key, byte[] bytes) {
        put(bucket, key, bytes, Headers.NONE);
    }

    void put(Bucket bucket, String key, byte[] bytes, Headers headers) {
        services.objects()
                .put(
                        bucket,
                        key,
                        Attributes.of(headers),
                        services.objects().encryption().begin(bucket, key, headers),
                        body(bytes),
                        BodyReceiver.Expectation.NONE,
                        ObjectService.Precondition.NONE);
    }

    Upload upload(Bucket bucket, String key) {
        return upload(bucket, key, Headers.NONE);
    }

    Upload upload(Bucket bucket, String key, Headers headers) {
        ContentKey contentKey = services.objects().encryption().begin(bucket, key, headers);
        return services.uploads()
                .initiate(bucket, key, Attributes.of(headers), contentKey.encryption(), Optional.empty());
    }

    void part(Bucket bucket, Upload upload, int number, byte[] bytes) {
        part(bucket, upload, number, bytes, Headers.NONE);
    }

    /** @param headers the customer's key, if the upload has one */
    void part(Bucket bucket, Upload upload, int number, byte[] bytes, Headers headers) {
        ContentKey contentKey = services.objects()
                .encryption()
                .open(bucket, upload.key(), upload.encryption(), EncryptionHeaders.ofRead(headers));
        var _ = services.objects()
                .contents()
                .receiver()
                .receive(
                        body(bytes),
                        BodyReceiver.Expectation.NONE,
                        false,
                        contentKey,
                        received -> services.uploads().addPart(bucket, upload.key(), upload.id(), number, received));
    }

    static RequestBody body(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        return new RequestBody() {
            @Override
            public long declaredBytes() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer target) {
                if (!left.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(left.remaining(), target.remaining());
                target.put(left.slice(left.position(), count));
                left.position(left.position() + count);
                return count;
            }
        };
    }

    /** Bytes of which no stretch is like another, so that they can be found in files. */
    static byte[] bytes(String name, int length) {
        StringBuilder text = new StringBuilder(length + 20);
        for (int i = 0; text.length() < length; i++) {
            text.append(name).append(' ').append(i).append('\n');
        }
        return text.substring(0, length).getBytes(UTF_8);
    }

    /** Changes one bit in the first file of a folder of the closed store that holds some text. */
    void damage(String within, String text) {
        for (Path file : files(within)) {
            try {
                int at = Files.readString(file, ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    flip(file, at);
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("it is not there: " + text);
    }

    /** Changes one bit of a file. */
    static void flip(Path file, int at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer octet = ByteBuffer.allocate(1);
            channel.read(octet, at);
            channel.write(octet.put(0, (byte) (octet.get(0) ^ 4)).rewind(), at);
        }
    }

    List<Path> files(String within) {
        try (Stream<Path> files = Files.walk(folder.resolve(within))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            engine.close();
        }
    }

    /** Opens the closed store again. */
    void reopen(InstantSource clock) {
        open = true;
        engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
        services = services(engine, folder, clock);
    }
}

package coffer.bench.loop;

import coffer.encryption.ContentCipher;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentKeys;
import coffer.encryption.ContentWriter;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionRequest;
import coffer.encryption.Salt;
import coffer.encryption.Sealed;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.FileSlice;
import coffer.store.memory.MemoryEngine;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the encryption of a body costs, without the disk: its bytes, and beside them its key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncryptionBenchmark {
    private static final String OWNER = "b-1/photos/cat.jpg";
    private static final int PIPE_BYTES = 1024 * 1024;
    private static final int STEP_BYTES = 256 * 1024;

    @Param({"4096", "65536", "8388608"})
    private int bytes;

    private byte[] body = new byte[0];
    private ByteBuffer heap = ByteBuffer.allocate(0);
    private ByteBuffer direct = ByteBuffer.allocate(0);
    private ContentKeys keys = NewKeys.of(new MemoryEngine());
    private ContentCipher cipher = ContentCipher.none();
    private Encryption encryption = new Encryption.None();
    private Sealed sealed = new Sealed(heap, Salt.NONE);

    @Setup
    public void encrypt() {
        body = new byte[bytes];
        new Random(1).nextBytes(body);
        heap = ByteBuffer.allocate(STEP_BYTES);
        direct = ByteBuffer.allocateDirect(STEP_BYTES);
        ContentKey begun = keys.begin(new EncryptionRequest.SseCos(), OWNER);
        cipher = begun.cipher();
        encryption = begun.encryption();
        sealed = cipher.encrypt(ByteBuffer.wrap(body));
    }

    /** As a tail. */
    @Benchmark
    public Sealed sealAtOnce() {
        return cipher.encrypt(ByteBuffer.wrap(body));
    }

    /** As a tail. */
    @Benchmark
    public ByteBuffer openAtOnce() {
        return cipher.decrypt(sealed.bytes(), sealed.salt());
    }

    /** As a blob that is received in buffers of 1 MiB. */
    @Benchmark
    public BlobId writeBlob() {
        try (ContentWriter writer = cipher.encrypt(new Nowhere())) {
            for (int from = 0; from < bytes; from += PIPE_BYTES) {
                writer.write(ByteBuffer.wrap(body, from, Math.min(PIPE_BYTES, bytes - from)));
            }
            return writer.finish();
        }
    }

    /** As it is copied to another object. */
    @Benchmark
    public long readBlobToHeap() {
        return read(heap);
    }

    /** As it goes to a socket. */
    @Benchmark
    public long readBlobToDirect() {
        return read(direct);
    }

    private long read(ByteBuffer target) {
        try (Blob blob = cipher.decrypt(new InMemory(sealed.bytes().array()), bytes, sealed.salt())) {
            long done = 0;
            while (done < bytes) {
                done += blob.read(done, target.clear());
            }
            return done;
        }
    }

    @Benchmark
    public ContentKey newDataKey() {
        return keys.begin(new EncryptionRequest.SseCos(), OWNER);
    }

    @Benchmark
    public ContentKey openDataKey() {
        return keys.open(encryption, Optional.empty(), OWNER);
    }

    /** A blob that forgets. */
    private static final class Nowhere implements BlobWriter {
        @Override
        public void write(ByteBuffer source) {
            source.position(source.limit());
        }

        @Override
        public BlobId finish() {
            return new BlobId(1);
        }

        @Override
        public void close() {}
    }

    /** A blob at hand. */
    private record InMemory(byte[] bytes) implements Blob {
        @Override
        public long lengthBytes() {
            return bytes.length;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            int count = (int) Math.min(bytes.length - offset, target.remaining());
            target.put(bytes, (int) offset, count);
            return count;
        }

        @Override
        public Optional<FileSlice> slice(long offset, long lengthBytes) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}

package coffer.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Blob;
import coffer.store.BlobId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedContentTest {
    private static final int CHUNK = ChunkCipher.PLAIN_BYTES;
    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final String SALT = "808182838485868788898a8b8c8d8e8f";

    private final ContentCipher cipher = new EncryptedContent(KEY, false, new SecureRandom(), new ChunkBuffers(1));

    /** What HKDFExpand and AESGCM of Python's cryptography 48.0.0 make of the same. */
    @Test
    void fitsBytesComputedElsewhere() throws NoSuchAlgorithmException {
        ContentCipher known = new EncryptedContent(KEY, true, new FixedRandom(SALT), new ChunkBuffers(1));
        Sealed small = known.encrypt(ByteBuffer.wrap("hello, coffer".getBytes(US_ASCII)));
        assertThat(HexFormat.of().formatHex(small.bytes().array()))
                .isEqualTo("879be4b1d0426823987d9d376875c1320def4194736eb5fedf1b4e593b");
        assertThat(HexFormat.of().formatHex(small.salt().bytes())).isEqualTo(SALT);
        byte[] plain = new byte[200_000];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * 7 + (i >> 8));
        }
        byte[] large = known.encrypt(ByteBuffer.wrap(plain)).bytes().array();
        assertThat(large).hasSize(200_064);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(large)))
                .isEqualTo("d2aa05568c6a347c89cdda814adf4acf394143218c1a30af7fb01a3c3ff5ccca");
        assertThat(known.etag(HexFormat.of().parseHex("d41d8cd98f00b204e9800998ecf8427e")))
                .isEqualTo("dcd7d6cab8af401d69e401c886994122");
    }

    @Test
    void theEtagIsTheMd5UnlessItHidesIt() {
        byte[] md5 = HexFormat.of().parseHex("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(cipher.etag(md5)).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(ContentCipher.none().etag(md5)).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 15, 16, 17, 65_503, 65_504, 65_505, 65_519, 65_520, 65_521, 65_535, 65_536, 65_537, 131_039,
                131_040, 131_041, 131_072, 262_144, 3_000_000, 8_388_608
            })
    void givesBackWhatWentIn(int length) {
        byte[] plain = bytes(length);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        assertThat(sealed.bytes().remaining()).isEqualTo((int) cipher.storedBytes(length));
        assertThat(array(cipher.decrypt(sealed.bytes(), sealed.salt()))).isEqualTo(plain);
        assertThat(array(cipher.decrypt(direct(sealed.bytes()), sealed.salt()))).isEqualTo(plain);
        StoredBytes.Writer writer = new StoredBytes.Writer();
        Salt salt = write(writer, plain, new Random(length));
        byte[] stored = writer.out.toByteArray();
        assertThat(stored).hasSize((int) cipher.storedBytes(length));
        assertThat(array(cipher.decrypt(ByteBuffer.wrap(stored), salt))).isEqualTo(plain);
        assertThat(read(new StoredBytes(stored), salt, length, length)).isEqualTo(plain);
    }

    private Salt write(StoredBytes.Writer target, byte[] plain, Random random) {
        try (ContentWriter writer = cipher.encrypt(target)) {
            int from = 0;
            while (from < plain.length) {
                int count = Math.min(plain.length - from, 1 + random.nextInt(random.nextBoolean() ? 1000 : 300_000));
                ByteBuffer step = ByteBuffer.wrap(plain, from, count);
                writer.write(random.nextInt(4) == 0 ? direct(step) : step);
                from += count;
            }
            assertThat(writer.finish()).isEqualTo(new BlobId(7));
            assertThat(target.finished).isTrue();
            return writer.salt();
        } finally {
            assertThat(target.closed).isTrue();
        }
    }

    @Test
    void writesTheSameBytesInPiecesAsAtOnce() {
        byte[] plain = bytes(500_000);
        byte[] expected = new EncryptedContent(KEY, false, new FixedRandom(SALT), new ChunkBuffers(1))
                .encrypt(ByteBuffer.wrap(plain))
                .bytes()
                .array();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            StoredBytes.Writer target = new StoredBytes.Writer();
            ContentWriter writer =
                    new EncryptedContent(KEY, false, new FixedRandom(SALT), new ChunkBuffers(1)).encrypt(target);
            ByteBuffer all = ByteBuffer.wrap(plain);
            while (all.hasRemaining()) {
                int count = Math.min(all.remaining(), 1 + random.nextInt(200_000));
                writer.write(all.duplicate().limit(all.position() + count));
                all.position(all.position() + count);
            }
            BlobId _ = writer.finish();
            assertThat(target.out.toByteArray()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void leavesWhatItEncryptsAsItIs() {
        byte[] plain = bytes(200_000);
        ByteBuffer source = ByteBuffer.wrap(plain.clone(), 1000, 150_000).slice();
        Sealed sealed = cipher.encrypt(source);
        assertThat(source.remaining()).isEqualTo(150_000);
        assertThat(array(source)).isEqualTo(Arrays.copyOfRange(plain, 1000, 151_000));
        assertThat(array(cipher.decrypt(sealed.bytes(), sealed.salt()))).isEqualTo(array(source));
    }

    @Test
    void lengthsCanBeComputedBothWays() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long plain = i < 70_000 ? i : random.nextLong(6L << 30);
            long stored = cipher.storedBytes(plain);
            assertThat(cipher.mostPlainBytes(stored)).isEqualTo(plain);
            // one byte more fits nowhere sooner
            assertThat(cipher.mostPlainBytes(cipher.storedBytes(plain + 1) - 1)).isEqualTo(plain);
        }
        assertThat(cipher.storedBytes(CHUNK)).isEqualTo(65_536);
        assertThat(cipher.storedBytes(0)).isZero();
    }

    @Test
    void noTwoExtentsOfTheSameBytesAreTheSame() {
        byte[] plain = bytes(1000);
        Sealed one = cipher.encrypt(ByteBuffer.wrap(plain));
        Sealed other = cipher.encrypt(ByteBuffer.wrap(plain));
        assertThat(one.salt()).isNotEqualTo(other.salt());
        assertThat(one.bytes()).isNotEqualTo(other.bytes());
    }

    @Test
    void readsAnyRange() {
        int length = 5 * CHUNK + 1234;
        byte[] plain = bytes(length);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        Random random = new Random(9);
        try (Blob blob = cipher.decrypt(new StoredBytes(array(sealed.bytes())), length, sealed.salt())) {
            assertThat(blob.lengthBytes()).isEqualTo(length);
            for (int i = 0; i < 2000; i++) {
                int from = random.nextInt(length + 100);
                int asked = random.nextInt(random.nextBoolean() ? 100 : 200_000);
                ByteBuffer target =
                        random.nextBoolean() ? ByteBuffer.allocate(asked + 3) : ByteBuffer.allocateDirect(asked + 3);
                target.position(3);
                int count = blob.read(from, target);
                assertThat(count).isEqualTo(Math.clamp(length - from, 0, asked));
                assertThat(target.position()).isEqualTo(3 + count);
                int begin = Math.min(from, length);
                assertThat(array(target.flip().position(3)))
                        .as("%d bytes from %d", count, from)
                        .isEqualTo(Arrays.copyOfRange(plain, begin, begin + count));
            }
        }
    }

    @Test
    void decryptsOnlyTheChunksItNeedsAndEachOfThemOnce() {
        int length = 5 * CHUNK + 1234;
        byte[] plain = bytes(length);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        StoredBytes stored = new StoredBytes(array(sealed.bytes()));
        assertThat(read(stored, sealed.salt(), length, 1000)).isEqualTo(plain);
        assertThat(stored.reads).hasValue(6);
        Blob blob = cipher.decrypt(stored, length, sealed.salt());
        assertThat(blob.read(3 * CHUNK + 5, ByteBuffer.allocate(10))).isEqualTo(10);
        assertThat(stored.reads).hasValue(7);
        assertThat(blob.read(0, ByteBuffer.allocate(length))).isEqualTo(length);
        // The fourth is still at hand.
        assertThat(stored.reads).hasValue(12);
    }

    @Test
    void goesOutThroughMemoryOnlyAndClosesWhatItReads() {
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(10)));
        StoredBytes stored = new StoredBytes(array(sealed.bytes()));
        Blob blob = cipher.decrypt(stored, 10, sealed.salt());
        assertThat(blob.slice(0, 10)).isEmpty();
        blob.close();
        assertThat(stored.closed).isTrue();
    }

    @Test
    void severalThreadsReadOneBlob() throws Exception {
        int length = 20 * CHUNK;
        byte[] plain = bytes(length);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        Blob blob = cipher.decrypt(new StoredBytes(array(sealed.bytes())), length, sealed.salt());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> readers = new Random(4)
                    .ints(200, 0, length - 70_000)
                    .<Callable<Boolean>>mapToObj(from -> () -> {
                        ByteBuffer target = ByteBuffer.allocate(70_000);
                        return blob.read(from, target) == 70_000
                                && Arrays.equals(target.array(), Arrays.copyOfRange(plain, from, from + 70_000));
                    })
                    .toList();
            for (var outcome : threads.invokeAll(readers)) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    @Test
    void bytesThatAreNotEncryptedPassAsTheyAre() {
        ContentCipher none = ContentCipher.none();
        byte[] plain = bytes(100_000);
        StoredBytes.Writer target = new StoredBytes.Writer();
        try (ContentWriter writer = none.encrypt(target)) {
            writer.write(ByteBuffer.wrap(plain));
            assertThat(writer.finish()).isEqualTo(new BlobId(7));
            assertThat(writer.salt()).isEqualTo(Salt.NONE);
        }
        assertThat(target.closed).isTrue();
        assertThat(target.out.toByteArray()).isEqualTo(plain);
        ByteBuffer tail = ByteBuffer.wrap(plain);
        assertThat(none.encrypt(tail)).isEqualTo(new Sealed(tail, Salt.NONE));
        assertThat(none.decrypt(tail, Salt.NONE)).isSameAs(tail);
        StoredBytes stored = new StoredBytes(plain);
        assertThat(none.decrypt(stored, plain.length, Salt.NONE)).isSameAs(stored);
        assertThat(none.storedBytes(17)).isEqualTo(17);
        assertThat(none.mostPlainBytes(17)).isEqualTo(17);
    }

    private byte[] read(StoredBytes stored, Salt salt, int length, int step) {
        ByteBuffer all = ByteBuffer.allocate(length);
        try (Blob blob = cipher.decrypt(stored, length, salt)) {
            while (all.hasRemaining()) {
                ByteBuffer target = all.duplicate().limit(all.position() + Math.min(step, all.remaining()));
                all.position(all.position() + blob.read(all.position(), target));
            }
            assertThat(blob.read(length, ByteBuffer.allocate(1))).isZero();
        }
        return all.array();
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining())
                .put(bytes.duplicate())
                .flip();
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

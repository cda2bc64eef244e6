package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.store.Blob;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Encrypted bytes that somebody or something has changed: never is anything else given back than what was written. */
class TamperingTest {
    private static final int CHUNK = ChunkCipher.PLAIN_BYTES;
    private static final int STORED = ChunkCipher.STORED_BYTES;

    private final byte[] key = bytes(32, 1);
    private final ContentCipher cipher = new EncryptedContent(key, false, new SecureRandom(), new ChunkBuffers(1));

    @Test
    void refusesEveryChangedBitOfAShortExtent() {
        byte[] plain = bytes(100, 2);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        byte[] stored = sealed.bytes().array();
        for (int bit = 0; bit < 8 * stored.length; bit++) {
            byte[] changed = stored.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refused(changed, plain.length, sealed.salt());
        }
    }

    @Test
    void refusesChangedBytesOfALongExtent() {
        int length = 3 * CHUNK + 1;
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(length, 3)));
        byte[] stored = sealed.bytes().array();
        Random random = new Random(4);
        for (int i = 0; i < 600; i++) {
            int at = i < 20 ? i : i < 60 ? STORED - 40 + i : random.nextInt(stored.length);
            byte[] changed = stored.clone();
            changed[at] ^= (byte) (1 + random.nextInt(255));
            refused(changed, length, sealed.salt());
        }
    }

    @Test
    void refusesEveryOtherLength() {
        byte[] plain = bytes(100, 5);
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
        byte[] stored = sealed.bytes().array();
        for (int length = 1; length < stored.length + 40; length++) {
            if (length != stored.length) {
                refused(Arrays.copyOf(stored, length), plain.length, sealed.salt());
            }
        }
    }

    /** Cut off behind a whole chunk, with a row that has been made to agree. */
    @Test
    void refusesAnExtentWithoutItsLastChunks() {
        int length = 4 * CHUNK;
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(length, 6)));
        byte[] stored = sealed.bytes().array();
        for (int chunks = 1; chunks < 4; chunks++) {
            refused(Arrays.copyOf(stored, chunks * STORED), chunks * CHUNK, sealed.salt());
        }
        byte[] longer = Arrays.copyOf(stored, stored.length + STORED);
        System.arraycopy(stored, 3 * STORED, longer, 4 * STORED, STORED);
        refused(longer, 5 * CHUNK, sealed.salt());
    }

    @Test
    void refusesChunksInAnotherPlace() {
        int length = 4 * CHUNK;
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(length, 7)));
        byte[] stored = sealed.bytes().array();
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 4; to++) {
                if (from != to) {
                    byte[] swapped = stored.clone();
                    System.arraycopy(stored, from * STORED, swapped, to * STORED, STORED);
                    System.arraycopy(stored, to * STORED, swapped, from * STORED, STORED);
                    refused(swapped, length, sealed.salt());
                    byte[] repeated = stored.clone();
                    System.arraycopy(stored, from * STORED, repeated, to * STORED, STORED);
                    refused(repeated, length, sealed.salt());
                }
            }
        }
    }

    @Test
    void refusesExtentsAndChunksOfOtherExtentsUnderTheSameKey() {
        int length = 2 * CHUNK + 5;
        Sealed one = cipher.encrypt(ByteBuffer.wrap(bytes(length, 8)));
        Sealed other = cipher.encrypt(ByteBuffer.wrap(bytes(length, 9)));
        refused(one.bytes().array(), length, other.salt());
        refused(other.bytes().array(), length, one.salt());
        byte[] mixed = one.bytes().array().clone();
        System.arraycopy(other.bytes().array(), STORED, mixed, STORED, STORED);
        refused(mixed, length, one.salt());
    }

    @Test
    void refusesAnotherKey() {
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(100, 10)));
        for (int bit = 0; bit < 256; bit++) {
            byte[] changed = key.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            ContentCipher wrong = new EncryptedContent(changed, false, new SecureRandom(), new ChunkBuffers(1));
            corrupt(() -> wrong.decrypt(sealed.bytes(), sealed.salt()));
        }
    }

    @Test
    void handsOutNothingOfAReadThatFails() {
        int length = 3 * CHUNK;
        Sealed sealed = cipher.encrypt(ByteBuffer.wrap(bytes(length, 11)));
        byte[] stored = sealed.bytes().array();
        stored[STORED + 7] ^= 1;
        Blob blob = cipher.decrypt(new StoredBytes(stored), length, sealed.salt());
        ByteBuffer whole = ByteBuffer.allocate(length).position(5);
        corrupt(() -> blob.read(2, whole));
        assertThat(whole.position()).isEqualTo(5);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        corrupt(() -> blob.read(CHUNK, chunk));
        assertThat(chunk.position()).isZero();
        assertThat(chunk.array()).containsOnly(0);
        // what is not damaged can be read still, and what is stays refused
        assertThat(blob.read(2 * CHUNK + 1, chunk.clear().limit(100))).isEqualTo(100);
        corrupt(() -> blob.read(CHUNK + 1, chunk.clear().limit(100)));
        corrupt(() -> blob.read(CHUNK + 1, chunk.clear().limit(100)));
        assertThat(chunk.position()).isZero();
    }

    /** Whatever is done to the bytes, what is read is what was written, or nothing is. */
    @Test
    void neverGivesBackAnythingElse() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int length = 1 + random.nextInt(3 * CHUNK);
            byte[] plain = bytes(length, seed);
            Sealed sealed = cipher.encrypt(ByteBuffer.wrap(plain));
            byte[] stored = sealed.bytes().array().clone();
            int from = random.nextInt(stored.length);
            int to = random.nextInt(stored.length);
            int count = random.nextInt(stored.length - Math.max(from, to));
            System.arraycopy(sealed.bytes().array(), from, stored, to, count);
            Blob blob = cipher.decrypt(new StoredBytes(stored), length, sealed.salt());
            int begin = random.nextInt(length);
            ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(length));
            try {
                int read = blob.read(begin, target);
                assertThat(Arrays.copyOf(target.array(), read))
                        .as("seed %d", seed)
                        .isEqualTo(Arrays.copyOfRange(plain, begin, begin + read));
            } catch (StoreException e) {
                assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT);
                assertThat(target.position()).as("seed %d", seed).isZero();
            }
        }
    }

    private void refused(byte[] stored, int length, Salt salt) {
        corrupt(() -> cipher.decrypt(ByteBuffer.wrap(stored), salt));
        ByteBuffer target = ByteBuffer.allocate(length);
        corrupt(() -> cipher.decrypt(new StoredBytes(stored), length, salt).read(0, target));
        assertThat(target.position()).isZero();
    }

    private static void corrupt(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT))
                .hasMessageStartingWith("encrypted bytes");
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}

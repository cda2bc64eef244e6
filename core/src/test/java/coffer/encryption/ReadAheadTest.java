package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and decrypted before somebody asks for it. */
class ReadAheadTest {
    private static final int LENGTH = 3_000_000;
    private static final int STEP = 256 * 1024;

    private final ChunkBuffers buffers = new ChunkBuffers(64L * ChunkCipher.STORED_BYTES);
    private final ContentCipher cipher = new EncryptedContent(new byte[32], false, new SecureRandom(), buffers);
    private final byte[] bytes = new byte[LENGTH];
    private final Sealed sealed;

    ReadAheadTest() {
        new Random(1).nextBytes(bytes);
        sealed = cipher.encrypt(ByteBuffer.wrap(bytes));
    }

    /** Counts what is read of it, and reads nothing behind a place until it may. */
    private static final class Watched implements Blob {
        private final Blob blob;
        private final AtomicLong readTo = new AtomicLong();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final long held;
        private final CountDownLatch let = new CountDownLatch(1);

        Watched(byte[] bytes, long held) {
            this.blob = new StoredBytes(bytes);
            this.held = held;
        }

        @Override
        public long lengthBytes() {
            return blob.lengthBytes();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            try {
                if (offset >= held) {
                    let.await();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(closed).isFalse();
            int count = blob.read(offset, target);
            readTo.accumulateAndGet(offset + count, Math::max);
            return count;
        }

        @Override
        public Optional<FileSlice> slice(long offset, long length) {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private Watched stored() {
        return new Watched(sealed.bytes().array(), Long.MAX_VALUE);
    }

    private Blob open(Blob stored) {
        return cipher.decrypt(stored, LENGTH, sealed.salt());
    }

    @ParameterizedTest
    @ValueSource(ints = {STEP, STEP - 1, 100_000, 65_520, 65_521, 1_000_003, 4 * 65_520})
    void readsTheSameBytesInStepsOfAnyLength(int step) {
        for (boolean direct : new boolean[] {true, false}) {
            try (Blob blob = open(stored())) {
                ByteBuffer whole = direct ? ByteBuffer.allocateDirect(LENGTH) : ByteBuffer.allocate(LENGTH);
                while (whole.hasRemaining()) {
                    ByteBuffer piece = whole.slice(whole.position(), Math.min(step, whole.remaining()));
                    whole.position(whole.position() + blob.read(whole.position(), piece));
                }
                assertThat(whole.flip()).isEqualTo(ByteBuffer.wrap(bytes));
            }
            assertThat(buffers.taken()).isZero();
        }
    }

    @Test
    void readsAheadNoMoreThanWasRead() {
        Watched stored = stored();
        try (Blob blob = open(stored)) {
            long end = 0;
            for (int i = 0; i < 3; i++) {
                end += blob.read(end, ByteBuffer.allocateDirect(100_000));
            }
        }
        // Closing waits for what is under way.
        assertThat(stored.readTo.get()).isLessThanOrEqualTo(2 * 300_000 + ChunkCipher.STORED_BYTES);
        assertThat(stored.readTo.get()).isGreaterThan(400_000);
    }

    @Test
    void whoReadsHereAndThereIsNotReadAheadFor() {
        Watched stored = stored();
        Random random = new Random(2);
        try (Blob blob = open(stored)) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(LENGTH - STEP);
                ByteBuffer piece = ByteBuffer.allocateDirect(STEP / 2);
                blob.read(from, piece);
                assertThat(piece.flip()).isEqualTo(ByteBuffer.wrap(bytes, from, STEP / 2));
                assertThat(buffers.taken()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void damageIsMetByWhoeverReadsItAndByNobodyElse() {
        int damaged = 20;
        byte[] bytesThen = sealed.bytes().array().clone();
        bytesThen[damaged * ChunkCipher.STORED_BYTES + 5] ^= 1;
        int good = damaged * ChunkCipher.PLAIN_BYTES;
        try (Blob blob = open(new Watched(bytesThen, Long.MAX_VALUE))) {
            ByteBuffer before = ByteBuffer.allocateDirect(good);
            while (before.hasRemaining()) {
                ByteBuffer piece = before.slice(before.position(), Math.min(STEP, before.remaining()));
                before.position(before.position() + blob.read(before.position(), piece));
            }
            assertThat(before.flip()).isEqualTo(ByteBuffer.wrap(bytes, 0, good));
            assertThatThrownBy(() -> blob.read(good, ByteBuffer.allocateDirect(10)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
            int behind = good + ChunkCipher.PLAIN_BYTES;
            ByteBuffer rest = ByteBuffer.allocateDirect(LENGTH - behind);
            assertThat(blob.read(behind, rest)).isEqualTo(LENGTH - behind);
            assertThat(rest.flip()).isEqualTo(ByteBuffer.wrap(bytes, behind, LENGTH - behind));
        }
        assertThat(buffers.taken()).isZero();
    }

    @Test
    void theFileStaysOpenUntilNothingIsReadAnyMore() throws InterruptedException {
        Watched stored = new Watched(sealed.bytes().array(), 5L * ChunkCipher.STORED_BYTES);
        Blob blob = open(stored);
        int count = blob.read(0, ByteBuffer.allocateDirect(STEP));
        assertThat(count).isEqualTo(STEP);
        Thread closing = Thread.startVirtualThread(blob::close);
        assertThat(closing.join(java.time.Duration.ofMillis(100))).isFalse();
        assertThat(stored.closed).isFalse();
        stored.let.countDown();
        closing.join();
        assertThat(stored.closed).isTrue();
        assertThat(buffers.taken()).isZero();
    }
}

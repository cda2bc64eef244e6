package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Blob;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What many readers of encrypted blobs take of the memory. */
class ChunkBuffersTest {
    private static final int BUFFERS = 8;
    private static final int LENGTH = 200_000;

    private final ChunkBuffers buffers = new ChunkBuffers((long) BUFFERS * ChunkCipher.STORED_BYTES);
    private final ContentCipher cipher = new EncryptedContent(new byte[32], false, new SecureRandom(), buffers);
    private final byte[] bytes = new byte[LENGTH];
    private final Sealed sealed;

    ChunkBuffersTest() {
        new Random(1).nextBytes(bytes);
        sealed = cipher.encrypt(ByteBuffer.wrap(bytes));
    }

    private Blob blob() {
        return cipher.decrypt(new StoredBytes(sealed.bytes().array()), LENGTH, sealed.salt());
    }

    @Test
    void whoWaitsForItsClientKeepsNoneIfTheyAreScarce() {
        List<Blob> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Blob blob = blob();
            open.add(blob);
            assertThat(blob.read(0, ByteBuffer.allocateDirect(10))).isEqualTo(10);
            assertThat(buffers.taken()).isLessThanOrEqualTo(BUFFERS / 2);
        }
        for (Blob blob : open) {
            ByteBuffer rest = ByteBuffer.allocateDirect(LENGTH - 10);
            while (rest.hasRemaining()) {
                assertThat(blob.read(10 + rest.position(), rest)).isPositive();
            }
            assertThat(rest.flip()).isEqualTo(ByteBuffer.wrap(bytes, 10, LENGTH - 10));
        }
        open.forEach(Blob::close);
        assertThat(buffers.taken()).isZero();
    }

    @Test
    void manyReadersOfFewBuffersAllComeToTheEnd() {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<byte[]>> all = new ArrayList<>();
            try (Blob shared = blob()) {
                for (int i = 0; i < 60; i++) {
                    int step = 9000 + 7000 * (i % 11);
                    all.add(CompletableFuture.supplyAsync(() -> read(shared, step), readers));
                }
                assertThat(all)
                        .allSatisfy(read ->
                                assertThat(Arrays.equals(read.join(), bytes)).isTrue());
            }
        }
        assertThat(buffers.taken()).isZero();
    }

    @Test
    void whatIsReadAheadLeavesHalfToTheOthers() {
        ChunkBuffers scarce = new ChunkBuffers(1);
        assertThat(scarce.takeSpare(BUFFERS / 2 + 1)).isEmpty();
        assertThat(scarce.taken()).isZero();
        assertThat(scarce.takeSpare(BUFFERS / 2)).isPresent();
        assertThat(scarce.takeSpare(1)).isEmpty();
        assertThat(scarce.taken()).isEqualTo(BUFFERS / 2);
    }

    private static byte[] read(Blob blob, int step) {
        ByteBuffer whole = ByteBuffer.allocate(LENGTH);
        while (whole.hasRemaining()) {
            int from = whole.position();
            ByteBuffer piece = whole.slice(from, Math.min(step, whole.remaining()));
            whole.position(from + blob.read(from, piece));
        }
        return whole.array();
    }
}

package coffer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every blob store must do. */
public abstract class BlobStoreContract {
    private Engine engine;
    private BlobStore blobs;

    /** A new engine without any blobs. */
    protected abstract Engine open();

    @BeforeEach
    void start() {
        engine = open();
        blobs = engine.blobs();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000, 17_000_000})
    void aBlobIsReadAsItWasWritten(int length) {
        byte[] bytes = random(length);
        BlobId id = write(bytes);
        try (Blob blob = blobs.open(id)) {
            assertThat(blob.lengthBytes()).isEqualTo(length);
            assertThat(read(blob, 0, length)).isEqualTo(bytes);
            for (int offset : new int[] {length / 2, Math.max(length - 1, 0), length}) {
                assertThat(read(blob, offset, length - offset)).isEqualTo(Arrays.copyOfRange(bytes, offset, length));
            }
        }
    }

    @Test
    void aBlobEndsWhereItEnds() {
        try (Blob blob = blobs.open(write(random(70_000)))) {
            assertThat(blob.read(69_990, ByteBuffer.allocate(100))).isEqualTo(10);
            assertThat(blob.read(70_000, ByteBuffer.allocate(100))).isZero();
        }
    }

    @Test
    void aBlobIsSlicedWhereItIsAFile() throws Exception {
        byte[] bytes = random(300_000);
        try (Blob blob = blobs.open(write(bytes))) {
            Optional<FileSlice> slice = blob.slice(100_000, 150_000);
            if (slice.isPresent()) {
                ByteBuffer target = ByteBuffer.allocate(150_000);
                while (target.hasRemaining()) {
                    slice.get().file().read(target, slice.get().position() + target.position());
                }
                assertThat(target.array()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 250_000));
                assertThat(slice.get().lengthBytes()).isEqualTo(150_000);
            }
        }
    }

    @Test
    void aBufferMayBeUsedAgainOnceItIsWritten() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
        try (BlobWriter writer = blobs.create(0)) {
            for (int i = 0; i < 200; i++) {
                for (int at = 0; at < 1000; at++) {
                    buffer.put(at, (byte) (i + at));
                }
                writer.write(buffer.clear());
                assertThat(buffer.hasRemaining()).isFalse();
            }
            try (Blob blob = blobs.open(writer.finish())) {
                assertThat(read(blob, 150_500, 1)).isEqualTo(new byte[] {(byte) (150 + 500)});
            }
        }
    }

    @Test
    void noTwoBlobsHaveTheSameName() {
        BlobId first = write(random(10));
        blobs.discard(first);
        assertThat(write(random(10))).isNotEqualTo(first);
    }

    @Test
    void anAbandonedBlobIsNotThere() {
        try (BlobWriter writer = blobs.create(100)) {
            writer.write(ByteBuffer.wrap(random(100)));
        }
        BlobId discarded = write(random(100));
        blobs.discard(discarded);
        blobs.discard(discarded);
        assertGone(discarded);
        assertGone(new BlobId(123_456_789_012L));
    }

    @Test
    void aReleasedBlobGoesButNotForThoseWhoHaveItOpen() {
        byte[] bytes = random(200_000);
        BlobId id = adopted(bytes);
        try (Blob blob = blobs.open(id)) {
            release(id);
            assertThat(read(blob, 0, 200_000)).isEqualTo(bytes);
        }
        assertGone(id);
    }

    @Test
    void aPinnedBlobStaysUntilTheLastPinIsClosed() {
        BlobId id = adopted(random(100));
        BlobId kept = adopted(random(100));
        BlobStore.Pin first = blobs.pin(List.of(id, kept));
        BlobStore.Pin second = blobs.pin(List.of(id));
        release(id);
        first.close();
        first.close();
        try (Blob blob = blobs.open(id)) {
            assertThat(blob.lengthBytes()).isEqualTo(100);
        }
        second.close();
        assertGone(id);
        try (Blob blob = blobs.open(kept)) {
            assertThat(blob.lengthBytes()).isEqualTo(100);
        }
    }

    @Test
    void blobsAreWrittenAndReadConcurrently() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int length = 100_000 + i * 50_000;
                results.add(executor.submit(() -> {
                    byte[] bytes = random(length);
                    try (Blob blob = blobs.open(adopted(bytes))) {
                        return Arrays.equals(read(blob, 0, length), bytes);
                    }
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private BlobId adopted(byte[] bytes) {
        BlobId id = write(bytes);
        RowKey row = new RowGroup("s", "k" + id.value()).row('o');
        engine.metadata()
                .commit(new Commit(
                        row.group(), List.of(), List.of(Change.put(row, "v".getBytes(UTF_8))), List.of(id), List.of()));
        return id;
    }

    private void release(BlobId id) {
        RowKey row = new RowGroup("s", "k" + id.value()).row('o');
        engine.metadata()
                .commit(new Commit(row.group(), List.of(), List.of(Change.delete(row)), List.of(), List.of(id)));
    }

    private BlobId write(byte[] bytes) {
        try (BlobWriter writer = blobs.create(bytes.length)) {
            for (int at = 0; at < bytes.length; at += 30_001) {
                writer.write(ByteBuffer.wrap(bytes, at, Math.min(30_001, bytes.length - at)));
            }
            return writer.finish();
        }
    }

    /** It need not be at once: an engine that others share waits for their readers. */
    private void assertGone(BlobId id) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (isThere(id)) {
            assertThat(System.nanoTime()).as("%s is there still", id).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean isThere(BlobId id) {
        try {
            blobs.open(id).close();
            return true;
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.GONE);
            return false;
        }
    }

    private static byte[] read(Blob blob, long offset, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        assertThat(blob.read(offset, target)).isEqualTo(length);
        return target.array();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits between the event loop and the handler, and that it is always released. */
@Timeout(30)
class BodyQueueTest {
    private static final int LIMIT = 4096;

    private final QueuedBytes queued = new QueuedBytes(32 * LIMIT, LIMIT);

    private final AtomicInteger continues = new AtomicInteger();
    private final AtomicInteger resumes = new AtomicInteger();
    private final BodyQueue queue = queue(-1, false);

    @Test
    void isFullAboveItsLimitAndAsksForMoreBelowAQuarter() {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.isFull()).isFalse();
            queue.add(octets(1024));
        }
        assertThat(queue.isFull()).isTrue();
        ByteBuffer target = ByteBuffer.allocate(1024);
        for (int i = 0; i < 3; i++) {
            assertThat(resumes).hasValue(0);
            queue.read(target.clear());
        }
        queue.read(target.clear());
        assertThat(resumes).hasValue(1);
        assertThat(queue.isFull()).isFalse();
    }

    /** What the network had already handed over when reading was turned off comes while the handler reads. */
    @Test
    void staysFullWhenMoreComesOnTheWayDown() {
        for (int i = 0; i < 4; i++) {
            queue.add(octets(1024));
        }
        ByteBuffer target = ByteBuffer.allocate(1024);
        queue.read(target.clear());
        queue.read(target.clear());
        queue.add(octets(10));
        assertThat(queue.isFull()).isTrue();
        for (int i = 0; i < 3; i++) {
            queue.read(target.clear());
        }
        assertThat(resumes).hasValue(1);
    }

    @Test
    void theMoreWaitsOfAllTheLessMayWaitOfOne() {
        QueuedBytes all = new QueuedBytes(8 * 1024 * 1024, 1024 * 1024);
        assertThat(all.limitOfOne()).isEqualTo(1024 * 1024);
        all.add(4 * 1024 * 1024);
        assertThat(all.limitOfOne()).isEqualTo(512 * 1024);
        all.add(40 * 1024 * 1024);
        assertThat(all.limitOfOne()).isEqualTo(32 * 1024);
    }

    @Test
    void whatIsReadOrDroppedNoLongerCounts() {
        queue.add(octets(3000));
        queue.add(octets(500));
        queue.read(ByteBuffer.allocate(4096));
        queue.close();
        queued.add(24L * LIMIT);
        assertThat(queued.limitOfOne()).isEqualTo(LIMIT);
        queued.add(8);
        assertThat(queued.limitOfOne()).isEqualTo(LIMIT - 1);
    }

    @Test
    void isFilledByTinyBuffersSoonerThanTheirOctetsSay() {
        int added = 0;
        while (!queue.isFull()) {
            queue.add(octets(1));
            added++;
        }
        assertThat(added).isLessThan(LIMIT / 100);
    }

    @Test
    void givesWhatFitsAndKeepsTheRest() {
        queue.add(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5}));
        queue.complete();
        ByteBuffer target = ByteBuffer.allocate(8).limit(2);
        assertThat(queue.read(target)).isEqualTo(2);
        assertThat(target.hasRemaining()).isFalse();
        assertThat(queue.read(target.limit(8))).isEqualTo(3);
        assertThat(queue.read(target)).isEqualTo(-1);
        assertThat(target.array()).startsWith(1, 2, 3, 4, 5, 0);
    }

    @Test
    void releasesEverythingWhoeverGivesUp() {
        ByteBuf read = octets(10);
        ByteBuf half = octets(10);
        ByteBuf waiting = octets(10);
        ByteBuf late = octets(10);
        queue.add(read);
        queue.add(half);
        queue.add(waiting);
        queue.read(ByteBuffer.allocate(10));
        queue.read(ByteBuffer.allocate(5));
        queue.close();
        queue.add(late);
        assertThat(new int[] {read.refCnt(), half.refCnt(), waiting.refCnt(), late.refCnt()})
                .containsOnly(0);
    }

    @Test
    void failsAtOnceAndReleasesWhatWasNotRead() {
        ByteBuf waiting = octets(10);
        queue.add(waiting);
        queue.fail(CosError.INCOMPLETE_BODY.exception());
        assertThat(waiting.refCnt()).isZero();
        assertThatThrownBy(() -> queue.read(ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.INCOMPLETE_BODY));
    }

    @Test
    void doesNotFailOnceItIsComplete() {
        queue.add(octets(10));
        queue.complete();
        queue.fail(CosError.INCOMPLETE_BODY.exception());
        assertThat(queue.read(ByteBuffer.allocate(20))).isEqualTo(10);
        assertThat(queue.read(ByteBuffer.allocate(20))).isEqualTo(-1);
    }

    @Test
    void asksForTheBodyOnceAndOnlyIfItIsNotThere() throws InterruptedException {
        BodyQueue expecting = queue(10, true);
        Thread reader = Thread.ofVirtual().start(() -> {
            while (expecting.read(ByteBuffer.allocate(4)) >= 0) {
                // On to the end.
            }
        });
        while (continues.get() == 0) {
            Thread.onSpinWait();
        }
        expecting.add(octets(10));
        expecting.complete();
        reader.join();
        assertThat(continues).hasValue(1);
        BodyQueue eager = queue(10, true);
        eager.add(octets(5));
        eager.read(ByteBuffer.allocate(4));
        assertThat(continues).hasValue(1);
        eager.close();
    }

    @Test
    void knowsWhetherTheNextRequestCanBeFound() {
        BodyQueue known = queue(100, false);
        assertThat(known.leavesConnectionUsable(100)).isTrue();
        assertThat(known.leavesConnectionUsable(99)).isFalse();
        known.add(octets(1));
        assertThat(known.leavesConnectionUsable(99)).isTrue();
        known.fail(CosError.INCOMPLETE_BODY.exception());
        assertThat(known.leavesConnectionUsable(1000)).isFalse();
        assertThat(queue(100, true).leavesConnectionUsable(1000)).isFalse();
        assertThat(queue.leavesConnectionUsable(1000)).isFalse();
        queue.complete();
        assertThat(queue.leavesConnectionUsable(0)).isTrue();
        known.close();
    }

    private BodyQueue queue(long declaredBytes, boolean expectsContinue) {
        RequestHead head = new RequestHead("PUT", "/", Headers.NONE, true, false, expectsContinue, declaredBytes);
        return new BodyQueue(head, queued, HttpOptions.SlowBody.DEFAULT, new BodyQueue.Flow() {
            @Override
            public void sendContinue() {
                continues.incrementAndGet();
            }

            @Override
            public void resumeReading() {
                resumes.incrementAndGet();
            }
        });
    }

    private static ByteBuf octets(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }
}

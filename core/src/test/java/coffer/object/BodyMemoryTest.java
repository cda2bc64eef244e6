package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private static final int KIB = 1024;

    private final BodyMemory memory = new BodyMemory(32 * 1024 * KIB);

    @Test
    void givesLessTheLessIsLeftButNeverTooLittle() {
        List<BodyMemory.Share> shares = new ArrayList<>();
        int last = Integer.MAX_VALUE;
        for (int i = 0; i < 40; i++) {
            BodyMemory.Share share = memory.take(2, 1024 * KIB, 64 * KIB, 0);
            assertThat(share.bytes()).isLessThanOrEqualTo(last).isGreaterThanOrEqualTo(64 * KIB);
            last = share.bytes();
            shares.add(share);
        }
        assertThat(shares.getFirst().bytes()).isEqualTo(1024 * KIB);
        assertThat(last).isEqualTo(64 * KIB);
        shares.forEach(BodyMemory.Share::close);
        try (BodyMemory.Share share = memory.take(2, 1024 * KIB, 64 * KIB, 0)) {
            assertThat(share.bytes()).isEqualTo(1024 * KIB);
        }
    }

    @Test
    void whoFindsNoneWaits() throws InterruptedException {
        BodyMemory.Share all = memory.take(1, 32 * 1024 * KIB, 32 * 1024 * KIB, 0);
        Thread waiting = Thread.ofVirtual()
                .start(() -> memory.take(1, 512 * KIB, 512 * KIB, 0).close());
        assertThat(waiting.join(java.time.Duration.ofMillis(100))).isFalse();
        all.close();
        assertThat(waiting.join(java.time.Duration.ofSeconds(5))).isTrue();
    }

    /** On a machine with very little memory one body after another is taken, and none for ever refused. */
    @Test
    void oneMayHaveItAll() {
        try (BodyMemory.Share share = new BodyMemory(100 * KIB).take(2, 512 * KIB, 512 * KIB, 0)) {
            assertThat(share.bytes()).isEqualTo(512 * KIB);
        }
    }

    @Test
    void noBodyTakesNothing() {
        BodyMemory none = new BodyMemory(KIB);
        try (BodyMemory.Share first = none.take(1, 0, 0, 0);
                BodyMemory.Share second = none.take(1, 0, 0, 0)) {
            assertThat(first.bytes() + second.bytes()).isZero();
        }
    }
}

package coffer.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.store.StoreException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadThreadsTest {
    private final ReadThreads reads = new ReadThreads();

    @AfterEach
    void close() {
        reads.close();
    }

    @Test
    void leavesTheCallersThreadToOthersWhileTheDiskIsSlow() throws Exception {
        assertThat(onVirtualThread(() -> reads.run(ReadThreadsTest::quick))).isTrue();
        onVirtualThread(() -> reads.run(ReadThreadsTest::slow));
        assertThat(onVirtualThread(() -> reads.run(ReadThreadsTest::quick))).isFalse();
    }

    @Test
    void comesBackOnceItIsQuickAgain() throws Exception {
        onVirtualThread(() -> reads.run(ReadThreadsTest::slow));
        int read = 0;
        while (!onVirtualThread(() -> reads.run(ReadThreadsTest::quick))) {
            assertThat(++read).isLessThan(100_000);
        }
    }

    @Test
    void throwsWhatTheReadThrows() throws Exception {
        onVirtualThread(() -> reads.run(ReadThreadsTest::slow));
        StoreException gone = new StoreException(StoreException.Reason.GONE, "gone");
        Supplier<Boolean> failing = () -> {
            throw gone;
        };
        assertThatThrownBy(() -> onVirtualThread(() -> reads.run(failing))).hasRootCause(gone);
    }

    /** Whether it ran on a virtual thread. */
    private static boolean quick() {
        return Thread.currentThread().isVirtual();
    }

    private static boolean slow() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return Thread.currentThread().isVirtual();
    }

    private static boolean onVirtualThread(Supplier<Boolean> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work::get).get();
        }
    }
}

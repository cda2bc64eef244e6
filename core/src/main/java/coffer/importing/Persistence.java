package coffer.importing;

import coffer.outbound.OutboundException;
import coffer.remote.RemoteException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Repeats what may well go better in a while. Thread-safe, as far as the randomness is. */
final class Persistence {
    /** In all some 45 seconds. */
    private static final int ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private final Tally tally;

    Persistence(RandomGenerator random, Tally tally) {
        this.random = random;
        this.tally = tally;
    }

    /** The result of an attempt; what the last one threw, if all are in vain. */
    <T> T call(Supplier<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.get();
            } catch (RemoteException | OutboundException | CopyDiffers e) {
                if (number == ATTEMPTS || !isPassing(e)) {
                    throw e;
                }
            }
            tally.retried();
            pause(number);
        }
    }

    void run(Runnable attempt) {
        boolean _ = call(() -> {
            attempt.run();
            return true;
        });
    }

    private static boolean isPassing(RuntimeException e) {
        return switch (e) {
            case RemoteException refused -> refused.isPassing();
            case OutboundException unanswered -> unanswered.reason() == OutboundException.Reason.UNREACHABLE;
            default -> true;
        };
    }

    private void pause(int number) {
        long nanos = Math.min(LONGEST.toNanos(), FIRST.toNanos() << number);
        long until = System.nanoTime() + nanos / 2 + random.nextLong(nanos / 2);
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

package coffer.server;

import java.util.concurrent.CountDownLatch;

/** Lets a signal end the program in order: first what runs is closed, then the process ends with exit code 0. */
final class Termination {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** From here on a signal is taken as the wish to end. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "coffer-shutdown"));
    }

    private void onSignal() {
        asked.countDown();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A process that ends by a signal has a code of its own; a server that was asked to stop has done well.
        Runtime.getRuntime().halt(0);
    }

    /** Waits for a signal. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is closed: the process may end. */
    void finished() {
        finished.countDown();
    }
}

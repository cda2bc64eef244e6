package coffer.importing;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Does some tasks at once. They are started by one thread; once one has failed, no more are. */
final class Crew {
    private final int size;
    private final Semaphore free;
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());

    Crew(int size) {
        this.size = size;
        this.free = new Semaphore(size);
    }

    /** Waits until one is free for the task. Throws what an earlier task has thrown. */
    void start(Runnable task) {
        free.acquireUninterruptibly();
        boolean isStarted = false;
        try {
            check();
            Thread.startVirtualThread(() -> run(task));
            isStarted = true;
        } finally {
            if (!isStarted) {
                free.release();
            }
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failure.updateAndGet(first -> first.isPresent() ? first : Optional.of(e));
        } catch (Error e) {
            failure.updateAndGet(first -> first.isPresent() ? first : Optional.of(new IllegalStateException(e)));
        } finally {
            free.release();
        }
    }

    /** Waits for all tasks. Throws what one of them has thrown. */
    void join() {
        free.acquireUninterruptibly(size);
        free.release(size);
        check();
    }

    private void check() {
        failure.get().ifPresent(e -> {
            throw e;
        });
    }
}

package coffer.conformance.linearizability;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** What clients do, in no order. Threads may share it. */
final class History {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

    void add(Operation operation) {
        operations.add(operation);
    }

    /**
     * Returns when so many more were added, whatever time that takes on a busy machine.
     *
     * @throws AssertionError if it takes more than two minutes
     */
    void awaitMore(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int enough = operations.size() + count;
        while (operations.size() < enough) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "after " + PATIENCE + " only " + operations.size() + " operations of " + enough);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What was added until now. */
    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Of how many operations nobody knows whether they took place. */
    long unknown() {
        return operations.stream().filter(Operation::isUnknown).count();
    }
}

package coffer.conformance.linearizability;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An operation that no order explains.
 *
 * @param operation the first one that had returned when there was no order left
 * @param possible what the key may have had just before its return
 * @param around the operations on its key that overlap it, and some before it
 */
record Violation(Operation operation, Set<String> possible, List<Operation> around) {
    private static final int SOME = 12;

    static Violation of(List<Operation> operations, Operation operation, Set<String> possible) {
        List<Operation> sorted = operations.stream()
                .filter(other -> other.calledAt() <= operation.returnedAt())
                .sorted(Comparator.comparingLong(Operation::returnedAt))
                .toList();
        long ended = sorted.stream()
                .filter(other -> other.returnedAt() < operation.calledAt())
                .count();
        List<Operation> around = sorted.stream().skip(Math.max(ended - SOME, 0)).toList();
        return new Violation(operation, possible, around);
    }

    /** With times in milliseconds from the call of the operation. */
    @Override
    public String toString() {
        return Stream.concat(
                        Stream.of("No order explains, on " + operation.key() + ":  " + line(operation)
                                + "\nIt might have found one of " + possible + ". Around it:"),
                        around.stream().map(this::line))
                .collect(Collectors.joining("\n  "));
    }

    private String line(Operation other) {
        String returned = other.isUnknown() ? "never" : millis(other.returnedAt());
        return "%s to %s: client %d: %s".formatted(millis(other.calledAt()), returned, other.client(), other.action());
    }

    private String millis(long at) {
        return String.format(Locale.ROOT, "%.3f", (at - operation.calledAt()) / 1e6);
    }
}

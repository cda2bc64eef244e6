package coffer.conformance.linearizability;

import java.util.List;

/** Decides by trying every order, which is slow and hardly wrong. */
final class AllOrders {
    private AllOrders() {}

    static boolean explain(List<Operation> history) {
        return explain(history, Action.ABSENT);
    }

    private static boolean explain(List<Operation> left, String content) {
        if (left.stream().allMatch(Operation::isUnknown)) {
            return true;
        }
        long firstReturn = left.stream().mapToLong(Operation::returnedAt).min().orElseThrow();
        return left.stream()
                .filter(next -> next.calledAt() <= firstReturn)
                .filter(next -> next.action().isPossible(content))
                .anyMatch(next -> explain(
                        left.stream().filter(other -> !other.equals(next)).toList(),
                        next.action().after(content)));
    }
}

package coffer.conformance.linearizability;

import coffer.conformance.linearizability.Action.Put;
import coffer.conformance.linearizability.Action.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Linearizable histories, whose contents are all different, made wrong in one place. */
final class Mutations {
    private static final int SOME = 8;

    private Mutations() {}

    /** Some that no order explains: by a read that sees what is not yet, what is no more, or what never was. */
    static List<List<Operation>> of(List<Operation> history, Random random) {
        List<List<Operation>> wrong = new ArrayList<>();
        List<Operation> reads = history.stream()
                .filter(operation -> operation.action() instanceof Read)
                .toList();
        Operation read = reads.get(random.nextInt(reads.size()));
        wrong.add(replaced(history, read, "what nobody wrote"));
        for (Operation put : history) {
            if (put.action() instanceof Put written && put.key().equals(read.key())) {
                if (put.calledAt() > read.returnedAt() || isOver(put, history, read)) {
                    wrong.add(replaced(history, read, written.content()));
                }
            }
        }
        Collections.shuffle(wrong, random);
        return wrong.subList(0, Math.min(wrong.size(), SOME));
    }

    /** Whether another write is between the end of this one and the read. */
    private static boolean isOver(Operation put, List<Operation> history, Operation read) {
        return history.stream()
                .filter(other -> other.action() instanceof Put && other.key().equals(read.key()))
                .anyMatch(other -> other.calledAt() > put.returnedAt() && other.returnedAt() < read.calledAt());
    }

    private static List<Operation> replaced(List<Operation> history, Operation read, String found) {
        return history.stream()
                .map(operation -> operation.equals(read)
                        ? new Operation(read.client(), read.key(), new Read(found), read.calledAt(), read.returnedAt())
                        : operation)
                .toList();
    }
}

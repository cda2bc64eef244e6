package coffer.conformance.linearizability;

import coffer.conformance.linearizability.Action.Delete;
import coffer.conformance.linearizability.Action.Put;
import coffer.conformance.linearizability.Action.Read;
import coffer.conformance.linearizability.Action.Refusal;
import coffer.conformance.linearizability.Action.Replace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Histories for tests of the check itself. */
final class RandomHistory {
    private static final int KEYS = 2;
    private static final int OVERLAP = 60;

    private RandomHistory() {}

    private record Plan(long calledAt, long takesPlaceAt, long returnedAt, String key) {}

    /** One that is linearizable, since its operations are done one after the other, each once at a moment of its time. */
    static List<Operation> of(Random random, int operations) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            long at = 10L * i;
            String key = "key" + random.nextInt(KEYS);
            long called = at - 1 - random.nextInt(OVERLAP);
            if (random.nextInt(20) == 0) {
                long late = at + (random.nextBoolean() ? 0 : random.nextInt(10 * operations));
                plans.add(new Plan(called, late, Operation.NEVER, key));
            } else {
                plans.add(new Plan(called, at, at + 1 + random.nextInt(OVERLAP), key));
            }
        }
        plans.sort(Comparator.comparingLong(Plan::takesPlaceAt));

        Map<String, String> contents = new HashMap<>();
        List<Operation> history = new ArrayList<>();
        for (Plan plan : plans) {
            String before = contents.getOrDefault(plan.key(), Action.ABSENT);
            Action action = action(random, before, "content" + history.size());
            boolean isUnknown = plan.returnedAt() == Operation.NEVER;
            if (isUnknown && !action.isChange()) {
                continue;
            }
            if (!isUnknown || random.nextBoolean()) {
                contents.put(plan.key(), action.after(before));
            }
            history.add(new Operation(history.size(), plan.key(), action, plan.calledAt(), plan.returnedAt()));
        }
        return history;
    }

    private static Action action(Random random, String before, String content) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Put(content);
            case 3 -> new Delete();
            case 4 -> new Replace(before, content);
            case 5 -> new Refusal(before.equals(Action.ABSENT) ? "other" : Action.ABSENT);
            default -> new Read(before);
        };
    }

    /** One of any kind, of one key and few contents, so that some are linearizable. */
    static List<Operation> guessed(Random random, int operations) {
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            Action action = guess(random);
            long called = random.nextInt(12);
            boolean isUnknown = action.isChange() && random.nextInt(4) == 0;
            history.add(
                    new Operation(i, "key", action, called, isUnknown ? Operation.NEVER : called + random.nextInt(8)));
        }
        return history;
    }

    private static Action guess(Random random) {
        String one = content(random);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Put(one.equals(Action.ABSENT) ? "a" : one);
            case 2 -> new Delete();
            case 3 -> new Replace(one, "c");
            case 4 -> new Refusal(one);
            default -> new Read(one);
        };
    }

    private static String content(Random random) {
        return List.of(Action.ABSENT, "a", "b").get(random.nextInt(3));
    }
}

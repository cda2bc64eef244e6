package coffer.store.rados.model;

import java.util.Optional;
import java.util.function.Predicate;

/** A model in which a wanted state is the failure, to see that it is reached: nothing is shown about what does not happen. */
record Reaching(Model model, Predicate<byte[]> wanted) implements Model {
    private static final int LIMIT = 4_000_000;

    static boolean reaches(Model model, Predicate<byte[]> wanted) {
        return Explorer.explore(new Reaching(model, wanted), LIMIT).failure().isPresent();
    }

    @Override
    public byte[] initial() {
        return model.initial();
    }

    @Override
    public void steps(byte[] state, Steps steps) {
        model.steps(state, steps);
    }

    @Override
    public Optional<String> violation(byte[] state) {
        return wanted.test(state) ? Optional.of("reached") : Optional.empty();
    }

    @Override
    public boolean isSettled(byte[] state) {
        return true;
    }
}

package coffer.store.rados.model;

import java.util.Optional;
import java.util.function.Supplier;

/** A system of actors as a set of states. States are byte arrays of one length; nobody changes one that was given away. */
interface Model {
    byte[] initial();

    /** Hands over each state that one step of one actor leads to. */
    void steps(byte[] state, Steps steps);

    /** What is wrong in this state; empty if nothing is. */
    Optional<String> violation(byte[] state);

    /** Whether nothing is left to be finished or cleaned. */
    boolean isSettled(byte[] state);

    /** Takes the steps out of one state. */
    interface Steps {
        /**
         * Takes one step.
         *
         * @param label what happens, asked for only when a trace is told
         * @param repair whether the step counts among those that must suffice to settle, whoever else has stopped
         */
        void add(Supplier<String> label, boolean repair, byte[] next);
    }
}

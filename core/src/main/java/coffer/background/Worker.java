package coffer.background;

import coffer.store.StoreException;
import java.util.Map;
import java.util.Set;

/**
 * Work that the store does by itself, again and again, in small pieces. Used by one thread at a time, but for
 * {@link #figures} and {@link #take}.
 *
 * <p>Where several processes work on one store, the leader does it, unless it is {@linkplain #isOfEachProcess of each}. Two may
 * believe for some seconds that they lead, so whatever must not be done twice is done by commits that expect what was
 * read.
 */
public interface Worker {
    /** What it is called in the admin API and in logs: lower-case words with hyphens. */
    String name();

    /**
     * How fast it may be, in the units it gives to {@link Shift#pace}; from 1.
     */
    long unitsPerSecond();

    /**
     * Does one bounded piece, and keeps how far it has come now and then. It may be killed at any line, and then does the
     * piece again.
     *
     * @param shift to be asked before whatever takes long
     * @return when it wants to go on
     * @throws StoreException if the store does not let it; it is asked again in a while
     */
    Next work(Shift shift);

    /**
     * Called once, before it works.
     *
     * @param wake asks for a turn at once, whatever {@link #work} answered; may be called by any thread
     */
    default void onStart(Runnable wake) {}

    /** Whether each process has work of its own, and not the leader alone that of all. */
    default boolean isOfEachProcess() {
        return false;
    }

    /**
     * Called before it works for the first time since this process leads: whatever it keeps in memory is to be read again, and
     * work to be looked for everywhere.
     *
     * @throws StoreException if the store does not let it; it is asked again in a while
     */
    default void begin() {}

    /** Called when this process leads no longer: what is under way beside {@link #work} is to end. */
    default void end() {}

    /**
     * Takes what this process knows of work to be done, for the leader to be told. Asked when it wants a turn and another process
     * leads.
     *
     * @return names that {@link #take} understands there, each of at most 64 ASCII characters
     */
    default Set<String> errands() {
        return Set.of();
    }

    /** Hears of what other processes know, and asks for a turn if there is something to do. May be called by any thread. */
    default void take(Set<String> errands) {}

    /** Whether clients can see what it has done, so that who moves the clock waits for it. */
    boolean isSeenByClients();

    /** How far it has come, for people: names in camel case, and what was counted. Called by any thread. */
    Map<String, Long> figures();
}

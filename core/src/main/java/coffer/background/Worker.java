package coffer.background;

import coffer.store.StoreException;
import java.util.Map;

/**
 * Work that the store does by itself, again and again, in small pieces. Used by one thread at a time, but for
 * {@link #figures}.
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

    /** Whether clients can see what it has done, so that who moves the clock waits for it. */
    boolean isSeenByClients();

    /** How far it has come, for people: names in camel case, and what was counted. Called by any thread. */
    Map<String, Long> figures();
}

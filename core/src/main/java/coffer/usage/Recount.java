package coffer.usage;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts a bucket from its rows while other threads write to it. One thread counts:
 *
 * <pre>
 * open    what is committed from now on is noted by its key
 * ...     the thread reads rows, all those of each key up to some key
 * close   waits for the commits under way. A key that nobody touched meanwhile holds what was read; from now on what is
 *         committed to it is added. The others are {@linkplain #again to be read again}
 * </pre>
 *
 * Keys that are written to all the time are read {@linkplain #openBarred while commits wait}, which takes milliseconds.
 */
public final class Recount {
    static final Duration POLL = Duration.ofMillis(1);

    private final Meter meter;
    private final Comparator<String> order;

    /** Of all keys that are counted. Guarded by this, like what follows. */
    private Amount total = Amount.NONE;

    private Optional<String> countedTo = Optional.empty();
    private boolean isCountedToTheEnd;
    private boolean isOpen;
    private boolean isOver;
    private final Set<String> touched = new HashSet<>();
    private final Set<String> again = new HashSet<>();

    Recount(Meter meter, Comparator<String> order) {
        this.meter = meter;
        this.order = order;
    }

    /** Called with each commit. */
    synchronized void note(String key, Amount amount) {
        meter.add(amount);
        if (isOver) {
            return;
        }
        if (isReached(key) && !again.contains(key)) {
            total = total.plus(amount);
        } else if (isOpen) {
            touched.add(key);
        }
    }

    private boolean isReached(String key) {
        return isCountedToTheEnd
                || countedTo.filter(last -> order.compare(key, last) <= 0).isPresent();
    }

    /** Before rows are read. */
    public synchronized void open() {
        isOpen = true;
    }

    /** The same, with no commit under way from now until {@link #close(Map)} or {@link #end}. */
    public void openBarred() {
        await(meter.turn(true));
        open();
    }

    /**
     * After rows were read behind those that are counted.
     *
     * @param read what each key holds
     * @param upTo the last key there may be among them; empty if there are no more
     */
    public void close(Map<String, Amount> read, Optional<String> upTo) {
        await(meter.turn(false));
        synchronized (this) {
            countedTo = upTo;
            isCountedToTheEnd = upTo.isEmpty();
            count(read);
        }
    }

    /** After rows were read {@linkplain #again again}. */
    public void close(Map<String, Amount> read) {
        await(meter.turn(false));
        synchronized (this) {
            count(read);
        }
    }

    private void count(Map<String, Amount> read) {
        isOpen = false;
        read.forEach((key, amount) -> {
            if (!touched.contains(key)) {
                total = total.plus(amount);
                again.remove(key);
            }
        });
        touched.stream().filter(this::isReached).forEach(again::add);
        touched.clear();
    }

    /** The keys that were written to while they were read. */
    public synchronized Set<String> again() {
        return Set.copyOf(again);
    }

    /**
     * Ends it.
     *
     * @return what the bucket holds but for what this process {@linkplain Share has done}; makes sense only if all was counted
     */
    public Amount end() {
        // Also because the next one only waits for what begins after this.
        await(meter.turn(false));
        synchronized (this) {
            isOver = true;
            meter.endRecount();
            return total.minus(meter.own().amount());
        }
    }

    private static void await(Meter.Phase phase) {
        while (!phase.isOver()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

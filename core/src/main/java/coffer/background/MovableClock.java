package coffer.background;

import coffer.bucket.BucketService;
import coffer.identity.ClientTime;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A clock that is moved forward, so that tests can watch what happens in a month. It stays moved when the server is started
 * anew, and is moved in all processes on the store. Thread-safe.
 *
 * <p>Clients sign by clocks that were not moved. What they signed is as old here as it is there, plus how far this clock
 * was moved since: so a URL that holds for an hour does so until this clock is moved by one.
 */
public final class MovableClock implements ClientTime {
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "clock").row('s');
    private static final int FORMAT = 1;
    private static final int MAX_MOVES = 10_000;

    /** How far the clocks of clients may be ahead, as signatures allow. */
    private static final Duration AHEAD = Duration.ofMinutes(15);

    private static final Duration FARTHEST = Duration.ofDays(36_500);

    private final MetadataStore metadata;
    private final InstantSource real;
    private volatile List<Move> moves;

    /**
     * How far the clock is ahead from a time on.
     *
     * @param since by the real clock
     * @param millis from the real clock
     */
    private record Move(Instant since, long millis) {}

    private MovableClock(MetadataStore metadata, InstantSource real, List<Move> moves) {
        this.metadata = metadata;
        this.real = real;
        this.moves = List.copyOf(moves);
    }

    /**
     * Opens the clock of a store where it was left.
     *
     * @param real what goes on by itself
     */
    public static MovableClock open(MetadataStore metadata, InstantSource real) {
        return new MovableClock(metadata, real, moves(metadata.get(ROW)));
    }

    private static List<Move> moves(Optional<Row> row) {
        List<Move> moves = new ArrayList<>();
        row.map(found -> new RecordReader(found.value(), FORMAT)).ifPresent(in -> {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                moves.add(new Move(in.time(), in.number()));
            }
        });
        return moves;
    }

    /**
     * Moves as other processes on the same store have moved it.
     *
     * @return whether they have
     */
    boolean follow() {
        List<Move> now = List.copyOf(moves(metadata.get(ROW)));
        boolean isMoved = !now.equals(moves);
        moves = now;
        return isMoved;
    }

    /** The clock of everybody else: that by which this one goes on, or a clock that nobody moves itself. */
    public static InstantSource ofTheWorld(InstantSource clock) {
        return clock instanceof MovableClock movable ? movable.real : clock;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead());
    }

    /** How far it is ahead of the real clock. */
    public Duration ahead() {
        return ahead(moves);
    }

    private static Duration ahead(List<Move> all) {
        return all.isEmpty() ? Duration.ZERO : Duration.ofMillis(all.getLast().millis);
    }

    /**
     * Moves it.
     *
     * @param by 1 ms to 100 years from the real clock, in sum
     * @throws IllegalArgumentException with a sentence for the user
     */
    public synchronized void advance(Duration by) {
        if (by.toMillis() < 1) {
            throw new IllegalArgumentException("The clock can only be advanced, by 1 ms at least.");
        }
        boolean done = false;
        while (!done) {
            Optional<Row> row = metadata.get(ROW);
            List<Move> all = moves(row);
            Duration ahead = ahead(all).plus(by);
            if (ahead.compareTo(FARTHEST) > 0) {
                throw new IllegalArgumentException("The clock can be advanced by 100 years in sum.");
            }
            all.add(new Move(real.instant(), ahead.toMillis()));
            List<Move> kept = all.subList(Math.max(0, all.size() - MAX_MOVES), all.size());
            RecordWriter out = new RecordWriter(FORMAT).number(kept.size());
            kept.forEach(move -> out.time(move.since).number(move.millis));
            done = metadata.commit(Commit.ofRows(
                    ROW.group(), List.of(Expected.of(ROW, row)), List.of(Change.put(ROW, out.toBytes()))));
            moves = done ? List.copyOf(kept) : moves;
        }
    }

    @Override
    public Instant instantFor(Instant signed, boolean lasting) {
        Instant now = real.instant();
        List<Move> all = moves;
        if (all.isEmpty() || signed.isAfter(now.plus(AHEAD))) {
            return instant(); // it goes by this clock
        }
        return lasting ? now.plusMillis(all.getLast().millis - millisAt(all, signed)) : now;
    }

    /** How far it was ahead when something was signed; clients say so in whole seconds. */
    private static long millisAt(List<Move> moves, Instant signed) {
        long millis = 0;
        for (Move move : moves) {
            if (move.since.truncatedTo(ChronoUnit.SECONDS).isAfter(signed)) {
                break;
            }
            millis = move.millis;
        }
        return millis;
    }
}

package coffer.admin;

import coffer.background.MovableClock;
import coffer.background.WorkerStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the admin API says of what the store does by itself, and of the time. */
final class BackgroundOperations {
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private BackgroundOperations() {}

    /**
     * How a worker is.
     *
     * @param state working, waiting, paused, failing, or elsewhere if another server leads
     * @param next when it goes on
     * @param trouble why it could not go on
     * @param figures how far it has come
     */
    record WorkerView(
            String name, String state, Optional<Instant> next, Optional<String> trouble, Map<String, Long> figures) {
        static WorkerView of(WorkerStatus status) {
            return new WorkerView(
                    status.name(),
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.next(),
                    status.trouble(),
                    status.figures());
        }
    }

    record WorkerList(List<WorkerView> workers) {}

    record UpdateWorker(boolean paused) {}

    /**
     * The time.
     *
     * @param now by the clock of the server
     * @param movable whether it can be moved
     * @param aheadSeconds how far it was moved in sum
     * @param settled whether all that had fallen due was done when this was answered
     */
    record ClockView(Instant now, boolean movable, long aheadSeconds, boolean settled) {}

    /** @param advance ISO 8601, for instance P30D or PT1H */
    record AdvanceClock(String advance) {}

    static WorkerList list(AdminServices services, AdminCall call) {
        return new WorkerList(
                services.scheduler().list().stream().map(WorkerView::of).toList());
    }

    static WorkerView update(AdminServices services, AdminCall call) {
        String name = call.path("worker");
        UpdateWorker wanted = call.body(UpdateWorker.class);
        WorkerStatus _ = find(services, name);
        services.scheduler().setPaused(name, wanted.paused);
        return WorkerView.of(find(services, name));
    }

    private static WorkerStatus find(AdminServices services, String name) {
        return services.scheduler()
                .find(name)
                .orElseThrow(() -> AdminException.notFound("There is no worker " + name + "."));
    }

    static ClockView clock(AdminServices services, AdminCall call) {
        return view(services, Duration.ZERO);
    }

    static ClockView advance(AdminServices services, AdminCall call) {
        MovableClock clock = services.movable()
                .orElseThrow(() -> new AdminException(
                        409, "ClockNotMovable", "The clock can be moved only if the server was started with --dev."));
        try {
            clock.advance(Duration.parse(call.body(AdvanceClock.class).advance));
        } catch (DateTimeException e) {
            throw AdminException.invalid("advance must be a duration such as P30D or PT1H30M.");
        } catch (IllegalArgumentException e) {
            throw AdminException.invalid(String.valueOf(e.getMessage()));
        }
        services.scheduler().clockMoved();
        return view(services, SETTLED_WITHIN);
    }

    private static ClockView view(AdminServices services, Duration settledWithin) {
        boolean settled = settle(services, settledWithin);
        Optional<MovableClock> movable = services.movable();
        return new ClockView(
                services.services().clock().instant(),
                movable.isPresent(),
                movable.map(MovableClock::ahead).orElse(Duration.ZERO).toSeconds(),
                settled);
    }

    private static boolean settle(AdminServices services, Duration within) {
        try {
            return services.scheduler().settle(within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

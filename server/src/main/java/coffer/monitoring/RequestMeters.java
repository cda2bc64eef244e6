package coffer.monitoring;

import coffer.api.CosError;
import coffer.operation.Operation;
import coffer.operation.RequestMeter;
import coffer.request.Protocol;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * Counts requests by operation and dialect. Meters are made when the first request of a kind was answered, so that what
 * nobody uses is not exported. Thread-safe.
 */
public final class RequestMeters implements RequestMeter {
    private static final Duration[] BUCKETS = Stream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Classes of status: 1xx to 5xx. */
    private static final int CLASSES = 5;

    private final MeterRegistry registry;
    private final Map<Protocol, Dialect> dialects = new EnumMap<>(Protocol.class);

    /** @param registry where the meters are to be found */
    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        Arrays.stream(Protocol.values()).forEach(protocol -> dialects.put(protocol, new Dialect()));
    }

    /** A place for each kind of request of a dialect, filled when there is one. The maps never change. */
    private static final class Dialect {
        private final Map<Operation, AtomicReference<Meters>> operations = new EnumMap<>(Operation.class);
        private final AtomicReference<Meters> unknown = new AtomicReference<>();
        private final Map<CosError, AtomicReference<Counter>> errors = new EnumMap<>(CosError.class);

        Dialect() {
            Arrays.stream(Operation.values()).forEach(operation -> operations.put(operation, new AtomicReference<>()));
            Arrays.stream(CosError.values()).forEach(error -> errors.put(error, new AtomicReference<>()));
        }

        AtomicReference<Meters> place(Optional<Operation> operation) {
            return operation.isPresent() ? Objects.requireNonNull(operations.get(operation.get())) : unknown;
        }
    }

    /** Of one operation in one dialect. */
    private record Meters(
            AtomicReferenceArray<Counter> byClass, Timer begun, Timer ended, Counter received, Counter sent) {}

    @Override
    public void count(Answered request) {
        Dialect dialect = Objects.requireNonNull(dialects.get(request.protocol()));
        AtomicReference<Meters> place = dialect.place(request.operation());
        Meters known = place.get();
        Meters found = known == null ? make(place, request) : known;
        int status = Math.clamp(request.status() / 100, 1, CLASSES);
        Counter counted = found.byClass.get(status - 1);
        (counted == null ? ofClass(found, status, request) : counted).increment();
        found.begun.record(request.beginNanos(), TimeUnit.NANOSECONDS);
        found.ended.record(request.nanos(), TimeUnit.NANOSECONDS);
        found.received.increment((double) request.receivedBytes());
        found.sent.increment((double) request.sentBytes());
        if (request.error().isPresent()) {
            failed(dialect, request.error().get(), request);
        } else if (status == CLASSES) {
            failed(dialect, CosError.INTERNAL_ERROR, request);
        }
    }

    private void failed(Dialect dialect, CosError error, Answered request) {
        AtomicReference<Counter> place = Objects.requireNonNull(dialect.errors.get(error));
        Counter known = place.get();
        if (known == null) {
            // The registry answers the same meter to whoever asks for it again.
            known = Counter.builder("coffer.request.errors")
                    .description("Requests that failed, by the code of COS.")
                    .tag("code", error.code())
                    .tag("dialect", dialect(request))
                    .register(registry);
            place.set(known);
        }
        known.increment();
    }

    private Counter ofClass(Meters found, int status, Answered request) {
        Counter made = Counter.builder("coffer.requests")
                .description("Requests that were answered.")
                .tag("operation", operation(request))
                .tag("dialect", dialect(request))
                .tag("status", status + "xx")
                .register(registry);
        found.byClass.set(status - 1, made);
        return made;
    }

    private Meters make(AtomicReference<Meters> place, Answered request) {
        Meters made = new Meters(
                new AtomicReferenceArray<>(CLASSES),
                timer("coffer.request.begin", "Time from the head of a request until its answer could begin.", request),
                timer("coffer.request.duration", "Time from the head of a request to the end of its answer.", request),
                bytes("coffer.request.received.bytes", "Bytes of bodies of requests.", request),
                bytes("coffer.request.sent.bytes", "Bytes of bodies of answers.", request));
        place.set(made);
        return made;
    }

    private Timer timer(String name, String description, Answered request) {
        return Timer.builder(name)
                .description(description)
                .tag("operation", operation(request))
                .tag("dialect", dialect(request))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter bytes(String name, String description, Answered request) {
        return Counter.builder(name)
                .description(description)
                .tag("operation", operation(request))
                .tag("dialect", dialect(request))
                .register(registry);
    }

    private static String operation(Answered request) {
        return request.operation().map(Operation::title).orElse("Unknown");
    }

    private static String dialect(Answered request) {
        return request.protocol().name().toLowerCase(Locale.ROOT);
    }
}

package coffer.monitoring;

import static coffer.store.Figure.counter;
import static coffer.store.Figure.gauge;

import coffer.background.Scheduler;
import coffer.background.WorkerStatus;
import coffer.http.HttpFigures;
import coffer.operation.ServerHealth;
import coffer.store.Engine;
import coffer.store.Figure;
import coffer.store.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the parts of a server have counted.
 *
 * @param version of the program
 * @param http of the port of the COS API
 */
public record ServerFigures(
        String version, Supplier<HttpFigures> http, Engine engine, ServerHealth health, Scheduler scheduler)
        implements Supplier<List<Figure>> {

    @Override
    public List<Figure> get() {
        List<Figure> figures = new ArrayList<>();
        figures.add(gauge("coffer_build_info", "1, with what runs here.", 1)
                .with(Map.of("version", version, "java", Runtime.version().toString())));
        addHealth(figures);
        addHttp(figures);
        figures.addAll(engine.figures());
        scheduler.list().forEach(worker -> addWorker(figures, worker));
        return figures;
    }

    private void addHealth(List<Figure> figures) {
        figures.add(gauge(
                "coffer_ready",
                "1 if requests should be sent here, as /health/ready says.",
                health.unready().isEmpty() ? 1 : 0));
        for (Trouble.Kind kind : Trouble.Kind.values()) {
            boolean isIt =
                    health.trouble().filter(found -> found.kind() == kind).isPresent();
            figures.add(gauge("coffer_trouble", "1 if the store takes no changes for this reason.", isIt ? 1 : 0)
                    .with(Map.of("reason", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
        }
        figures.add(gauge(
                "coffer_leader", "1 if this server does what the store does by itself.", engine.isLeader() ? 1 : 0));
    }

    private void addHttp(List<Figure> figures) {
        HttpFigures now = http.get();
        figures.add(gauge("coffer_http_connections", "Open connections.", now.connections()));
        figures.add(gauge("coffer_http_connections_limit", "Beyond which they are refused.", now.mostConnections()));
        figures.add(gauge("coffer_http_requests_in_flight", "Requests being answered.", now.requests()));
        figures.add(
                gauge("coffer_http_requests_in_flight_limit", "Beyond which they are refused.", now.mostRequests()));
        figures.add(counter(
                "coffer_http_refused_connections_total",
                "Connections refused for being too many.",
                now.refusedConnections()));
        figures.add(counter(
                "coffer_http_refused_requests_total",
                "Requests answered SlowDown before anybody looked at them.",
                now.refusedRequests()));
        figures.add(counter(
                "coffer_http_malformed_requests_total",
                "Requests whose head was not understood.",
                now.malformedRequests()));
    }

    private static void addWorker(List<Figure> figures, WorkerStatus worker) {
        Map<String, String> name = Map.of("worker", worker.name());
        WorkerStatus.Runs runs = worker.runs();
        figures.add(counter("coffer_worker_pieces_total", "Pieces of work done, also those that failed.", runs.pieces())
                .with(name));
        figures.add(counter("coffer_worker_failures_total", "Pieces of work that failed.", runs.failures())
                .with(name));
        figures.add(counter(
                        "coffer_worker_seconds_total",
                        "Time spent on pieces of work.",
                        runs.took().toNanos() / 1e9)
                .with(name));
        runs.last()
                .ifPresent(last -> figures.add(gauge(
                                "coffer_worker_last_end_timestamp_seconds",
                                "When the last piece of work ended, by the clock of the server.",
                                last.toEpochMilli() / 1e3)
                        .with(name)));
        for (WorkerStatus.State state : WorkerStatus.State.values()) {
            figures.add(gauge("coffer_worker_state", "1 for the state it is in.", state == worker.state() ? 1 : 0)
                    .with(Map.of("worker", worker.name(), "state", state.name().toLowerCase(Locale.ROOT))));
        }
        worker.figures()
                .forEach((figure, value) ->
                        figures.add(gauge("coffer_worker_figure", "How far it has come, and what waits.", value)
                                .with(Map.of("worker", worker.name(), "figure", figure))));
    }
}

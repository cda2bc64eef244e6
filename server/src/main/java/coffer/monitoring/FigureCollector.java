package coffer.monitoring;

import coffer.store.Figure;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Hands out what others have counted, read when somebody asks. */
record FigureCollector(Supplier<List<Figure>> figures) implements MultiCollector {
    private static final String TOTAL = "_total";

    @Override
    public MetricSnapshots collect() {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        figures.get()
                .forEach(figure -> byName.computeIfAbsent(figure.name(), _ -> new ArrayList<>())
                        .add(figure));
        return new MetricSnapshots(
                byName.values().stream().map(FigureCollector::snapshot).toArray(MetricSnapshot[]::new));
    }

    private static MetricSnapshot snapshot(List<Figure> figures) {
        Figure first = figures.getFirst();
        return switch (first.kind()) {
            case COUNTER -> {
                CounterSnapshot.Builder counter = CounterSnapshot.builder()
                        .name(first.name().substring(0, first.name().length() - TOTAL.length()))
                        .help(first.help());
                figures.forEach(figure -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels(figure))
                        .value(figure.value())
                        .build()));
                yield counter.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(first.name()).help(first.help());
                figures.forEach(figure -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(figure))
                        .value(figure.value())
                        .build()));
                yield gauge.build();
            }
        };
    }

    private static Labels labels(Figure figure) {
        return Labels.of(
                figure.labels().keySet().toArray(String[]::new),
                figure.labels().values().toArray(String[]::new));
    }
}

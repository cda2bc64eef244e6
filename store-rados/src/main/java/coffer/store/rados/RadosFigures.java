package coffer.store.rados;

import static coffer.store.Figure.counter;
import static coffer.store.Figure.gauge;

import coffer.store.Figure;
import java.util.List;

/** What the engine tells whoever watches the server; nothing of it asks the cluster. Thread-safe. */
final class RadosFigures {
    private final LeafCounts counts;
    private final LeafMap map;
    private final Garbage garbage;
    private final Health health;

    RadosFigures(LeafCounts counts, LeafMap map, Garbage garbage, Health health) {
        this.counts = counts;
        this.map = map;
        this.garbage = garbage;
        this.health = health;
    }

    List<Figure> list() {
        return List.of(
                counter("coffer_rados_commits_total", "Commits to ranges of rows.", counts.commits()),
                counter(
                        "coffer_rados_leaf_operations_total",
                        "Operations on ranges, each with the commits that came together.",
                        counts.operations()),
                counter("coffer_rados_leaf_seconds_total", "Time spent on these operations.", counts.seconds()),
                counter(
                        "coffer_rados_leaf_conflicts_total",
                        "Operations that met what others had changed, and were made again.",
                        counts.conflicts()),
                counter("coffer_rados_range_splits_total", "Ranges that were split here.", counts.splits()),
                gauge("coffer_rados_known_ranges", "Ranges whose place is remembered here.", map.remembered()),
                gauge("coffer_rados_garbage_blobs", "Blobs that wait here to be freed.", garbage.waiting()),
                gauge(
                        "coffer_rados_silence_seconds",
                        "Time since the cluster took a change; it is sent one every few seconds.",
                        health.silentNanos() / 1e9));
    }
}

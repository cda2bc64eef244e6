package coffer.store.local;

import static coffer.store.Figure.counter;
import static coffer.store.Figure.gauge;

import coffer.store.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine tells whoever watches the server. Thread-safe. */
final class LocalFigures {
    private final DataFolder folder;
    private final FreeSpace space;
    private final SegmentLog log;
    private final RowIndex index;
    private final LogCounts counts;

    LocalFigures(DataFolder folder, FreeSpace space, SegmentLog log, RowIndex index, LogCounts counts) {
        this.folder = folder;
        this.space = space;
        this.log = log;
        this.index = index;
        this.counts = counts;
    }

    List<Figure> list() {
        List<Figure> figures = new ArrayList<>(List.of(
                counter("coffer_local_commits_total", "Commits written to the log.", counts.commits()),
                counter("coffer_local_syncs_total", "Groups of commits written and synced.", counts.syncs()),
                counter(
                        "coffer_local_sync_seconds_total",
                        "Time spent on writing and syncing the log.",
                        counts.syncSeconds()),
                gauge("coffer_local_disk_free_bytes", "Space left for us on the disk.", folder.usableBytes()),
                gauge(
                        "coffer_local_disk_reserved_bytes",
                        "Writes are refused when less than this is left.",
                        space.reservedBytes())));
        addLog(figures);
        addIndex(figures);
        return figures;
    }

    private void addLog(List<Figure> figures) {
        long segments = 0;
        long bytes = 0;
        long garbage = 0;
        for (long number : log.sealed()) {
            Optional<Segment> segment = log.retain(number);
            if (segment.isPresent()) {
                try {
                    long length = segment.get().lengthBytes();
                    segments++;
                    bytes += length;
                    garbage += Math.max(0, length - index.liveBytes(number));
                } catch (IOException e) {
                    segments++; // counted without its length, which the disk does not tell
                } finally {
                    segment.get().release();
                }
            }
        }
        figures.add(gauge("coffer_local_log_segments", "Segments of the log but the one written to.", segments));
        figures.add(gauge("coffer_local_log_bytes", "Bytes of these segments.", bytes));
        figures.add(gauge(
                "coffer_local_log_garbage_bytes", "How much of them no row refers to, so that it is freed.", garbage));
    }

    private void addIndex(List<Figure> figures) {
        figures.add(index("coffer_local_index_rows", "Rows in the index, about.", "rocksdb.estimate-num-keys"));
        figures.add(
                index("coffer_local_index_bytes", "Bytes of the index on the disk.", "rocksdb.total-sst-files-size"));
        figures.add(index(
                "coffer_local_index_memory_bytes",
                "Bytes of the index that are not on the disk yet.",
                "rocksdb.cur-size-all-mem-tables"));
        figures.add(index(
                "coffer_local_index_cache_bytes", "Bytes in the cache of the index.", "rocksdb.block-cache-usage"));
        figures.add(index(
                "coffer_local_index_pending_compaction_bytes",
                "Bytes that the index is still to compact, about.",
                "rocksdb.estimate-pending-compaction-bytes"));
        figures.add(index(
                "coffer_local_index_write_stopped",
                "1 while the index takes no writes until it has compacted.",
                "rocksdb.is-write-stopped"));
        figures.add(index(
                "coffer_local_index_background_errors",
                "Errors of the index in the background since the start.",
                "rocksdb.background-errors"));
    }

    private Figure index(String name, String help, String property) {
        return gauge(name, help, index.property(property));
    }
}

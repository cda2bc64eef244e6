package coffer.store.local;

import coffer.store.Blob;
import coffer.store.BlobStore;
import coffer.store.BodyRef;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Figure;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The embedded engine; see the package for what lies where. Thread-safe. */
public final class LocalEngine implements Engine, MetadataStore {
    /** Longer bodies cost more in the log, which is copied when it is compacted, than a file of their own. */
    private static final int MAX_BODY_BYTES = 512 * 1024;

    private final DataFolder folder;
    private final ReadThreads reads;
    private final RowIndex index;
    private final SegmentLog log;
    private final BlobFiles blobs;
    private final FreeSpace space;
    private final Committer committer;
    private final LocalFigures figures;
    private final Collector collector;

    private LocalEngine(
            DataFolder folder, ReadThreads reads, RowIndex index, SegmentLog log, BlobFiles blobs, FreeSpace space) {
        this.folder = folder;
        this.reads = reads;
        this.index = index;
        this.log = log;
        this.blobs = blobs;
        this.space = space;
        this.committer = new Committer(log, index, blobs, space);
        this.figures = new LocalFigures(folder, space, log, index, committer.counts());
        this.collector = new Collector(log, index, committer, blobs);
    }

    /**
     * Opens a folder, making it if it is not there, and brings the index up to the log.
     *
     * @throws StoreException with a sentence for the user if the folder cannot be used
     */
    public static LocalEngine open(Path path, LocalOptions options) {
        LocalEngine engine = openIdle(path, options, Disk.REAL);
        engine.collector.start();
        return engine;
    }

    /** As {@link #open}, but nothing is freed in the background. */
    static LocalEngine openIdle(Path path, LocalOptions options, Disk disk) {
        DataFolder folder = DataFolder.take(path, disk);
        Deque<Runnable> undo = new ArrayDeque<>(List.of(folder::close));
        try {
            FreeSpace space = new FreeSpace(folder::usableBytes, options.reservedBytes());
            ReadThreads reads = new ReadThreads();
            undo.push(reads::close);
            RowIndex index = new RowIndex(folder.folder("index"), options, reads);
            undo.push(index::close);
            SegmentLog log = new SegmentLog(disk, folder.folder("log"), options.segmentBytes());
            undo.push(log::close);
            BlobFiles blobs = new BlobFiles(disk, folder.folder("blobs"), folder.nextEpoch(), space);
            log.replay(
                    index.position(),
                    (payload, position, after) -> blobs.release(index.apply(payload, position, after)));
            LocalEngine engine = new LocalEngine(folder, reads, index, log, blobs, space);
            engine.committer.start();
            return engine;
        } catch (IOException e) {
            undo.forEach(Runnable::run);
            throw new StoreException(
                    StoreException.Reason.UNAVAILABLE, "The data folder " + path + " cannot be used: " + e, e);
        } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    RowIndex index() {
        return index;
    }

    SegmentLog log() {
        return log;
    }

    BlobFiles blobFiles() {
        return blobs;
    }

    @Override
    public MetadataStore metadata() {
        return this;
    }

    @Override
    public boolean isLeader() {
        return true;
    }

    @Override
    public Optional<Trouble> trouble() {
        return committer.trouble().or(folder::trouble).or(space::trouble);
    }

    @Override
    public List<Figure> figures() {
        return figures.list();
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    @Override
    public Optional<Row> get(RowKey key) {
        return index.get(key);
    }

    @Override
    public Blob openBody(BodyRef body) {
        LogBody place = (LogBody) body;
        Segment segment = log.retain(place.segment())
                .orElseThrow(() -> new StoreException(StoreException.Reason.GONE, "the body has moved on"));
        return new StoredBody(segment, place, reads);
    }

    @Override
    public RowCursor scan(String space, char kind, String fromKey, String fromSuffix) {
        return new IndexCursor(index.iterator(), space, kind, fromKey, fromSuffix);
    }

    @Override
    public RowCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix) {
        return index.scanGroups(space, kinds, fromKey, fromSuffix);
    }

    @Override
    public boolean commit(Commit commit) {
        return committer.commit(commit);
    }

    @Override
    public void drop(String space) {
        committer.drop(RowKeys.prefix(space));
    }

    @Override
    public List<String> spaces() {
        return index.spaces();
    }

    /** Frees what can be freed now, instead of when the collector comes round to it. For tests and maintenance. */
    public void collect() {
        collector.collect();
    }

    @Override
    public void close() {
        collector.close();
        committer.close();
        blobs.close();
        reads.close();
        index.flush();
        index.close();
        log.close();
        folder.close();
    }
}

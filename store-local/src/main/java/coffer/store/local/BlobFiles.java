package coffer.store.local;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BlobWriter;
import coffer.store.PinnedBlobs;
import coffer.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file a blob. The file of a released blob goes as soon as it is not pinned: who has it open goes on reading. Blob
 * ids are the epoch of the folder and a counter, so none is ever used again. Thread-safe.
 */
final class BlobFiles implements BlobStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlobFiles.class);
    private static final int EPOCH_SHIFT = 36;
    private static final int FOLDERS = 256;
    private static final int LAST_WAIT_SECONDS = 10;
    private static final Pattern FILE_NAME = Pattern.compile("[0-9a-f]{16}");

    private final Disk disk;
    private final Path folder;
    private final long epoch;
    private final FreeSpace space;
    private final WriteBuffers buffers = new WriteBuffers();
    private final AtomicLong counter = new AtomicLong();
    private final PinnedBlobs pinned = new PinnedBlobs(this::discard);

    /** Blobs whose files have yet to be removed: of a long file that takes milliseconds, so nobody waits for it. */
    private final Set<BlobId> going = ConcurrentHashMap.newKeySet();

    private final ExecutorService remover = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("coffer-remover").daemon().factory());

    /** Folders whose entry in the parent is durable. Guarded by itself. */
    private final Map<Path, Boolean> folders = new HashMap<>();

    BlobFiles(Disk disk, Path folder, long epoch, FreeSpace space) {
        this.disk = disk;
        this.folder = folder;
        this.epoch = epoch;
        this.space = space;
    }

    @Override
    public BlobWriter create(long expectedBytes) {
        BlobId id = new BlobId((epoch << EPOCH_SHIFT) + counter.incrementAndGet());
        try {
            return new BlobFileWriter(disk, id, ensureFolder(id), path(id), space, buffers);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Blob open(BlobId id) {
        if (going.contains(id)) {
            throw new StoreException(StoreException.Reason.GONE, "there is no blob " + id.value());
        }
        try {
            return BlobFile.open(disk, path(id));
        } catch (NoSuchFileException e) {
            throw new StoreException(StoreException.Reason.GONE, "there is no blob " + id.value(), e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void discard(BlobId id) {
        going.add(id);
        try {
            remover.execute(() -> {
                delete(path(id));
                going.remove(id);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The blob {} is removed at the next start.", id.value(), e);
        }
    }

    @Override
    public Pin pin(List<BlobId> ids) {
        return pinned.pin(ids);
    }

    void release(List<BlobId> released) {
        pinned.release(released);
    }

    /** Removes files of earlier epochs that no row refers to: what a crash left between writing and committing. */
    void sweep(Predicate<BlobId> isAdopted) {
        try {
            orphans(id -> id.value() >> EPOCH_SHIFT >= epoch || isAdopted.test(id))
                    .forEach(this::delete);
        } catch (IOException e) {
            LOG.warn("Orphaned blobs could not be looked for.", e);
        }
    }

    /** The files of blobs that are not adopted; files that are none of ours are left out. */
    List<Path> orphans(Predicate<BlobId> isAdopted) throws IOException {
        List<Path> orphans = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            files.filter(file ->
                            FILE_NAME.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !isAdopted.test(
                            new BlobId(Long.parseUnsignedLong(file.getFileName().toString(), 16))))
                    .forEach(orphans::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return orphans;
    }

    private Path path(BlobId id) {
        return shard(id).resolve("%016x".formatted(id.value()));
    }

    private Path shard(BlobId id) {
        return folder.resolve("%02x".formatted(id.value() % FOLDERS));
    }

    private Path ensureFolder(BlobId id) throws IOException {
        Path shard = shard(id);
        synchronized (folders) {
            if (!folders.containsKey(shard)) {
                disk.createFolder(shard);
                disk.syncFolder(folder);
                folders.put(shard, true);
            }
        }
        return shard;
    }

    private void delete(Path file) {
        try {
            disk.delete(file);
        } catch (NoSuchFileException e) {
            LOG.debug("The blob {} is gone already.", file.getFileName());
        } catch (IOException e) {
            LOG.warn("The blob {} could not be removed; it will be at the next start.", file.getFileName(), e);
        }
    }

    /** Removes what was given up; what is left after a while is removed at the next start. */
    @Override
    public void close() {
        remover.shutdown();
        try {
            if (!remover.awaitTermination(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                List<Runnable> left = remover.shutdownNow();
                LOG.info("{} blobs that were given up are removed at the next start.", left.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static StoreException failed(IOException e) {
        boolean full = e.getMessage() != null && e.getMessage().contains("No space left");
        return new StoreException(
                full ? StoreException.Reason.FULL : StoreException.Reason.UNAVAILABLE,
                "a blob failed: " + e.getMessage(),
                e);
    }
}

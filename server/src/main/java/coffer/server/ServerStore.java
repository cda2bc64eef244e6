package coffer.server;

import coffer.bucket.BucketService;
import coffer.cam.Cam;
import coffer.store.Engine;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalOptions;
import coffer.store.rados.RadosEngine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The engine, and the data folder that no other process uses.
 *
 * @param lock of the data folder, where the engine does not lock it
 */
record ServerStore(Engine engine, Optional<FileChannel> lock) implements AutoCloseable {
    /**
     * Opens it.
     *
     * @throws CannotStart with a sentence for the user
     */
    static ServerStore open(StoreConfig config) {
        try {
            return switch (config) {
                case StoreConfig.Local local ->
                    new ServerStore(LocalEngine.open(local.dataDir(), LocalOptions.DEFAULT), Optional.empty());
                case StoreConfig.Rados rados -> shared(rados);
            };
        } catch (StoreException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static ServerStore shared(StoreConfig.Rados config) {
        FileChannel lock = lock(config.dataDir());
        try {
            return new ServerStore(RadosEngine.open(config.options()), Optional.of(lock));
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** What nearly every request needs and hardly any changes: buckets, their settings, accounts and keys. */
    static boolean isRemembered(RowKey row) {
        return BucketService.isOfBucket(row) || row.group().space().equals(Cam.SPACE) || RootAccount.isOf(row);
    }

    /** Two servers with one folder would deliver the same access logs. */
    private static FileChannel lock(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
            if (Files.exists(dataDir.resolve("VERSION"))) {
                throw new CannotStart("The data folder " + dataDir
                        + " holds a store of its own: start with --engine local, or use another --data-dir for what this"
                        + " server keeps beside the store on Ceph.");
            }
            FileChannel channel = FileChannel.open(
                    dataDir.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                release(channel);
                throw new CannotStart("Another server uses the data folder " + dataDir
                        + ": give each its own --data-dir; the store on Ceph is shared all the same.");
            }
            return channel;
        } catch (IOException e) {
            throw new CannotStart("The data folder " + dataDir + " cannot be used (" + e.getMessage()
                    + "): name one with --data-dir that the server's user may write to.");
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock got = channel.tryLock();
            return got != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // it ends with the process
        }
    }

    @Override
    public void close() {
        engine.close();
        lock.ifPresent(ServerStore::release);
    }
}

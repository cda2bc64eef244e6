package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The objects of blobs, see {@link Stripes}. Thread-safe. */
final class BlobData {
    /** More than a writer has under way: behind as many holes there is nothing. */
    private static final int WINDOW = 2 * StripeWriter.WINDOW;

    /** So that 64 KiB, which many blobs have, are read by one operation: they are a little longer than a block. */
    static final int FIRST_BLOCKS = 2;

    private final Pool pool;

    BlobData(Pool pool) {
        this.pool = pool;
    }

    Pool pool() {
        return pool;
    }

    /**
     * A blob as it is found.
     *
     * @param first its first blocks with their checksums, at most {@link #FIRST_BLOCKS}; empty for an empty blob
     */
    record Found(long lengthBytes, ByteBuffer first) {}

    /**
     * Looks for a blob, by one operation, which reads its first blocks as well: most blobs are read from there.
     *
     * @throws StoreException {@code GONE} if there is none
     */
    Found find(BlobId id) {
        ReadResult result =
                pool.read(Stripes.object(id, 0), new ReadOp().attributes().data(0, FIRST_BLOCKS * Stripes.BLOCK_BYTES));
        if (result.isAbsent()) {
            throw new StoreException(StoreException.Reason.GONE, "there is no blob %016x".formatted(id.value()));
        }
        if (result.result() < 0) {
            throw Failures.of(result.result(), "opening a blob");
        }
        long length = length(result);
        if (length < 0) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "the blob %016x has no length".formatted(id.value()));
        }
        return new Found(length, result.data(1));
    }

    private static long length(ReadResult result) {
        byte[] attribute = result.attributes(0).get(Stripes.LENGTH);
        return attribute == null ? -1 : Stripes.length(attribute);
    }

    /**
     * Deletes a blob that was finished; no error if it is not there.
     *
     * @throws StoreException if it may be there still, or a part of it
     */
    void deleteFinished(BlobId id) {
        delete(id, knownObjects(id));
    }

    /** The same for a blob of which perhaps only a part was written. Nobody may be writing it. */
    void delete(BlobId id) {
        long known = knownObjects(id);
        delete(id, known + others(id, known));
    }

    /** How many objects there are if the blob was finished; 0 if object 0 is not there. */
    private long knownObjects(BlobId id) {
        ReadResult result = pool.read(Stripes.object(id, 0), new ReadOp().attributes());
        if (result.isAbsent()) {
            return 0;
        }
        require(result.result(), "looking for a blob");
        return Stripes.objects(Math.max(0, length(result)));
    }

    /** How many further objects there are. */
    private long others(BlobId id, long from) {
        long count = 0;
        boolean more = true;
        for (long at = from; more; at += WINDOW) {
            List<Pool.Reading> window = new ArrayList<>();
            for (int i = 0; i < WINDOW; i++) {
                window.add(pool.start(Stripes.object(id, at + i), new ReadOp().size()));
            }
            more = false;
            int failure = 0;
            for (int i = 0; i < WINDOW; i++) {
                ReadResult result = window.get(i).take();
                if (result.result() >= 0) {
                    more = true;
                    count = at + i + 1 - from;
                } else if (!result.isAbsent()) {
                    failure = result.result();
                }
            }
            require(failure, "looking for the rest of a blob");
        }
        return count;
    }

    /**
     * Deletes the first objects of a blob: the last one first, so that whoever is interrupted leaves no holes, and object 0
     * when all others are gone, since it tells how many there are.
     */
    void delete(BlobId id, long objects) {
        Deque<Pool.Writing> window = new ArrayDeque<>();
        int failure = 0;
        for (long at = objects - 1; at > 0 && failure >= 0; at--) {
            window.add(pool.submit(Stripes.object(id, at), new WriteOp().removeObject()));
            if (window.size() == StripeWriter.WINDOW) {
                failure = unlessAbsent(window.remove());
            }
        }
        for (Pool.Writing writing : window) {
            failure = Math.min(failure, unlessAbsent(writing));
        }
        if (failure >= 0 && objects > 0) {
            failure = unlessAbsent(pool.submit(Stripes.object(id, 0), new WriteOp().removeObject()));
        }
        require(failure, "deleting a blob");
    }

    private static int unlessAbsent(Pool.Writing writing) {
        int result = writing.await();
        return result == Errno.ENOENT ? 0 : Math.min(result, 0);
    }

    private static void require(int result, String what) {
        if (result < 0) {
            throw Failures.of(result, what);
        }
    }
}

package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.WriteOp;
import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * This engine, as the one that makes blobs: gives them ids and keeps what it takes to find those that are left over when
 * it dies:
 *
 * <pre>
 * i.NUMBER   'b' range 8     01: 1,000 ids may have been used
 *            'c' counter 8   a group that is about to adopt a blob, see {@link OwnedBlob#toBytes}
 * </pre>
 *
 * Hexadecimal digits; a blob's id is the number of the instance times 2^32 and a counter. A range is removed with all its
 * claims at once, when of each of its blobs it is known what has become of it. Thread-safe.
 */
final class Instance {
    static final byte RANGE = 'b';
    static final byte CLAIM = 'c';
    static final int RANGE_IDS = 1000;

    /** Close to the last counter there is. */
    private static final long MOST_IDS = (1L << 32) - 2 * RANGE_IDS;

    private final Pool pool;
    private final Instances instances;
    private final int number;
    private volatile boolean isLost;

    /** Guarded by this. */
    private long nextCounter;

    /** Those with ids that are free, or of which it is not known what has become of them. Guarded by this. */
    private final Map<Long, Range> ranges = new HashMap<>();

    private final Queue<OwnedBlob> doubtful = new ConcurrentLinkedQueue<>();
    private final Queue<BlobId> abandoned = new ConcurrentLinkedQueue<>();

    private static final class Range {
        Pool.@Nullable Writing reserved;
        final Set<Long> unsettled = new HashSet<>();

        /** Blobs that may have a claim. */
        final Set<Long> claimed = new HashSet<>();

        /** Blobs that have one, and were not adopted by then. */
        final Map<Long, OwnedBlob> claims = new HashMap<>();
    }

    Instance(Pool pool, Instances instances, int number) {
        this.pool = pool;
        this.instances = instances;
        this.number = number;
        int made = pool.write(object(number), new WriteOp().create());
        if (made < 0) {
            throw Failures.of(made, "the claims of an instance");
        }
    }

    static String object(int number) {
        return "i." + number;
    }

    static byte[] key(byte kind, long count) {
        return LeafKeys.join(
                new byte[] {kind}, HexFormat.of().toHexDigits(count, 8).getBytes(StandardCharsets.US_ASCII));
    }

    /** The number in a key. */
    static long count(byte[] key) {
        return HexFormat.fromHexDigitsToLong(new String(key, 1, key.length - 1, StandardCharsets.US_ASCII));
    }

    static BlobId blob(int number, long counter) {
        return new BlobId(((long) number << 32) + counter);
    }

    static int numberOf(BlobId id) {
        return (int) (id.value() >>> 32);
    }

    static long counterOf(BlobId id) {
        return id.value() & 0xffff_ffffL;
    }

    int number() {
        return number;
    }

    /** Others have declared it dead, or it has run out of ids: it makes no further blobs. */
    void lose() {
        isLost = true;
    }

    boolean isLost() {
        return isLost;
    }

    /** @throws StoreException {@code UNAVAILABLE} if others have declared it dead */
    void requireLiving() {
        if (isLost) {
            throw Instances.lost();
        }
    }

    /** An id for a new blob, which must be {@linkplain #settled} in the end. */
    BlobId next() {
        requireLiving();
        long counter;
        Range range;
        Pool.Writing reserved;
        synchronized (this) {
            counter = nextCounter++;
            range = range(counter);
            range.unsettled.add(counter);
            reserved = range.reserved;
            if (counter % RANGE_IDS == RANGE_IDS / 2) {
                range(counter + RANGE_IDS); // so that nobody has to wait for it
            }
        }
        int result = reserved == null ? Errno.ENOENT : reserved.await();
        if (result < 0) {
            synchronized (this) {
                range.reserved = null; // to be tried again
            }
            settled(blob(number, counter));
            fail(result, "taking ids for blobs");
        }
        if (counter >= MOST_IDS) {
            lose();
        }
        return blob(number, counter);
    }

    /** The range of a counter, reserved in any case. Guarded by this. */
    private Range range(long counter) {
        long index = counter / RANGE_IDS;
        Range range = ranges.computeIfAbsent(index, _ -> new Range());
        if (range.reserved == null) {
            range.reserved =
                    pool.submit(object(number), new WriteOp().assertExists().set(key(RANGE, index), new byte[] {1}));
        }
        return range;
    }

    private void fail(int result, String what) {
        if (result == Errno.ENOENT) {
            lose();
            throw Instances.lost();
        }
        throw Failures.of(result, what);
    }

    /**
     * Claims blobs for a group that is about to adopt them. Once this returns, whoever declares this instance dead finds
     * the claims.
     *
     * @throws StoreException {@code UNAVAILABLE} if they may not be adopted
     */
    void claim(Collection<OwnedBlob> blobs) {
        requireLiving();
        List<OmapRow> rows = new ArrayList<>();
        synchronized (this) {
            for (OwnedBlob blob : blobs) {
                long counter = counterOf(blob.blob());
                Range range = ranges.get(counter / RANGE_IDS);
                if (range != null && !blob.equals(range.claims.get(counter))) {
                    range.claimed.add(counter);
                    rows.add(new OmapRow(key(CLAIM, counter), blob.toBytes()));
                }
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        int result = pool.write(object(number), new WriteOp().assertExists().set(rows));
        if (result < 0) {
            fail(result, "claiming blobs");
        }
        // Nothing keeps claims from being written when another has read them; but then it has declared this dead
        // before.
        if (instances.find(number).filter(state -> !state.isDead()).isEmpty()) {
            lose();
            throw Instances.lost();
        }
        synchronized (this) {
            for (OwnedBlob blob : blobs) {
                long counter = counterOf(blob.blob());
                Range range = ranges.get(counter / RANGE_IDS);
                if (range != null) {
                    range.claims.put(counter, blob);
                }
            }
        }
    }

    /** Whether the blob was neither adopted nor deleted, as far as is known. */
    synchronized boolean isUnsettled(BlobId id) {
        Range range = ranges.get(counterOf(id) / RANGE_IDS);
        return range != null && range.unsettled.contains(counterOf(id));
    }

    synchronized boolean hasUnsettled() {
        return ranges.values().stream().anyMatch(range -> !range.unsettled.isEmpty());
    }

    /** The blob was adopted or deleted. */
    void settled(BlobId id) {
        long counter = counterOf(id);
        long index = counter / RANGE_IDS;
        Range over;
        synchronized (this) {
            Range range = ranges.get(index);
            if (range == null) {
                return;
            }
            range.unsettled.remove(counter);
            range.claims.remove(counter);
            if (!range.unsettled.isEmpty() || nextCounter < (index + 1) * RANGE_IDS) {
                return;
            }
            over = range;
            ranges.remove(index);
        }
        List<byte[]> rows = new ArrayList<>();
        rows.add(key(RANGE, index));
        over.claimed.forEach(claimed -> rows.add(key(CLAIM, claimed)));
        // If it is not done, whoever finds the rows sees that the blobs are adopted.
        Pool.Writing _ =
                pool.submit(object(number), new WriteOp().assertExists().remove(rows));
    }

    /** Nobody knows whether the commit that adopts the blob has happened, or will. */
    void doubt(OwnedBlob blob) {
        doubtful.add(blob);
    }

    /** Whether a commit that adopts the blob may have happened. */
    boolean isDoubtful(BlobId id) {
        return doubtful.stream().anyMatch(blob -> blob.blob().equals(id));
    }

    /** Has a blob deleted that no commit adopts. */
    void deleteLater(BlobId id) {
        abandoned.add(id);
    }

    /** What {@link #doubt} was told, each to be put back or {@linkplain #settled}. */
    Queue<OwnedBlob> doubtful() {
        return doubtful;
    }

    /** What {@link #deleteLater} was told, each to be put back or {@linkplain #settled}. */
    Queue<BlobId> abandoned() {
        return abandoned;
    }
}

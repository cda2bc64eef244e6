package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is open. Who reads on where a read ended has the next pieces fetched while the last one is used. One read
 * at a time; others wait.
 */
final class StripeReader implements Blob {
    /** How much is asked for at once. */
    static final int PIECE_BLOCKS = 16;

    /** How many pieces are held or under way at most. */
    private static final int MOST_PIECES = 5;

    /** Who asks for so much at once wants more. */
    private static final int STREAM_BYTES = 128 * 1024;

    private final BlobData data;
    private final BlobMemory memory;
    private final BlobId id;
    private final long lengthBytes;
    private final long blocks;
    private final BlobStore.Pin pin;

    /** One behind the other in the blob, the first one in use. Guarded by this. */
    private final Deque<Piece> pieces = new ArrayDeque<>();

    /** Where the last read ended. Guarded by this. */
    private long next;

    /** How many pieces there should be. Guarded by this. */
    private int depth = 1;

    private boolean closed;

    /** @param pin keeps the blob from being freed, and is closed with it */
    StripeReader(BlobData data, BlobMemory memory, BlobId id, BlobData.Found found, BlobStore.Pin pin) {
        this.data = data;
        this.memory = memory;
        this.id = id;
        this.lengthBytes = found.lengthBytes();
        this.blocks = Stripes.blocks(lengthBytes);
        this.pin = pin;
        if (blocks > 0) {
            pieces.add(new Piece(0, (int) Math.min(blocks, BlobData.FIRST_BLOCKS), found.first(), null, false));
        }
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public synchronized int read(long offset, ByteBuffer target) {
        if (closed) {
            throw new IllegalStateException("the blob is closed");
        }
        if (offset != next) {
            dropAll();
            depth = 1;
        } else if (offset > 0) {
            depth = Math.min(depth + 1, MOST_PIECES);
        }
        if (target.remaining() >= STREAM_BYTES) {
            depth = Math.max(depth, MOST_PIECES - 1);
        }
        long at = offset;
        try {
            while (target.hasRemaining() && at < lengthBytes) {
                Piece piece = piece(at / Stripes.BLOCK_DATA, target.remaining());
                readAhead();
                at += piece.copy(at, target);
                if (at >= piece.endBytes()) {
                    pieces.remove().drop();
                }
            }
        } catch (StoreException e) {
            dropAll();
            throw e;
        }
        next = at;
        return (int) (at - offset);
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return Optional.empty();
    }

    /** The first piece, which has this block. */
    private Piece piece(long block, int bytes) {
        Piece first = pieces.peek();
        if (first != null && first.has(block)) {
            return first;
        }
        dropAll();
        Piece piece = fetch(block, depth > 1 ? PIECE_BLOCKS : Stripes.blocks(bytes) + 1, false);
        pieces.add(piece);
        return piece;
    }

    private void readAhead() {
        long block = pieces.getLast().end();
        while (pieces.size() < depth && block < blocks) {
            long bytes = PIECE_BLOCKS * (long) Stripes.BLOCK_BYTES;
            if (!memory.tryReadAhead(bytes)) {
                return;
            }
            Piece piece = fetch(block, PIECE_BLOCKS, true);
            pieces.add(piece);
            block = piece.end();
        }
    }

    private Piece fetch(long block, long wanted, boolean counted) {
        int inObject = (int) (block % Stripes.BLOCKS);
        int count = (int) Math.min(Math.min(wanted, PIECE_BLOCKS), Math.min(blocks - block, Stripes.BLOCKS - inObject));
        ByteBuffer buffer = count == 1 ? memory.blocks.take() : memory.pieces.take();
        long dataBytes = Math.min((block + count) * Stripes.BLOCK_DATA, lengthBytes) - block * Stripes.BLOCK_DATA;
        buffer.limit((int) Stripes.storedBytes(dataBytes));
        Pool.Reading reading = data.pool()
                .start(
                        Stripes.object(id, block / Stripes.BLOCKS),
                        new ReadOp().data(inObject * (long) Stripes.BLOCK_BYTES, buffer));
        return new Piece(block, count, buffer, reading, counted);
    }

    private void dropAll() {
        while (!pieces.isEmpty()) {
            pieces.remove().drop();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            dropAll();
        }
        pin.close();
    }

    /** Some blocks of one object, there or under way. */
    private final class Piece {
        private final long first;
        private final int count;
        private final ByteBuffer buffer;
        private final boolean counted;
        private Pool.@Nullable Reading reading;

        /** A bit for each block whose checksum was compared. */
        private long checked;

        /**
         * A piece.
         *
         * @param buffer to be filled up to its limit
         * @param reading null if it is filled
         * @param counted whether it is read ahead
         */
        Piece(long first, int count, ByteBuffer buffer, Pool.@Nullable Reading reading, boolean counted) {
            this.first = first;
            this.count = count;
            this.buffer = buffer;
            this.reading = reading;
            this.counted = counted;
        }

        boolean has(long block) {
            return block >= first && block < first + count;
        }

        long end() {
            return first + count;
        }

        /** Where it ends in the blob. */
        long endBytes() {
            return Math.min(end() * Stripes.BLOCK_DATA, lengthBytes);
        }

        /** Copies from an offset in the blob as much as there is and has room, and says how much. */
        int copy(long offset, ByteBuffer target) {
            take();
            long at = offset;
            while (target.hasRemaining() && at < endBytes()) {
                long block = at / Stripes.BLOCK_DATA;
                int inBlock = (int) (at % Stripes.BLOCK_DATA);
                check(block);
                int from = (int) (block - first) * Stripes.BLOCK_BYTES + inBlock;
                int bytes = Math.min(blockBytes(block) - inBlock, target.remaining());
                target.put(buffer.slice(from, bytes));
                at += bytes;
            }
            return (int) (at - offset);
        }

        private int blockBytes(long block) {
            return (int) Math.min(Stripes.BLOCK_DATA, lengthBytes - block * Stripes.BLOCK_DATA);
        }

        private void take() {
            if (reading == null) {
                return;
            }
            ReadResult result = reading.take();
            reading = null;
            if (result.isAbsent() || result.result() == Errno.EIO) {
                throw damaged("an object of it is " + (result.isAbsent() ? "gone" : "not readable"));
            }
            if (result.result() < 0) {
                throw Failures.of(result.result(), "reading a blob");
            }
            if (result.size(0) != buffer.limit()) {
                throw damaged("an object of it is too short");
            }
        }

        /** Not before it is used: a damaged block does not keep those beside it from being read. */
        private void check(long block) {
            int index = (int) (block - first);
            if ((checked & 1L << index) != 0) {
                return;
            }
            int from = index * Stripes.BLOCK_BYTES;
            int bytes = blockBytes(block);
            if (buffer.limit() < from + bytes + Stripes.CRC_BYTES
                    || buffer.getInt(from + bytes) != Stripes.crc(id, block, buffer.slice(from, bytes))) {
                throw damaged("block " + block + " of it is not what was written");
            }
            checked |= 1L << index;
        }

        private StoreException damaged(String how) {
            return new StoreException(
                    StoreException.Reason.CORRUPT, "the blob %016x is damaged: %s".formatted(id.value(), how));
        }

        /** Gives its memory back, once nothing comes into it any more. */
        void drop() {
            Pool.Reading pending = reading;
            reading = null;
            if (pending != null) {
                pending.abandon(this::free);
            } else {
                free();
            }
        }

        private void free() {
            if (buffer.isDirect()) {
                (count == 1 ? memory.blocks : memory.pieces).give(buffer);
            }
            if (counted) {
                memory.endReadAhead(PIECE_BLOCKS * (long) Stripes.BLOCK_BYTES);
            }
        }
    }
}

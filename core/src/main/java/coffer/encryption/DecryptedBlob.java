package coffer.encryption;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted blob or body as it was before. A read decrypts the chunks it touches; the last one is kept if there is
 * memory for that, so that a reader who goes on where he stopped pays for each of them once, and those behind it are
 * {@linkplain ReadAhead read ahead}. Thread-safe, though only one thread at a time finds what was kept.
 */
final class DecryptedBlob implements Blob {
    private final Blob stored;
    private final long lengthBytes;
    private final Supplier<ChunkReader> readers;
    private final ChunkBuffers buffers;

    /** Taken by who reads: no lock is held while the disk is read. */
    private final AtomicReference<@Nullable Reader> idle = new AtomicReference<>();

    private volatile boolean closed;

    DecryptedBlob(Blob stored, long lengthBytes, Supplier<ChunkCipher> ciphers, ChunkBuffers buffers) {
        this.stored = stored;
        this.lengthBytes = lengthBytes;
        this.readers = () -> new ChunkReader(stored, lengthBytes, ciphers.get());
        this.buffers = buffers;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (stored.lengthBytes() != ChunkCipher.storedBytes(lengthBytes)) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT,
                    "encrypted bytes are " + stored.lengthBytes() + " instead of "
                            + ChunkCipher.storedBytes(lengthBytes));
        }
        int begin = target.position();
        Reader taken = idle.getAndSet(null);
        Reader reader = taken == null ? new Reader() : taken;
        boolean whole = false;
        try {
            reader.read(offset, target);
            whole = true;
        } finally {
            if (!whole) {
                target.position(begin);
            }
            leave(reader, whole);
        }
        return target.position() - begin;
    }

    private void leave(Reader reader, boolean goesOn) {
        reader.rest();
        if (goesOn && reader.end < lengthBytes && buffers.mayBeKept()) {
            reader.readAhead();
        } else {
            reader.release();
        }
        Reader other = idle.getAndSet(reader);
        if (other != null) {
            other.release();
        }
        if (closed) {
            releaseIdle();
        }
    }

    private void releaseIdle() {
        Reader reader = idle.getAndSet(null);
        if (reader != null) {
            reader.release();
        }
    }

    /** Empty: what is in a file is not what is asked for. */
    @Override
    public Optional<FileSlice> slice(long offset, long length) {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        releaseIdle();
        stored.close();
    }

    /** What one reader has at hand: two buffers while he reads, one or none between. */
    private final class Reader {
        private final ChunkReader chunks = readers.get();
        private final ReadAhead ahead = new ReadAhead(readers, buffers, ChunkReader.chunks(lengthBytes));

        /** A chunk as it was before; kept between reads, or none. */
        private byte @Nullable [] plain;

        /** Where chunks are read as they are stored; none between reads. */
        private byte @Nullable [] scratch;

        /** The number of the chunk that is in {@link #plain}. */
        private long held = -1;

        /** Where the last read ended, and how much was read up to there without a gap. */
        private long end;

        private long runBytes;

        void read(long offset, ByteBuffer target) {
            runBytes = offset == end ? runBytes : 0;
            end = offset;
            while (target.hasRemaining() && end < lengthBytes) {
                int count = readChunk(end / ChunkCipher.PLAIN_BYTES, (int) (end % ChunkCipher.PLAIN_BYTES), target);
                end += count;
                runBytes += count;
            }
        }

        /** As much as there is of one chunk and room for. */
        private int readChunk(long number, int skipped, ByteBuffer target) {
            int length = chunks.lengthBytes(number);
            int count = Math.min(length - skipped, target.remaining());
            Optional<byte[]> found = number == held ? Optional.empty() : ahead.find(number);
            if (found.isPresent()) {
                target.put(found.get(), skipped, count);
                if (skipped + count == length) {
                    ahead.passed(number);
                }
            } else if (number != held && count == length && target.hasArray()) {
                chunks.read(number, scratch(), target.array(), target.arrayOffset() + target.position());
                target.position(target.position() + count);
            } else {
                target.put(hold(number), skipped, count);
            }
            return count;
        }

        private byte[] hold(long number) {
            byte[] from = number == held ? null : scratch();
            byte[] chunk = Objects.requireNonNull(plain);
            if (from != null) {
                held = -1;
                chunks.read(number, from, chunk, 0);
                held = number;
            }
            return chunk;
        }

        /** Takes what is missing. What fits into one chunk is read at once and takes no more than it needs. */
        private byte[] scratch() {
            byte[] now = scratch;
            if (now != null) {
                return now;
            }
            if (isShort()) {
                now = new byte[(int) ChunkCipher.storedBytes(lengthBytes)];
                plain = new byte[(int) lengthBytes];
            } else {
                byte[][] taken = buffers.take(plain == null ? 2 : 1);
                now = taken[0];
                plain = plain == null ? taken[1] : plain;
            }
            scratch = now;
            return now;
        }

        private boolean isShort() {
            return lengthBytes <= ChunkCipher.PLAIN_BYTES;
        }

        void rest() {
            giveBack(scratch);
            scratch = null;
        }

        /** Begins with the chunks behind the last one, which is kept. */
        void readAhead() {
            long number = end / ChunkCipher.PLAIN_BYTES;
            ahead.begin(number == held ? number + 1 : number, runBytes);
        }

        void release() {
            ahead.release();
            giveBack(plain);
            plain = null;
            held = -1;
        }

        private void giveBack(byte @Nullable [] buffer) {
            if (buffer != null && !isShort()) {
                buffers.giveBack(buffer);
            }
        }
    }
}

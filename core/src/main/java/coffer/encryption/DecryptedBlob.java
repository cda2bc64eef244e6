package coffer.encryption;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted blob or body as it was before. A read decrypts the chunks it touches; the last one is kept if there is
 * memory for that, so that a reader who goes on where he stopped pays for each of them once. Thread-safe, though only one
 * thread at a time finds the kept chunk.
 */
final class DecryptedBlob implements Blob {
    private final Blob stored;
    private final long lengthBytes;
    private final Supplier<ChunkCipher> ciphers;
    private final ChunkBuffers buffers;

    /** Taken by who reads: no lock is held while the disk is read. */
    private final AtomicReference<@Nullable Reader> idle = new AtomicReference<>();

    private volatile boolean closed;

    DecryptedBlob(Blob stored, long lengthBytes, Supplier<ChunkCipher> ciphers, ChunkBuffers buffers) {
        this.stored = stored;
        this.lengthBytes = lengthBytes;
        this.ciphers = ciphers;
        this.buffers = buffers;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (stored.lengthBytes() != ChunkCipher.storedBytes(lengthBytes)) {
            throw corrupt("encrypted bytes are " + stored.lengthBytes() + " instead of "
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
            boolean goesOn = whole && offset + target.position() - begin < lengthBytes;
            leave(reader, goesOn && buffers.mayBeKept());
        }
        return target.position() - begin;
    }

    private void leave(Reader reader, boolean keepChunk) {
        if (!keepChunk) {
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

    private static StoreException corrupt(String what) {
        return new StoreException(StoreException.Reason.CORRUPT, what);
    }

    /** One reader's cipher and chunk. */
    private final class Reader {
        private final ChunkCipher cipher = ciphers.get();

        /** A chunk as it is stored, and after that, in its place, as it was before; empty between reads or kept. */
        private byte @Nullable [] buffer;

        /** The number of the chunk that is decrypted there. */
        private long held = -1;

        void read(long offset, ByteBuffer target) {
            byte[] chunk = chunk();
            long at = offset;
            while (target.hasRemaining() && at < lengthBytes) {
                long number = at / ChunkCipher.PLAIN_BYTES;
                long start = number * ChunkCipher.PLAIN_BYTES;
                int length = (int) Math.min(ChunkCipher.PLAIN_BYTES, lengthBytes - start);
                int skipped = (int) (at - start);
                int count = Math.min(length - skipped, target.remaining());
                if (number != held && count == length && target.hasArray()) {
                    load(chunk, number, length);
                    open(chunk, number, length, target.array(), target.arrayOffset() + target.position());
                    target.position(target.position() + count);
                } else {
                    hold(chunk, number, length);
                    target.put(chunk, skipped, count);
                }
                at += count;
            }
        }

        /** What fits into one chunk is read at once and takes no more than it needs. */
        private byte[] chunk() {
            byte[] chunk = buffer;
            if (chunk == null) {
                chunk = isShort() ? new byte[(int) ChunkCipher.storedBytes(lengthBytes)] : buffers.take();
                buffer = chunk;
            }
            return chunk;
        }

        private boolean isShort() {
            return lengthBytes <= ChunkCipher.PLAIN_BYTES;
        }

        void release() {
            byte[] chunk = buffer;
            if (chunk != null && !isShort()) {
                buffers.giveBack(chunk);
            }
            buffer = null;
            held = -1;
        }

        private void hold(byte[] chunk, long number, int length) {
            if (held != number) {
                load(chunk, number, length);
                open(chunk, number, length, chunk, 0);
                held = number;
            }
        }

        private void load(byte[] chunk, long number, int length) {
            held = -1;
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length + ChunkCipher.TAG_BYTES);
            long from = number * ChunkCipher.STORED_BYTES;
            while (bytes.hasRemaining()) {
                if (stored.read(from + bytes.position(), bytes) <= 0) {
                    throw corrupt("encrypted bytes end too early");
                }
            }
        }

        private void open(byte[] chunk, long number, int length, byte[] out, int at) {
            boolean last = (number + 1) * ChunkCipher.PLAIN_BYTES >= lengthBytes;
            cipher.open(number, last, chunk, 0, length + ChunkCipher.TAG_BYTES, out, at);
        }
    }
}

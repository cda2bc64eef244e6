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
 * An encrypted blob or body as it was before. A read decrypts the chunks it touches; the last one is kept, so that a
 * reader who goes on where he stopped pays for each of them once. Thread-safe, though only one thread at a time finds the
 * kept chunk.
 */
final class DecryptedBlob implements Blob {
    private final Blob stored;
    private final long lengthBytes;
    private final Supplier<ChunkCipher> ciphers;

    /** Taken by who reads: no lock is held while the disk is read. */
    private final AtomicReference<@Nullable Reader> idle = new AtomicReference<>();

    DecryptedBlob(Blob stored, long lengthBytes, Supplier<ChunkCipher> ciphers) {
        this.stored = stored;
        this.lengthBytes = lengthBytes;
        this.ciphers = ciphers;
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
            idle.set(reader);
        }
        return target.position() - begin;
    }

    /** Empty: what is in a file is not what is asked for. */
    @Override
    public Optional<FileSlice> slice(long offset, long length) {
        return Optional.empty();
    }

    @Override
    public void close() {
        stored.close();
    }

    private static StoreException corrupt(String what) {
        return new StoreException(StoreException.Reason.CORRUPT, what);
    }

    /** One reader's cipher and chunk. */
    private final class Reader {
        private final ChunkCipher cipher = ciphers.get();

        /** A chunk as it is stored, and after that, in its place, as it was before. */
        private final ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(ChunkCipher.storedBytes(lengthBytes), ChunkCipher.STORED_BYTES));

        /** The number of the chunk that is decrypted there. */
        private long held = -1;

        void read(long offset, ByteBuffer target) {
            long at = offset;
            while (target.hasRemaining() && at < lengthBytes) {
                long number = at / ChunkCipher.PLAIN_BYTES;
                long start = number * ChunkCipher.PLAIN_BYTES;
                int length = (int) Math.min(ChunkCipher.PLAIN_BYTES, lengthBytes - start);
                int skipped = (int) (at - start);
                int count = Math.min(length - skipped, target.remaining());
                if (number != held && count == length && target.hasArray()) {
                    load(number, length);
                    open(number, length, target.array(), target.arrayOffset() + target.position());
                    target.position(target.position() + count);
                } else {
                    hold(number, length);
                    target.put(chunk.array(), skipped, count);
                }
                at += count;
            }
        }

        private void hold(long number, int length) {
            if (held != number) {
                load(number, length);
                open(number, length, chunk.array(), 0);
                held = number;
            }
        }

        private void load(long number, int length) {
            held = -1;
            chunk.clear().limit(length + ChunkCipher.TAG_BYTES);
            long from = number * ChunkCipher.STORED_BYTES;
            while (chunk.hasRemaining()) {
                if (stored.read(from + chunk.position(), chunk) <= 0) {
                    throw corrupt("encrypted bytes end too early");
                }
            }
        }

        private void open(long number, int length, byte[] out, int at) {
            boolean last = (number + 1) * ChunkCipher.PLAIN_BYTES >= lengthBytes;
            cipher.open(number, last, chunk.array(), 0, length + ChunkCipher.TAG_BYTES, out, at);
        }
    }
}

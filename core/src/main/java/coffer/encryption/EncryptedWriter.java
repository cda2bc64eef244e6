package coffer.encryption;

import coffer.store.BlobId;
import coffer.store.BlobWriter;
import java.nio.ByteBuffer;

/**
 * Encrypts what is written to a blob. Of a source that is longer than a chunk, whole chunks are encrypted from where they
 * are; only what is left of it is copied.
 */
final class EncryptedWriter implements ContentWriter {
    private final BlobWriter target;
    private final Salt salt;
    private final ChunkCipher cipher;

    /** Bytes of the chunk under way; a whole one waits here until it is known whether it is the last. */
    private final byte[] waiting = new byte[ChunkCipher.PLAIN_BYTES];

    private final byte[] sealed = new byte[ChunkCipher.STORED_BYTES];
    private int filled;
    private long chunks;

    EncryptedWriter(BlobWriter target, Salt salt, ChunkCipher cipher) {
        this.target = target;
        this.salt = salt;
        this.cipher = cipher;
    }

    @Override
    public Salt salt() {
        return salt;
    }

    @Override
    public void write(ByteBuffer source) {
        while (source.hasRemaining()) {
            if (filled == waiting.length) {
                write(waiting, 0, filled, false);
                filled = 0;
            }
            if (filled == 0 && source.remaining() > waiting.length && source.hasArray()) {
                write(source.array(), source.arrayOffset() + source.position(), waiting.length, false);
                source.position(source.position() + waiting.length);
            } else {
                int count = Math.min(source.remaining(), waiting.length - filled);
                source.get(waiting, filled, count);
                filled += count;
            }
        }
    }

    private void write(byte[] plain, int from, int length, boolean last) {
        cipher.seal(chunks++, last, plain, from, length, sealed, 0);
        target.write(ByteBuffer.wrap(sealed, 0, length + ChunkCipher.TAG_BYTES));
    }

    @Override
    public BlobId finish() {
        if (filled > 0) {
            write(waiting, 0, filled, true);
            filled = 0;
        }
        return target.finish();
    }

    @Override
    public void close() {
        target.close();
    }
}

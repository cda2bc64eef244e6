package coffer.encryption;

import coffer.store.Blob;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** Keeps bytes encrypted under one data key; see {@link ChunkCipher} for their form. */
final class EncryptedContent implements ContentCipher {
    private static final String EXTENT = "coffer extent 1";
    private static final String ETAG = "coffer etag 1";
    private static final int MD5_BYTES = 16;

    private final byte[] dataKey;
    private final boolean hidesMd5;
    private final SecureRandom random;
    private final ChunkBuffers buffers;

    /**
     * A cipher.
     *
     * @param dataKey 32 bytes
     * @param hidesMd5 whether ETags are not to be the MD5
     * @param buffers for reading
     */
    EncryptedContent(byte[] dataKey, boolean hidesMd5, SecureRandom random, ChunkBuffers buffers) {
        this.dataKey = dataKey.clone();
        this.hidesMd5 = hidesMd5;
        this.random = random;
        this.buffers = buffers;
    }

    @Override
    public long storedBytes(long plainBytes) {
        return ChunkCipher.storedBytes(plainBytes);
    }

    @Override
    public long mostPlainBytes(long storedBytes) {
        return ChunkCipher.mostPlainBytes(storedBytes);
    }

    @Override
    public int writerBytes() {
        return ChunkCipher.PLAIN_BYTES + ChunkCipher.STORED_BYTES;
    }

    @Override
    public ContentWriter encrypt(BlobWriter target) {
        Salt salt = Salt.random(random);
        return new EncryptedWriter(target, salt, cipher(salt));
    }

    @Override
    public Sealed encrypt(ByteBuffer plain) {
        Salt salt = Salt.random(random);
        ByteBuffer in = onHeap(plain);
        int from = in.arrayOffset() + in.position();
        int left = in.remaining();
        byte[] out = new byte[Math.toIntExact(storedBytes(left))];
        int at = 0;
        ChunkCipher cipher = cipher(salt);
        for (int number = 0; left > 0; number++) {
            int length = Math.min(left, ChunkCipher.PLAIN_BYTES);
            left -= length;
            cipher.seal(number, left == 0, in.array(), from, length, out, at);
            from += length;
            at += length + ChunkCipher.TAG_BYTES;
        }
        return new Sealed(ByteBuffer.wrap(out), salt);
    }

    @Override
    public Blob decrypt(Blob stored, long plainBytes, Salt salt) {
        return new DecryptedBlob(stored, plainBytes, () -> cipher(salt), buffers);
    }

    @Override
    public ByteBuffer decrypt(ByteBuffer stored, Salt salt) {
        ByteBuffer in = onHeap(stored);
        int from = in.arrayOffset() + in.position();
        int left = in.remaining();
        byte[] out = new byte[(int) mostPlainBytes(left)];
        if (storedBytes(out.length) != left) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "encrypted bytes have a length that nothing is encrypted to");
        }
        int at = 0;
        ChunkCipher cipher = cipher(salt);
        for (int number = 0; left > 0; number++) {
            int length = Math.min(left, ChunkCipher.STORED_BYTES);
            left -= length;
            cipher.open(number, left == 0, in.array(), from, length, out, at);
            from += length;
            at += length - ChunkCipher.TAG_BYTES;
        }
        return ByteBuffer.wrap(out);
    }

    @Override
    public String etag(byte[] md5) {
        byte[] shown = hidesMd5 ? Arrays.copyOf(Derivation.derive(dataKey, ETAG, md5), MD5_BYTES) : md5;
        return HexFormat.of().formatHex(shown);
    }

    private ChunkCipher cipher(Salt salt) {
        return new ChunkCipher(Derivation.derive(dataKey, EXTENT, salt.bytes()));
    }

    private static ByteBuffer onHeap(ByteBuffer bytes) {
        return bytes.hasArray()
                ? bytes
                : ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    @Override
    public String toString() {
        return "EncryptedContent[***]";
    }
}

package coffer.encryption;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Keeps bytes as they are. */
final class PlainContent implements ContentCipher {
    @Override
    public long storedBytes(long plainBytes) {
        return plainBytes;
    }

    @Override
    public long mostPlainBytes(long storedBytes) {
        return storedBytes;
    }

    @Override
    public int writerBytes() {
        return 0;
    }

    @Override
    public ContentWriter encrypt(BlobWriter target) {
        return new Through(target);
    }

    @Override
    public Sealed encrypt(ByteBuffer plain) {
        return new Sealed(plain, Salt.NONE);
    }

    @Override
    public Blob decrypt(Blob stored, long plainBytes, Salt salt) {
        return stored;
    }

    @Override
    public ByteBuffer decrypt(ByteBuffer stored, Salt salt) {
        return stored;
    }

    @Override
    public String etag(byte[] md5) {
        return HexFormat.of().formatHex(md5);
    }

    private record Through(BlobWriter target) implements ContentWriter {
        @Override
        public Salt salt() {
            return Salt.NONE;
        }

        @Override
        public void write(ByteBuffer source) {
            target.write(source);
        }

        @Override
        public BlobId finish() {
            return target.finish();
        }

        @Override
        public void close() {
            target.close();
        }
    }
}

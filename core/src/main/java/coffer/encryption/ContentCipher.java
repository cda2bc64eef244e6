package coffer.encryption;

import coffer.store.Blob;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.nio.ByteBuffer;

/**
 * How the bytes of one object or upload are kept, encrypted or not. Every blob and every tail passes by itself, an extent
 * in what follows. Thread-safe. {@link ContentKeys} makes them.
 */
public sealed interface ContentCipher permits PlainContent, EncryptedContent {
    /** Keeps bytes as they are. */
    static ContentCipher none() {
        return new PlainContent();
    }

    /** How long an extent becomes. */
    long storedBytes(long plainBytes);

    /** The longest extent whose stored form has at most so many bytes. */
    long mostPlainBytes(long storedBytes);

    /** How much memory a blob takes while it is encrypted, beside what is given to it. */
    int writerBytes();

    /** Has what is written from now on kept as one extent; closing or finishing the result does it to {@code target}. */
    ContentWriter encrypt(BlobWriter target);

    /** Makes an extent of all remaining bytes, which are not changed. */
    Sealed encrypt(ByteBuffer plain);

    /**
     * An extent as it was before it was encrypted. Closing the result closes {@code stored}.
     *
     * @param plainBytes how long it was; if it was not, or has been changed, reading says {@code CORRUPT}
     * @param salt what it was written with
     */
    Blob decrypt(Blob stored, long plainBytes, Salt salt);

    /**
     * An extent as it was before it was encrypted.
     *
     * @param salt what it was written with
     * @throws StoreException {@code CORRUPT} if it is not what was written
     */
    ByteBuffer decrypt(ByteBuffer stored, Salt salt);

    /**
     * The ETag of content, 32 lower-case hex digits: its MD5, or where that must not be seen, something else that is
     * the same for the same content under the same key.
     *
     * @param md5 16 bytes
     */
    String etag(byte[] md5);
}

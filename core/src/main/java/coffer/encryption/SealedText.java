package coffer.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.StoreException;

/**
 * Short secrets that are kept beside other rows: each is encrypted under a data key of its own. Thread-safe.
 *
 * <pre>
 * format 1, wrapped key, ciphertext with tag
 * </pre>
 */
public final class SealedText {
    private static final int FORMAT = 1;

    private final KeyService keys;

    public SealedText(KeyService keys) {
        this.keys = keys;
    }

    /**
     * Encrypts a text.
     *
     * @param text not empty
     * @param context what it belongs to; it opens for nothing else
     */
    public byte[] seal(String text, String context) {
        DataKey key = keys.create(keys.defaultKeyId(), context);
        byte[] plain = text.getBytes(UTF_8);
        byte[] sealed = new byte[plain.length + ChunkCipher.TAG_BYTES];
        new ChunkCipher(key.plain()).seal(0, true, plain, 0, plain.length, sealed, 0);
        RecordWriter out = new RecordWriter(FORMAT);
        key.wrapped().write(out);
        return out.bytes(sealed).toBytes();
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws StoreException {@code CORRUPT} if it is not what was sealed in this context
     */
    public String open(byte[] sealed, String context) {
        RecordReader in = new RecordReader(sealed, FORMAT);
        WrappedKey key = WrappedKey.read(in);
        byte[] bytes = in.bytes();
        if (bytes.length < ChunkCipher.TAG_BYTES) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a sealed text is too short");
        }
        byte[] plain = new byte[bytes.length - ChunkCipher.TAG_BYTES];
        new ChunkCipher(keys.unwrap(key, context)).open(0, true, bytes, 0, bytes.length, plain, 0);
        return new String(plain, UTF_8);
    }
}

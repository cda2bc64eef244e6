package coffer.encryption;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * What makes the key of one extent: 16 random bytes, kept in the row that refers to the extent. A row therefore opens
 * only the bytes that were written for it, and a read in the middle of an extent needs nothing from its beginning.
 */
public record Salt(long high, long low) {
    /** Of bytes that are not encrypted. */
    public static final Salt NONE = new Salt(0, 0);

    private static final int BYTES = 16;

    static Salt random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    static Salt of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Salt(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    public void write(RecordWriter out) {
        out.bytes(bytes());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws StoreException {@code CORRUPT}
     */
    public static Salt read(RecordReader in) {
        byte[] bytes = in.bytes();
        if (bytes.length != BYTES) {
            throw new StoreException(StoreException.Reason.CORRUPT, "the store holds a salt of another length");
        }
        return of(bytes);
    }
}

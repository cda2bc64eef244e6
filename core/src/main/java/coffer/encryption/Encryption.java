package coffer.encryption;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.StoreException;
import java.util.Arrays;

/** How the bytes of an object or upload are encrypted, as its row holds it. Source: COS API reference, "PUT Object". */
public sealed interface Encryption {
    /** Not at all. */
    record None() implements Encryption {}

    /** SSE-COS: with a data key of the server's own. */
    record SseCos(WrappedKey key) implements Encryption {}

    /**
     * SSE-KMS: with a data key that is wrapped by a master key the client chose, or the default one.
     *
     * @param context what the client bound it to: base64 of a JSON object, to the letter; perhaps empty
     */
    record SseKms(WrappedKey key, String context) implements Encryption {}

    /**
     * SSE-C: with a key of the customer's.
     *
     * @param salt makes the data key of this object
     * @param check 32 bytes that tell whether a key is the one; they tell nothing of it
     */
    record SseC(Salt salt, byte[] check) implements Encryption {
        @Override
        public boolean equals(Object other) {
            return other instanceof SseC sse && sse.salt.equals(salt) && Arrays.equals(sse.check, check);
        }

        @Override
        public int hashCode() {
            return salt.hashCode();
        }

        @Override
        public String toString() {
            return "SseC[]";
        }
    }

    /** Whether bytes are kept as they are. */
    default boolean isNone() {
        return this instanceof None;
    }

    /** How long an extent becomes. */
    default long storedBytes(long plainBytes) {
        return isNone() ? plainBytes : ChunkCipher.storedBytes(plainBytes);
    }

    /**
     * Writes it into a record.
     *
     * <pre>
     * 0
     * 1 wrapped key
     * 2 wrapped key, context
     * 3 salt, check value
     * </pre>
     *
     * <p>A new form of extents or of keys gets a number of its own.
     */
    default void write(RecordWriter out) {
        switch (this) {
            case None() -> out.number(0);
            case SseCos(WrappedKey key) -> key.write(out.number(1));
            case SseKms(WrappedKey key, String context) -> {
                key.write(out.number(2));
                out.text(context);
            }
            case SseC(Salt salt, byte[] check) -> {
                salt.write(out.number(3));
                out.bytes(check);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws StoreException {@code CORRUPT} if it cannot be understood
     */
    static Encryption read(RecordReader in) {
        long kind = in.number();
        if (kind == 0) {
            return new None();
        } else if (kind == 1) {
            return new SseCos(WrappedKey.read(in));
        } else if (kind == 2) {
            return new SseKms(WrappedKey.read(in), in.text());
        } else if (kind == 3) {
            return new SseC(Salt.read(in), in.bytes());
        }
        throw new StoreException(StoreException.Reason.CORRUPT, "the store holds an encryption of an unknown kind");
    }
}

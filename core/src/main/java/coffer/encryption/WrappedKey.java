package coffer.encryption;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.Arrays;

/**
 * A data key, encrypted by a {@link KeyService}.
 *
 * @param keyId the master key that opens it
 * @param bytes what the service made of it; opaque to everyone else, and not to be changed
 */
public record WrappedKey(String keyId, byte[] bytes) {
    void write(RecordWriter out) {
        out.text(keyId).bytes(bytes);
    }

    static WrappedKey read(RecordReader in) {
        return new WrappedKey(in.text(), in.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrappedKey key && key.keyId.equals(keyId) && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "WrappedKey[" + keyId + "]";
    }
}

package coffer.store.rados;

import java.util.Arrays;

/** The key of a row as the key of a hash map. */
record RowName(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RowName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

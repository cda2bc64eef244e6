package coffer.encryption;

/**
 * A new data key, open and wrapped.
 *
 * @param plain 32 bytes
 * @param wrapped the same, to be stored
 */
public record DataKey(byte[] plain, WrappedKey wrapped) {
    @Override
    public String toString() {
        return "DataKey[***, " + wrapped + "]";
    }
}

package coffer.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/** One change of a {@link Commit}. */
public sealed interface Change {
    /** What tells the row apart within the group of the commit. */
    char kind();

    /** See {@link RowKey#suffix()}. */
    String suffix();

    /**
     * Writes a row, replacing what was there, its body included.
     *
     * @param value 1 byte to 8 MiB
     * @param body stored beside the row and durable with it, at most {@link MetadataStore#maxBodyBytes()}; read from
     *     position to limit, must not change until the commit returns
     */
    record Put(char kind, String suffix, byte[] value, Optional<ByteBuffer> body) implements Change {
        public Put {
            if (value.length == 0) {
                throw new IllegalArgumentException("a row's value is never empty");
            }
        }
    }

    /** Removes a row and its body; no error if it is not there. */
    record Delete(char kind, String suffix) implements Change {}

    /** A row without a body. */
    static Change put(RowKey row, byte[] value) {
        return new Put(row.kind(), row.suffix(), value, Optional.empty());
    }

    /** A row with a small body. */
    static Change put(RowKey row, byte[] value, ByteBuffer body) {
        return new Put(row.kind(), row.suffix(), value, Optional.of(body));
    }

    /** The removal of a row. */
    static Change delete(RowKey row) {
        return new Delete(row.kind(), row.suffix());
    }
}

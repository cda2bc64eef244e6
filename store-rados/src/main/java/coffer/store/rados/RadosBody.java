package coffer.store.rados;

import coffer.store.BodyRef;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * The body of a row.
 *
 * @param row whose body it is
 * @param tag what the row and its body have in common, and no other row
 * @param crc32c checksum of its bytes
 * @param stored the bytes as they were read with the row, tag first; null if they were not
 */
record RadosBody(RowKey row, long tag, long lengthBytes, int crc32c, byte @Nullable [] stored) implements BodyRef {
    /** Of a body that is not stored yet. */
    static final RowKey NOWHERE = new RowGroup("-", "").row('o');
}

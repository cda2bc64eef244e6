package coffer.store.rados;

import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to become of one range: two, with a bound between them. As long as it stands in the map of the space, there is
 * no other plan for that range.
 *
 * @param id 32 hexadecimal digits, used once
 * @param epoch of the header that the leaf had when it was planned: only with it may the leaf be sealed
 * @param lower the leaf that is to have the groups before {@code middle}
 * @param upper the leaf that is to have the others
 * @param middle a group, as {@link LeafKeys#group} has it
 */
record RangePlan(String id, long epoch, String lower, String upper, byte[] middle) {
    private static final byte FORMAT = 1;
    private static final int FIXED_BYTES = 57;

    List<String> children() {
        return List.of(lower, upper);
    }

    /** What the leaves that are being filled say of themselves. */
    byte[] building() {
        return new LeafHeader(LeafHeader.State.BUILDING, 0, id).toBytes();
    }

    byte[] sealed() {
        return new LeafHeader(LeafHeader.State.SEALED, epoch, id).toBytes();
    }

    byte[] moved() {
        return new LeafHeader(LeafHeader.State.MOVED, epoch, id).toBytes();
    }

    byte[] toBytes() {
        HexFormat hex = HexFormat.of();
        return ByteBuffer.allocate(FIXED_BYTES + middle.length)
                .put(FORMAT)
                .put(hex.parseHex(id))
                .putLong(epoch)
                .put(hex.parseHex(lower))
                .put(hex.parseHex(upper))
                .put(middle)
                .array();
    }

    /** @throws StoreException {@code CORRUPT} if these bytes are none */
    static RangePlan fromBytes(byte[] bytes) {
        if (bytes.length <= FIXED_BYTES || bytes[0] != FORMAT) {
            throw new StoreException(StoreException.Reason.CORRUPT, "the plan of a range is not readable");
        }
        HexFormat hex = HexFormat.of();
        return new RangePlan(
                hex.formatHex(bytes, 1, 17),
                ByteBuffer.wrap(bytes, 17, 8).getLong(),
                hex.formatHex(bytes, 25, 41),
                hex.formatHex(bytes, 41, 57),
                Arrays.copyOfRange(bytes, FIXED_BYTES, bytes.length));
    }
}

package coffer.store.rados;

import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to become of ranges: one is split in two, or two neighbours become one. As long as it stands in the map of the
 * space, at each of them, there is no other plan for them.
 *
 * <pre>
 * 01 id 16, epoch 8, lower 16, upper 16, middle                                                a split
 * 02 id 16, epoch 8, first 16, second 16, merged 16, length 4, low, length 4, middle, high     a merge
 * </pre>
 *
 * @param id 32 hexadecimal digits, used once
 * @param epoch of the header that the first parent had when it was planned: only with it may that one be sealed
 * @param parents one or two leaves, in their order
 * @param children the leaves that take their place, two or one; together they have the same range
 */
record RangePlan(String id, long epoch, List<Leaf> parents, List<Leaf> children) {
    private static final byte SPLIT = 1;
    private static final byte MERGE = 2;
    private static final int ID_BYTES = 16;
    private static final int LEAVES = 1 + ID_BYTES + Long.BYTES;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * A plan to split.
     *
     * @param lower the id of the leaf that is to have the groups before {@code middle}
     * @param upper the id of the leaf that is to have the others
     * @param middle a group, as {@link LeafKeys#group} has it
     */
    static RangePlan split(String id, long epoch, Leaf leaf, String lower, String upper, byte[] middle) {
        return new RangePlan(
                id,
                epoch,
                List.of(leaf),
                List.of(
                        new Leaf(leaf.space(), lower, leaf.low(), middle),
                        new Leaf(leaf.space(), upper, middle, leaf.high())));
    }

    /**
     * A plan to merge.
     *
     * @param second begins where {@code first} ends
     * @param merged the id of the leaf that is to have all groups
     */
    static RangePlan merge(String id, long epoch, Leaf first, Leaf second, String merged) {
        return new RangePlan(
                id,
                epoch,
                List.of(first, second),
                List.of(new Leaf(first.space(), merged, first.low(), second.high())));
    }

    String space() {
        return first().space();
    }

    /** The parent that decides: while it is open the plan can be given up, once it is sealed the plan is carried out. */
    Leaf first() {
        return parents.getFirst();
    }

    /** The new leaf of a group. */
    Leaf childOf(byte[] group) {
        Leaf last = children.getLast();
        return last.contains(group) ? last : children.getFirst();
    }

    /** By how many ranges there are more. */
    int growth() {
        return children.size() - parents.size();
    }

    /** What the leaves that are being filled say of themselves. */
    byte[] building() {
        return new LeafHeader(LeafHeader.State.BUILDING, 0, id).toBytes();
    }

    /** The same for both parents of a merge: the epoch of a leaf does not matter any more once it is sealed. */
    byte[] sealed() {
        return new LeafHeader(LeafHeader.State.SEALED, epoch, id).toBytes();
    }

    byte[] moved() {
        return new LeafHeader(LeafHeader.State.MOVED, epoch, id).toBytes();
    }

    byte[] toBytes() {
        boolean isSplit = parents.size() == 1;
        byte[] low = first().low();
        byte[] middle = isSplit ? children.getLast().low() : parents.getLast().low();
        byte[] high = parents.getLast().high();
        ByteBuffer bytes = ByteBuffer.allocate(
                        LEAVES + 3 * ID_BYTES + 2 * Integer.BYTES + low.length + middle.length + high.length)
                .put(isSplit ? SPLIT : MERGE)
                .put(HEX.parseHex(id))
                .putLong(epoch);
        if (isSplit) {
            children.forEach(child -> bytes.put(HEX.parseHex(child.id())));
            bytes.put(middle);
        } else {
            parents.forEach(parent -> bytes.put(HEX.parseHex(parent.id())));
            bytes.put(HEX.parseHex(children.getFirst().id()));
            bytes.putInt(low.length).put(low).putInt(middle.length).put(middle).put(high);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Reads a plan.
     *
     * @param parent the leaf, or one of them
     * @throws StoreException {@code CORRUPT} if these bytes are none
     */
    static RangePlan fromBytes(Leaf parent, byte[] bytes) {
        requireReadable(bytes);
        String id = id(bytes, 1);
        long epoch = ByteBuffer.wrap(bytes).getLong(1 + ID_BYTES);
        String one = id(bytes, LEAVES);
        String two = id(bytes, LEAVES + ID_BYTES);
        if (bytes[0] == SPLIT) {
            byte[] middle = Arrays.copyOfRange(bytes, LEAVES + 2 * ID_BYTES, bytes.length);
            return split(id, epoch, parent, one, two, middle);
        }
        ByteBuffer bounds = ByteBuffer.wrap(bytes).position(LEAVES + 3 * ID_BYTES);
        byte[] low = take(bounds, bounds.getInt());
        byte[] middle = take(bounds, bounds.getInt());
        byte[] high = take(bounds, bounds.remaining());
        return merge(
                id,
                epoch,
                new Leaf(parent.space(), one, low, middle),
                new Leaf(parent.space(), two, middle, high),
                id(bytes, LEAVES + 2 * ID_BYTES));
    }

    /** The ids of the leaves that a plan makes. */
    static List<String> newLeaves(byte[] bytes) {
        requireReadable(bytes);
        return bytes[0] == SPLIT
                ? List.of(id(bytes, LEAVES), id(bytes, LEAVES + ID_BYTES))
                : List.of(id(bytes, LEAVES + 2 * ID_BYTES));
    }

    private static void requireReadable(byte[] bytes) {
        boolean isSplit = bytes.length > LEAVES + 2 * ID_BYTES && bytes[0] == SPLIT;
        boolean isMerge = bytes.length > LEAVES + 3 * ID_BYTES + 2 * Integer.BYTES && bytes[0] == MERGE;
        if (!isSplit && !isMerge) {
            throw new StoreException(StoreException.Reason.CORRUPT, "the plan of a range is not readable");
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static String id(byte[] bytes, int at) {
        return HEX.formatHex(bytes, at, at + ID_BYTES);
    }
}

package coffer.store.rados;

import org.jspecify.annotations.Nullable;

/**
 * One range of the groups of a space, and the object that has its rows. An id is used once and its range never changes,
 * so that whatever is known of a leaf stays true; whether it still is the one to ask, its header says.
 */
final class Leaf {
    private final String space;
    private final String id;
    private final byte[] low;
    private final byte[] high;

    /** As it was last read; null if it never was. */
    private volatile byte @Nullable [] header;

    /**
     * A leaf.
     *
     * @param id 32 hexadecimal digits
     * @param low the first group, inclusive; empty for the first of all
     * @param high the end, exclusive; {@link LeafKeys#END} behind the last of all
     */
    Leaf(String space, String id, byte[] low, byte[] high) {
        this.space = space;
        this.id = id;
        this.low = low;
        this.high = high;
    }

    String space() {
        return space;
    }

    String id() {
        return id;
    }

    /** The name of its object. */
    String object() {
        return object(space, id);
    }

    static String object(String space, String id) {
        return "r." + space + "." + id;
    }

    byte[] low() {
        return low;
    }

    byte[] high() {
        return high;
    }

    boolean isLast() {
        return LeafKeys.compare(high, LeafKeys.END) == 0;
    }

    boolean contains(byte[] group) {
        return LeafKeys.compare(low, group) <= 0 && LeafKeys.compare(group, high) < 0;
    }

    byte @Nullable [] header() {
        return header;
    }

    void header(byte @Nullable [] seen) {
        header = seen;
    }
}

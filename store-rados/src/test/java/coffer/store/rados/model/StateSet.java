package coffer.store.rados.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** States in the order they were added, each once, side by side in pages: a million of them fit into a small heap. */
final class StateSet {
    private static final int PAGE = 1 << 14;

    private final int width;
    private final int limit;
    private final List<byte[]> pages = new ArrayList<>();
    private int size;

    /** Index of a state plus one, at the place its hash says or behind; 0 where nothing is. */
    private int[] table = new int[1 << 16];

    /** @param width bytes of each state */
    StateSet(int width, int limit) {
        this.width = width;
        this.limit = limit;
    }

    int size() {
        return size;
    }

    byte[] get(int index) {
        int from = index % PAGE * width;
        return Arrays.copyOfRange(pages.get(index / PAGE), from, from + width);
    }

    /** Adds a state and returns its index, which is the former {@link #size} if it is new. */
    int add(byte[] state) {
        int place = placeOf(state);
        if (table[place] != 0) {
            return table[place] - 1;
        }
        if (size == limit) {
            throw new IllegalStateException("more than " + limit + " states");
        }
        if (size % PAGE == 0) {
            pages.add(new byte[PAGE * width]);
        }
        System.arraycopy(state, 0, pages.getLast(), size % PAGE * width, width);
        table[place] = ++size;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    private int placeOf(byte[] state) {
        int place = spread(Arrays.hashCode(state)) & (table.length - 1);
        while (table[place] != 0 && !isAt(table[place] - 1, state)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private boolean isAt(int index, byte[] state) {
        int from = index % PAGE * width;
        return Arrays.equals(pages.get(index / PAGE), from, from + width, state, 0, width);
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int index = 0; index < size; index++) {
            table[placeOf(get(index))] = index + 1;
        }
    }

    /** Neighbouring states differ in few bytes and few bits; a table of powers of two wants them far apart. */
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
        return mixed ^ (mixed >>> 16);
    }
}

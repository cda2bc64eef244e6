package coffer.rados;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps on one object that happen all or not at all. Comparisons look at the object as it is before the operation, in
 * whatever order they come. Not thread-safe; what is given must not change until the operation has been submitted.
 */
public final class WriteOp {
    private static final byte EQUAL = 1;

    private final List<Step> steps = new ArrayList<>();

    private interface Step {
        void addTo(MemorySegment op, Arena arena) throws Throwable;
    }

    /** Makes the object; {@link Errno#EEXIST} if it is there. */
    public WriteOp createExclusively() {
        return with((op, _) -> {
            Librados.WRITE_CREATE.invokeExact(op, 1, NULL);
        });
    }

    /** Makes the object if it is not there. */
    public WriteOp create() {
        return with((op, _) -> {
            Librados.WRITE_CREATE.invokeExact(op, 0, NULL);
        });
    }

    /** {@link Errno#ENOENT} if the object is not there. */
    public WriteOp assertExists() {
        return with((op, _) -> {
            Librados.WRITE_ASSERT_EXISTS.invokeExact(op);
        });
    }

    /** {@link Errno#ERANGE} or {@link Errno#EOVERFLOW} if the object has another version. */
    public WriteOp assertVersion(long version) {
        return with((op, _) -> {
            Librados.WRITE_ASSERT_VERSION.invokeExact(op, version);
        });
    }

    /** {@link Errno#ECANCELED} if a row has not exactly this value. An absent row counts as an empty one. */
    public WriteOp expect(byte[] key, byte[] value) {
        return with((op, arena) -> {
            Librados.WRITE_OMAP_COMPARE.invokeExact(
                    op,
                    segment(arena, key),
                    EQUAL,
                    segment(arena, value),
                    (long) key.length,
                    (long) value.length,
                    NULL);
        });
    }

    /** Writes rows, in place of those that are there. */
    public WriteOp set(List<OmapRow> rows) {
        return rows.isEmpty()
                ? this
                : with((op, arena) -> {
                    Array keys = new Array(arena, rows.size());
                    Array values = new Array(arena, rows.size());
                    rows.forEach(row -> {
                        keys.add(row.key());
                        values.add(row.value());
                    });
                    Librados.WRITE_OMAP_SET.invokeExact(
                            op, keys.pointers, values.pointers, keys.lengths, values.lengths, (long) rows.size());
                });
    }

    /** Writes one row. */
    public WriteOp set(byte[] key, byte[] value) {
        return set(List.of(new OmapRow(key, value)));
    }

    /** Removes rows; it is no error if they are not there. */
    public WriteOp remove(List<byte[]> keys) {
        return keys.isEmpty()
                ? this
                : with((op, arena) -> {
                    Array array = new Array(arena, keys.size());
                    keys.forEach(array::add);
                    Librados.WRITE_OMAP_REMOVE.invokeExact(op, array.pointers, array.lengths, (long) keys.size());
                });
    }

    /**
     * Writes the remaining bytes of a buffer into the data of the object.
     *
     * @param offset where, in bytes
     */
    public WriteOp write(long offset, ByteBuffer bytes) {
        return with((op, _) -> {
            Librados.WRITE_DATA.invokeExact(op, MemorySegment.ofBuffer(bytes), (long) bytes.remaining(), offset);
        });
    }

    /** Writes an attribute. */
    public WriteOp attribute(String name, byte[] value) {
        return with((op, arena) -> {
            Librados.WRITE_ATTRIBUTE.invokeExact(
                    op, arena.allocateFrom(name), segment(arena, value), (long) value.length);
        });
    }

    /** Removes the object. */
    public WriteOp removeObject() {
        return with((op, _) -> {
            Librados.WRITE_REMOVE.invokeExact(op);
        });
    }

    private WriteOp with(Step step) {
        steps.add(step);
        return this;
    }

    /** Adds the steps to a native operation, which copies what it is given. */
    void addTo(MemorySegment op) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            for (Step step : steps) {
                step.addTo(op, arena);
            }
        }
    }

    static MemorySegment segment(Arena arena, byte[] bytes) {
        return bytes.length == 0 ? arena.allocate(1) : arena.allocateFrom(JAVA_BYTE, bytes);
    }

    /** Texts as C wants many of them: pointers, and lengths. */
    static final class Array {
        final MemorySegment pointers;
        final MemorySegment lengths;
        private final Arena arena;
        private int count;

        Array(Arena arena, int size) {
            this.arena = arena;
            pointers = arena.allocate(ADDRESS, size);
            lengths = arena.allocate(JAVA_LONG, size);
        }

        void add(byte[] text) {
            pointers.setAtIndex(ADDRESS, count, segment(arena, text));
            lengths.setAtIndex(JAVA_LONG, count++, text.length);
        }
    }
}

package coffer.rados;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at one object, all of them at one moment. Each look has a number, from 0 in the order they are added, by which
 * the {@link ReadResult} tells what it found. Not thread-safe; used once.
 */
public final class ReadOp {
    private final List<Look> looks = new ArrayList<>();

    /** One look: how it is added to a native operation, and how its answer is read. */
    interface Look {
        /** Adds it. The memory for the answer lives until the operation is over. */
        void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable;

        /** Bytes of the answer's memory. */
        long answerBytes();

        /** Reads and frees what is native. */
        Object take(MemorySegment answer, boolean succeeded) throws Throwable;
    }

    /** Rows by their keys; those that are not there are not in the answer, which has them in order of keys. */
    public ReadOp rows(List<byte[]> keys) {
        return with(new OmapLook(16, (op, arena, answer) -> {
            WriteOp.Array array = new WriteOp.Array(arena, keys.size());
            keys.forEach(array::add);
            Librados.READ_OMAP_ROWS.invokeExact(op, array.pointers, (long) keys.size(), array.lengths, answer, NULL);
        }));
    }

    /**
     * Rows in order.
     *
     * @param after those behind this key, which has no NUL; empty for all
     * @param prefix those that begin so; has no NUL
     * @param max at most so many. The cluster may give fewer: see {@link ReadResult.Rows#more}
     */
    public ReadOp range(byte[] after, byte[] prefix, int max) {
        return with(new OmapLook(16, (op, arena, answer) -> {
            Librados.READ_OMAP_RANGE.invokeExact(
                    op, text(arena, after), text(arena, prefix), (long) max, answer, answer.asSlice(8), NULL);
        }));
    }

    /** As {@link #range} without a prefix, but the values of the rows are left away: they come empty. */
    public ReadOp keys(byte[] after, int max) {
        return with(new OmapLook(16, (op, arena, answer) -> {
            Librados.READ_OMAP_KEYS.invokeExact(op, text(arena, after), (long) max, answer, answer.asSlice(8), NULL);
        }));
    }

    /**
     * Bytes of the data.
     *
     * @param length at most so many
     */
    public ReadOp data(long offset, int length) {
        return with(new Look() {
            @Override
            public long answerBytes() {
                return 8L + length;
            }

            @Override
            public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
                Librados.READ_DATA.invokeExact(op, offset, (long) length, answer.asSlice(8), answer, NULL);
            }

            @Override
            public Object take(MemorySegment answer, boolean succeeded) {
                int count = succeeded ? (int) answer.get(JAVA_LONG, 0) : 0;
                return ByteBuffer.wrap(answer.asSlice(8, count).toArray(JAVA_BYTE));
            }
        });
    }

    /**
     * Bytes of the data, from an offset in bytes. The answer is how many there were.
     *
     * @param target a direct buffer, filled as far as it has room; nobody else may use it until the result is taken
     */
    public ReadOp data(long offset, ByteBuffer target) {
        MemorySegment memory = MemorySegment.ofBuffer(target);
        return with(new Look() {
            @Override
            public long answerBytes() {
                return 8;
            }

            @Override
            public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
                Librados.READ_DATA.invokeExact(op, offset, memory.byteSize(), memory, answer, NULL);
            }

            @Override
            public Object take(MemorySegment answer, boolean succeeded) {
                return succeeded ? answer.get(JAVA_LONG, 0) : 0L;
            }
        });
    }

    /** All attributes, by their names. */
    public ReadOp attributes() {
        return with(new Look() {
            @Override
            public long answerBytes() {
                return 8;
            }

            @Override
            public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
                Librados.READ_ATTRIBUTES.invokeExact(op, answer, NULL);
            }

            @Override
            public Object take(MemorySegment answer, boolean succeeded) throws Throwable {
                return takeAttributes(answer.get(ADDRESS, 0), succeeded);
            }
        });
    }

    private static Map<String, byte[]> takeAttributes(MemorySegment iterator, boolean succeeded) throws Throwable {
        Map<String, byte[]> attributes = new HashMap<>();
        if (iterator.address() == 0) {
            return attributes;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(ADDRESS);
            MemorySegment value = arena.allocate(ADDRESS);
            MemorySegment length = arena.allocate(JAVA_LONG);
            while (succeeded) {
                int result = (int) Librados.ATTRIBUTES_NEXT.invokeExact(iterator, name, value, length);
                MemorySegment at = name.get(ADDRESS, 0);
                if (result < 0 || at.address() == 0) {
                    break;
                }
                attributes.put(
                        at.reinterpret(Long.MAX_VALUE).getString(0),
                        bytes(value.get(ADDRESS, 0), length.get(JAVA_LONG, 0)));
            }
        }
        Librados.ATTRIBUTES_END.invokeExact(iterator);
        return attributes;
    }

    /** The time of the last change, in seconds since 1970, by the clock of whoever made it. */
    public ReadOp modified() {
        return with(new Look() {
            @Override
            public long answerBytes() {
                return 16;
            }

            @Override
            public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
                Librados.READ_STAT.invokeExact(op, answer, answer.asSlice(8), NULL);
            }

            @Override
            public Object take(MemorySegment answer, boolean succeeded) {
                return succeeded ? answer.get(JAVA_LONG, 8) : 0L;
            }
        });
    }

    /** The length of the data. */
    public ReadOp size() {
        return with(new Look() {
            @Override
            public long answerBytes() {
                return 16;
            }

            @Override
            public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
                Librados.READ_STAT.invokeExact(op, answer, answer.asSlice(8), NULL);
            }

            @Override
            public Object take(MemorySegment answer, boolean succeeded) {
                return succeeded ? answer.get(JAVA_LONG, 0) : 0L;
            }
        });
    }

    private ReadOp with(Look look) {
        looks.add(look);
        return this;
    }

    List<Look> looks() {
        return looks;
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private interface OmapStep {
        void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable;
    }

    /** A look whose answer is an iterator of librados and, behind it, whether there is more. */
    private record OmapLook(long answerBytes, OmapStep step) implements Look {
        @Override
        public void addTo(MemorySegment op, Arena arena, MemorySegment answer) throws Throwable {
            step.addTo(op, arena, answer);
        }

        @Override
        public Object take(MemorySegment answer, boolean succeeded) throws Throwable {
            MemorySegment iterator = answer.get(ADDRESS, 0);
            List<OmapRow> rows = new ArrayList<>();
            if (iterator.address() == 0) {
                return new ReadResult.Rows(rows, false);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment key = arena.allocate(ADDRESS);
                MemorySegment value = arena.allocate(ADDRESS);
                MemorySegment keyLength = arena.allocate(JAVA_LONG);
                MemorySegment valueLength = arena.allocate(JAVA_LONG);
                while (succeeded) {
                    int result = (int) Librados.OMAP_NEXT.invokeExact(iterator, key, value, keyLength, valueLength);
                    MemorySegment at = key.get(ADDRESS, 0);
                    if (result < 0 || at.address() == 0) {
                        break;
                    }
                    rows.add(new OmapRow(
                            bytes(at, keyLength.get(JAVA_LONG, 0)),
                            bytes(value.get(ADDRESS, 0), valueLength.get(JAVA_LONG, 0))));
                }
            }
            Librados.OMAP_END.invokeExact(iterator);
            return new ReadResult.Rows(rows, answer.get(JAVA_BYTE, 8) != 0);
        }
    }

    private static byte[] bytes(MemorySegment at, long length) {
        return length == 0 ? new byte[0] : at.reinterpret(length).toArray(JAVA_BYTE);
    }
}

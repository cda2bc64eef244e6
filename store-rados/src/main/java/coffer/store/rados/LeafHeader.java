package coffer.store.rados;

import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a leaf says of itself: every commit compares it, byte by byte. None recurs: the epoch rises with each change of an
 * open leaf, and no two plans have one id.
 *
 * @param state what may be done with the leaf
 * @param epoch from 1
 * @param plan the id of the plan that the leaf is part of, 32 hexadecimal digits; empty if it is {@code OPEN}
 */
record LeafHeader(State state, long epoch, String plan) {
    private static final byte FORMAT = 1;

    /** What may be done with a leaf. */
    enum State {
        /** Being filled: neither read nor written, but by those who fill it. */
        BUILDING('b'),
        /** Read and written. */
        OPEN('o'),
        /** Read, but no longer written. */
        SEALED('s'),
        /** Neither: others have taken its place. */
        MOVED('m');

        private final char letter;

        State(char letter) {
            this.letter = letter;
        }

        private static Optional<State> of(byte letter) {
            return Arrays.stream(values())
                    .filter(state -> state.letter == letter)
                    .findAny();
        }
    }

    static LeafHeader open() {
        return new LeafHeader(State.OPEN, 1, "");
    }

    /** Whether rows may be believed. */
    boolean isReadable() {
        return state == State.OPEN || state == State.SEALED;
    }

    byte[] toBytes() {
        byte[] id = HexFormat.of().parseHex(plan);
        return ByteBuffer.allocate(10 + id.length)
                .put(FORMAT)
                .put((byte) state.letter)
                .putLong(epoch)
                .put(id)
                .array();
    }

    /** @throws StoreException {@code CORRUPT} if these bytes are none */
    static LeafHeader fromBytes(byte[] bytes) {
        Optional<State> state = bytes.length < 10 || bytes[0] != FORMAT ? Optional.empty() : State.of(bytes[1]);
        return new LeafHeader(
                state.orElseThrow(() ->
                        new StoreException(StoreException.Reason.CORRUPT, "the header of a leaf is not readable")),
                ByteBuffer.wrap(bytes, 2, 8).getLong(),
                HexFormat.of().formatHex(Arrays.copyOfRange(bytes, 10, bytes.length)));
    }
}

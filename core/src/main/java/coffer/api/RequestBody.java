package coffer.api;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The body of a request, read once, by one thread at a time. A client that sent {@code Expect: 100-continue} is told to
 * go on by the first read, so whatever is refused before that is refused without its bytes.
 */
public interface RequestBody {
    /** No body. */
    RequestBody EMPTY = new RequestBody() {
        @Override
        public long declaredBytes() {
            return 0;
        }

        @Override
        public int read(ByteBuffer target) {
            return -1;
        }
    };

    /** The announced length in bytes, or -1 for a chunked body. */
    long declaredBytes();

    /** How much of it came over the network so far, in bytes; 0 for what did not come that way. From any thread. */
    default long receivedBytes() {
        return 0;
    }

    /**
     * Waits for bytes and puts at least one into {@code target}, which has room.
     *
     * @return how many, or -1 once the whole body has been read
     * @throws CosException {@code IncompleteBody} if the client went away or sent a broken chunk, {@code RequestTimeout}
     *     if it was too slow
     */
    int read(ByteBuffer target);

    /**
     * Called once as many bytes were read as were declared: what stands behind the last of them is read and verified.
     *
     * @throws CosException if the body goes on, or is not what was signed
     */
    default void requireEnd() {}

    /** A header that came behind the body, once that has been read to its end. */
    default Optional<String> trailer(String name) {
        return Optional.empty();
    }
}

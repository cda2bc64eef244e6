package coffer.api;

import coffer.store.Blob;
import java.util.Optional;

/** The body of an answer. */
public sealed interface ResponseBody {
    /**
     * No bytes follow.
     *
     * @param announcedBytes what Content-Length says: other than 0 only in answers to HEAD
     */
    record None(long announcedBytes) implements ResponseBody {}

    /** Bytes at hand. */
    record Bytes(byte[] bytes) implements ResponseBody {}

    /** Stored bytes, sent piece by piece. */
    record Stored(Pieces pieces) implements ResponseBody {}

    /** A body whose length is not known when it starts; sent chunked. */
    record Streamed(Writer writer) implements ResponseBody {}

    /** Writes a streamed body. */
    @FunctionalInterface
    interface Writer {
        /** Called once, on the virtual thread of the request. An exception cuts the connection. */
        void writeTo(java.io.OutputStream out) throws java.io.IOException;
    }

    /** A sequence of stored pieces, opened one after another so that large objects need few open files. */
    interface Pieces extends AutoCloseable {
        /** The sum of all pieces in bytes, known before the first is opened. */
        long lengthBytes();

        /** Opens the next piece, or empty after the last. May block. The caller closes the piece's blob. */
        Optional<Piece> next();

        /** Called once, whether or not all pieces were taken. */
        @Override
        void close();
    }

    /** A part of a blob. */
    record Piece(Blob blob, long offset, long lengthBytes) {}
}

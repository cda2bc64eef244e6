package coffer.select;

import coffer.request.Protocol;
import java.util.Optional;

/**
 * What a query is about. Source: COS API reference, "SELECT Object Content"; S3 API reference, "SelectObjectContent".
 *
 * @param protocol whose dialect of SQL the expression is in
 * @param expression the query
 * @param compression how the object is compressed
 * @param input the format of the object
 * @param output the format of the result
 * @param progress whether the client wants to know how far it is
 * @param range which records of the object; empty for all
 */
public record SelectRequest(
        Protocol protocol,
        String expression,
        Compression compression,
        InputFormat input,
        OutputFormat output,
        boolean progress,
        Optional<ScanRange> range) {

    /** How an object is compressed as a whole. */
    public enum Compression {
        NONE,
        GZIP,
        BZIP2
    }

    /**
     * The records that begin within a stretch of the object, in bytes.
     *
     * @param start the first byte; empty for the last {@code end} bytes
     * @param end the last byte, inclusive; empty for the end of the object
     */
    public record ScanRange(Optional<Long> start, Optional<Long> end) {
        /** Where the stretch begins, in an object of {@code sizeBytes}. */
        public long first(long sizeBytes) {
            return start.orElseGet(() -> Math.max(0, sizeBytes - end.orElse(sizeBytes)));
        }

        /** The last byte of the stretch, in an object of {@code sizeBytes}; -1 if that is empty. */
        public long last(long sizeBytes) {
            return start.isPresent() ? Math.min(sizeBytes - 1, end.orElse(sizeBytes - 1)) : sizeBytes - 1;
        }
    }

    /** What the table is called. */
    public String table() {
        return switch (protocol) {
            case COS -> "COSObject";
            case S3 -> "S3Object";
        };
    }
}

package coffer.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts lines that end in CR LF out of a buffer. Each octet is looked at once, however small the pieces it comes in. Not
 * thread-safe.
 */
final class LineReader {
    private static final int KEPT_BYTES = 2048;

    private byte[] line = new byte[256];
    private int scanned;

    /** Why there is no line. */
    enum Fault {
        TOO_LONG,
        BARE_LINE_FEED
    }

    /** A line that cannot be one. */
    static final class BadLine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final Fault fault;

        BadLine(Fault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }
    }

    /** The octets of the last line; valid up to the length that {@link #read} gave. */
    byte[] line() {
        return line;
    }

    /**
     * Takes the next line from {@code in}.
     *
     * @return its length without CR LF, or -1 if its end is not there yet
     * @throws BadLine if it is longer than {@code limit} or ends in LF alone
     */
    int read(ByteBuf in, int limit) {
        int start = in.readerIndex();
        int lineFeed = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
        if (lineFeed < 0) {
            scanned = in.readableBytes();
            if (scanned > limit + 1) {
                throw new BadLine(Fault.TOO_LONG);
            }
            return -1;
        }
        scanned = 0;
        int length = lineFeed - start - 1;
        if (length > limit) {
            throw new BadLine(Fault.TOO_LONG);
        }
        if (length < 0 || in.getByte(lineFeed - 1) != '\r') {
            throw new BadLine(Fault.BARE_LINE_FEED);
        }
        if (length > line.length) {
            line = new byte[Math.max(length, Math.min(limit, line.length * 2))];
        }
        in.readBytes(line, 0, length).skipBytes(2);
        return length;
    }

    /** Forgets an unusually long line. */
    void trim() {
        if (line.length > KEPT_BYTES) {
            line = Arrays.copyOf(line, KEPT_BYTES);
        }
    }
}

package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import io.netty.buffer.ByteBuf;

/**
 * A body in chunks. Extensions and trailers are checked for their octets and dropped: COS has none. Source: RFC 9112
 * section 7.1.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><td>line with a chunk's size</td><td>1 KiB, 15 digits of size</td></tr>
 * <tr><td>trailers</td><td>8 KiB in all</td></tr>
 * </table>
 */
final class ChunkedBody implements BodyDecoder {
    private static final int MAX_SIZE_LINE_BYTES = 1024;
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_TRAILER_BYTES = 8 * 1024;

    private final LineReader lines = new LineReader();
    private Expected expected = Expected.SIZE;
    private long left;
    private int trailerBytes;

    private enum Expected {
        SIZE,
        DATA,
        END_OF_DATA,
        TRAILER,
        NOTHING
    }

    @Override
    public boolean decode(ByteBuf in, BodyQueue body) {
        try {
            while (expected != Expected.NOTHING) {
                boolean moved = switch (expected) {
                    case SIZE -> size(in);
                    case DATA -> data(in, body);
                    case END_OF_DATA -> endOfData(in);
                    case TRAILER -> trailer(in);
                    case NOTHING -> false;
                };
                if (!moved) {
                    return false;
                }
            }
            return true;
        } catch (LineReader.BadLine bad) {
            throw broken();
        }
    }

    private boolean size(ByteBuf in) {
        int length = lines.read(in, MAX_SIZE_LINE_BYTES);
        if (length < 0) {
            return false;
        }
        byte[] line = lines.line();
        int digits = 0;
        left = 0;
        while (digits < length && Character.digit(line[digits], 16) >= 0) {
            left = left << 4 | Character.digit(line[digits++], 16);
            if (digits > MAX_SIZE_DIGITS) {
                throw broken();
            }
        }
        boolean extended = digits < length;
        if (digits == 0 || (extended && line[digits] != ';') || !Octets.isFieldValue(line, digits, length)) {
            throw broken();
        }
        expected = left == 0 ? Expected.TRAILER : Expected.DATA;
        return true;
    }

    private boolean data(ByteBuf in, BodyQueue body) {
        int taken = (int) Math.min(left, in.readableBytes());
        if (taken == 0) {
            return false;
        }
        body.add(in.readRetainedSlice(taken));
        left -= taken;
        expected = left == 0 ? Expected.END_OF_DATA : Expected.DATA;
        return true;
    }

    private boolean endOfData(ByteBuf in) {
        int length = lines.read(in, 0);
        if (length < 0) {
            return false;
        }
        expected = Expected.SIZE;
        return true;
    }

    private boolean trailer(ByteBuf in) {
        int length = lines.read(in, MAX_TRAILER_BYTES - trailerBytes);
        if (length < 0) {
            return false;
        }
        trailerBytes = Math.min(MAX_TRAILER_BYTES, trailerBytes + length + 2);
        if (!Octets.isFieldValue(lines.line(), 0, length)) {
            throw broken();
        }
        if (length == 0) {
            expected = Expected.NOTHING;
        }
        return true;
    }

    private static CosException broken() {
        return CosError.INCOMPLETE_BODY.because("A chunk of the body is not well-formed.");
    }
}

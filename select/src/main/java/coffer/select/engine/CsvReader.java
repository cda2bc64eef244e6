package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.InputFormat;
import coffer.select.SelectOutput;
import coffer.select.SelectRequest.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Takes CSV apart: finds where the fields of each record begin and end, in a buffer that is used again and again. Not
 * thread-safe. Source: COS API reference, "SELECT Object Content", "CSV".
 */
final class CsvReader {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int NONE = -1;
    private static final int MORE = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final Compression compression;
    private final SelectOutput output;
    private final int field;
    private final int first;
    private final int second;
    private final int quote;
    private final int escape;
    private final int comment;
    private final boolean quotedDelimiters;

    private byte[] buffer = new byte[BUFFER_BYTES];
    private long bufferOffset;
    private int begin;
    private int end;
    private boolean ended;

    private long recordOffset;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] escaped = new boolean[64];
    private int count;

    /**
     * A reader.
     *
     * @param offset where in the object {@code in} begins, in bytes
     */
    CsvReader(InputFormat.Csv format, InputStream in, Compression compression, long offset, SelectOutput output) {
        this.in = in;
        this.compression = compression;
        this.output = output;
        this.bufferOffset = offset;
        this.field = format.fieldDelimiter();
        this.first = format.recordDelimiter().charAt(0);
        this.second =
                format.recordDelimiter().length() > 1 ? format.recordDelimiter().charAt(1) : NONE;
        this.quote = format.quote().map(c -> (int) c).orElse(NONE);
        this.escape = format.quoteEscape();
        this.comment = format.comment().map(c -> (int) c).orElse(NONE);
        this.quotedDelimiters = format.quotedRecordDelimiters();
    }

    /** Leaves out a byte order mark; only before the first record. */
    void skipByteOrderMark() {
        while (end - begin < BYTE_ORDER_MARK.length && !ended) {
            fill();
        }
        if (end - begin >= BYTE_ORDER_MARK.length
                && Arrays.equals(buffer, begin, begin + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
            begin += BYTE_ORDER_MARK.length;
        }
    }

    /** Leaves out what is before the next record delimiter, and that. */
    void skipToRecord() {
        int next = recordEnd(begin);
        while (next == MORE) {
            begin = Math.max(begin, end - 1);
            fill();
            next = recordEnd(begin);
        }
        begin = next;
    }

    /**
     * Finds the next record; empty lines and comments are none.
     *
     * @param wanted how many fields are needed; the others may not be found
     * @return whether there is one
     * @throws CosException {@code CSVParsingError}, {@code LastRecordParseFail}, {@code OverMaxRecordSize}
     */
    boolean next(int wanted) {
        while (true) {
            if (begin == end && ended) {
                return false;
            }
            int next = begin < end ? parse(wanted) : MORE;
            if (next == MORE) {
                fill();
                continue;
            }
            int from = begin;
            begin = next;
            if (next - from > Bytes.MAX_RECORD_BYTES + 2) {
                throw CosError.OVER_MAX_RECORD_SIZE.exception();
            }
            if (!isEmpty(from, next) && buffer[from] != comment) {
                recordOffset = bufferOffset + from;
                return true;
            }
        }
    }

    /** Where the record begins, in bytes from the beginning of what is read. */
    long recordOffset() {
        return recordOffset;
    }

    /** How many fields were found. */
    int count() {
        return count;
    }

    byte[] buffer() {
        return buffer;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    /** Whether the field has characters that stand there only to escape others, see {@link #unescaped}. */
    boolean isEscaped(int index) {
        return escaped[index];
    }

    /** A field as it is meant. */
    byte[] unescaped(int index) {
        byte[] plain = new byte[ends[index] - starts[index]];
        int length = 0;
        for (int i = starts[index]; i < ends[index]; i++) {
            boolean escapes =
                    buffer[i] == escape && i + 1 < ends[index] && (buffer[i + 1] == quote || buffer[i + 1] == escape);
            if (escapes) {
                i++;
            }
            plain[length++] = buffer[i];
        }
        return Arrays.copyOf(plain, length);
    }

    private boolean isEmpty(int from, int next) {
        int at = from;
        if (isCarriageReturn() && at < next && buffer[at] == '\r') {
            at++;
        }
        return at == next || (at < next && isDelimiter(at) && delimiterEnd(at) == next);
    }

    /** Lines of Windows end in CR LF; the CR is no part of a record where LF ends it. */
    private boolean isCarriageReturn() {
        return first == '\n';
    }

    private boolean isDelimiter(int at) {
        return buffer[at] == first && (second == NONE || (at + 1 < end && buffer[at + 1] == second));
    }

    private int delimiterEnd(int at) {
        return at + (second == NONE ? 1 : 2);
    }

    /** Where the next record begins, or {@link #MORE} if that is not known yet. */
    private int recordEnd(int from) {
        byte[] bytes = buffer;
        int limit = end;
        int wanted = first;
        for (int at = from; at < limit; at++) {
            if (bytes[at] == wanted && isDelimiter(at)) {
                return delimiterEnd(at);
            }
        }
        return ended ? end : MORE;
    }

    /** Finds the fields; where the next record begins, or {@link #MORE}. */
    private int parse(int wanted) {
        count = 0;
        if (buffer[begin] == comment) {
            return recordEnd(begin);
        }
        int at = begin;
        while (count < wanted || quotedDelimiters) {
            at = at < end && buffer[at] == quote ? quotedField(at) : plainField(at);
            if (at == MORE) {
                return MORE;
            }
            if (at >= end) {
                return ended ? end : MORE;
            }
            if (buffer[at] != field) {
                return delimiterEnd(at);
            }
            at++;
        }
        return recordEnd(at);
    }

    /** Where the field ends: at a delimiter or at the end of what there is; {@link #MORE} if that may not be all. */
    private int plainField(int from) {
        byte[] bytes = buffer;
        int limit = end;
        int at = from;
        int fieldEnd = field;
        int recordEnd = first;
        while (at < limit && bytes[at] != fieldEnd && (bytes[at] != recordEnd || !isDelimiter(at))) {
            at++;
        }
        if (at == limit && !ended) {
            return MORE;
        }
        boolean hasReturn =
                isCarriageReturn() && at > from && bytes[at - 1] == '\r' && (at == limit || bytes[at] == recordEnd);
        add(from, hasReturn ? at - 1 : at, false);
        return at;
    }

    private int quotedField(int from) {
        int at = from + 1;
        boolean escapes = false;
        while (true) {
            if (at + 1 >= end && !ended) {
                return MORE;
            }
            if (at >= end) {
                throw CosError.LAST_RECORD_PARSE_FAIL.because(
                        "The record at byte " + (bufferOffset + begin) + " has a quote that is not closed.");
            }
            byte b = buffer[at];
            boolean isEscape = b == escape
                    && at + 1 < end
                    && (buffer[at + 1] == quote || (escape != quote && buffer[at + 1] == escape));
            if (isEscape) {
                escapes = true;
                at += 2;
            } else if (b == quote) {
                add(from + 1, at, escapes);
                return behindQuote(at + 1);
            } else {
                if (!quotedDelimiters && isDelimiter(at)) {
                    throw wrong(
                            "has a quote that is not closed; set AllowQuotedRecordDelimiter if it may go on behind");
                }
                at++;
            }
        }
    }

    private int behindQuote(int from) {
        int at = from;
        if (at < end && isCarriageReturn() && buffer[at] == '\r') {
            at++;
        }
        if (at + 1 >= end && !ended) {
            return MORE;
        }
        if (at < end && (at > from || buffer[at] != field) && !isDelimiter(at)) {
            throw wrong("has something behind a quote that is closed");
        }
        return at;
    }

    private CosException wrong(String what) {
        return CosError.CSV_PARSING_ERROR.because("The record at byte " + (bufferOffset + begin) + " " + what + ".");
    }

    private void add(int from, int to, boolean escapes) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            escaped = Arrays.copyOf(escaped, 2 * count);
        }
        starts[count] = from;
        ends[count] = to;
        escaped[count++] = escapes;
    }

    private void fill() {
        if (end - begin > Bytes.MAX_RECORD_BYTES + 2) {
            throw CosError.OVER_MAX_RECORD_SIZE.exception();
        }
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        bufferOffset += begin;
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        try {
            int read = in.read(buffer, end, buffer.length - end);
            ended = read < 0;
            end += Math.max(0, read);
        } catch (IOException e) {
            throw ObjectStream.failed(compression, e);
        }
        output.processed(bufferOffset + end);
    }
}

package coffer.select.engine;

import coffer.select.SelectInput;
import java.io.FilterInputStream;
import java.io.IOException;

/** The lines of an object that begin within a range. Not thread-safe. */
final class LineRange extends FilterInputStream {
    private final long last;
    private long at;
    private boolean ended;

    /**
     * The lines that begin from {@code first} to {@code last}, both in bytes and inclusive.
     */
    LineRange(SelectInput input, long first, long last) throws IOException {
        super(new ObjectStream(input, Math.max(0, first - 1)));
        this.last = last;
        this.at = Math.max(0, first - 1);
        byte[] one = new byte[1];
        boolean isWithin = first == 0;
        while (!isWithin && in.read(one, 0, 1) > 0) {
            at++;
            isWithin = one[0] == '\n';
        }
        ended = at > last;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = ended ? -1 : in.read(target, offset, length);
        // The last line ends with the first line feed at or behind the last byte.
        for (int i = Math.clamp(last - at, 0, Math.max(0, count)); i < count; i++) {
            if (target[offset + i] == '\n') {
                ended = true;
                count = i + 1;
            }
        }
        at += Math.max(0, count);
        return count;
    }
}

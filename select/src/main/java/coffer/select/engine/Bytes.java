package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.SelectOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A row of the result while it is written. Not thread-safe. */
final class Bytes {
    /** Source: COS docs, "SELECT Overview", "Limits". */
    static final int MAX_RECORD_BYTES = 1024 * 1024;

    private byte[] bytes = new byte[1024];
    private int length;

    void octet(int octet) {
        ensure(1);
        bytes[length++] = (byte) octet;
    }

    void octets(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        octets(encoded, 0, encoded.length);
    }

    private void ensure(int more) {
        if (length + more > MAX_RECORD_BYTES) {
            throw CosError.OVER_MAX_RECORD_SIZE.because("A record of the result is longer than 1 MB.");
        }
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** Hands out what was written, and begins anew. */
    void moveTo(SelectOutput output) {
        output.write(bytes, 0, length);
        length = 0;
    }
}

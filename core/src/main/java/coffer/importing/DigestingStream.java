package coffer.importing;

import coffer.checksum.Crc64;
import coffer.request.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/** Bytes on their way from the source to the target, which are counted and summed. They must be as many as was said. */
final class DigestingStream extends InputStream {
    private final InputStream in;
    private final MessageDigest md5 = Digests.md5();
    private final Crc64 crc = new Crc64();
    private long left;

    DigestingStream(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the source ended " + left + " bytes too early");
        }
        md5.update(target, offset, count);
        crc.update(target, offset, count);
        left -= count;
        return count;
    }

    long crc() {
        return crc.value();
    }

    byte[] md5() {
        return md5.digest();
    }

    boolean isWhole() {
        return left == 0;
    }
}

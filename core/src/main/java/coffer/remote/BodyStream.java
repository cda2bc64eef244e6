package coffer.remote;

import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stretch of a body as a stream; who has the body closes it. */
final class BodyStream extends InputStream {
    private final RequestBody body;
    private long left;

    /** @param bytes how many are read at most */
    BodyStream(RequestBody body, long bytes) {
        this.body = body;
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        try {
            int count = body.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)));
            left -= Math.max(count, 0);
            return count;
        } catch (CosException | StoreException e) {
            throw new IOException("what is to be sent cannot be read: " + e.getMessage(), e);
        }
    }
}

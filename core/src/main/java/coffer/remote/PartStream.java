package coffer.remote;

import coffer.api.BodyStream;
import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.store.StoreException;
import java.io.IOException;

/** The next bytes of a body, for a client that knows failures of streams alone. */
final class PartStream extends BodyStream {
    private long left;

    /** @param bytes how many are read at most */
    PartStream(RequestBody body, long bytes) {
        super(body);
        this.left = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            return -1;
        }
        try {
            int count = super.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        } catch (CosException | StoreException e) {
            throw new IOException("what is to be sent cannot be read: " + e.getMessage(), e);
        }
    }
}

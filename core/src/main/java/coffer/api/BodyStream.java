package coffer.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A body as a stream, for libraries that read those. Failures stay what they are: unchecked. Who has the body closes it. */
public class BodyStream extends InputStream {
    private final RequestBody body;

    public BodyStream(RequestBody body) {
        this.body = body;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : body.read(ByteBuffer.wrap(target, offset, length));
    }
}

package coffer.form;

import coffer.api.RequestBody;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A request body as the stream that the multipart parser reads. Failures stay what they are: unchecked. */
final class BodyStream extends InputStream {
    private final RequestBody body;

    BodyStream(RequestBody body) {
        this.body = body;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : body.read(ByteBuffer.wrap(target, offset, length));
    }
}

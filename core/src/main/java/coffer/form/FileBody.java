package coffer.form;

import coffer.api.CosError;
import coffer.api.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The file part of a form, up to the boundary that ends it. */
final class FileBody implements RequestBody {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream part;

    FileBody(InputStream part) {
        this.part = part;
    }

    @Override
    public long declaredBytes() {
        return -1;
    }

    @Override
    public int read(ByteBuffer target) {
        try {
            if (target.hasArray()) {
                int count = part.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
                target.position(target.position() + Math.max(count, 0));
                return count;
            }
            byte[] chunk = new byte[Math.min(target.remaining(), CHUNK_BYTES)];
            int count = part.read(chunk);
            target.put(chunk, 0, Math.max(count, 0));
            return count;
        } catch (IOException e) {
            throw CosError.MALFORMED_POST_REQUEST.because("The file in the form does not end in a boundary.");
        }
    }
}

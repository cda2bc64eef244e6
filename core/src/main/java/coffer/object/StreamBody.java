package coffer.object;

import coffer.api.CosError;
import coffer.api.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** A body that the store itself has, instead of a client. Who made the stream closes it. */
public final class StreamBody implements RequestBody {
    private final ReadableByteChannel in;
    private final long declaredBytes;

    /**
     * A body that is read from a stream.
     *
     * @param declaredBytes how many it has, or -1 for as many as come
     */
    public StreamBody(InputStream in, long declaredBytes) {
        this.in = Channels.newChannel(in);
        this.declaredBytes = declaredBytes;
    }

    /** A body in memory. */
    public static StreamBody of(byte[] bytes) {
        return new StreamBody(new ByteArrayInputStream(bytes), bytes.length);
    }

    @Override
    public long declaredBytes() {
        return declaredBytes;
    }

    /** @throws coffer.api.CosException {@code IncompleteBody} if the stream breaks */
    @Override
    public int read(ByteBuffer target) {
        try {
            return in.read(target);
        } catch (IOException e) {
            throw CosError.INCOMPLETE_BODY.causedBy(e);
        }
    }
}

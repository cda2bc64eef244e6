package coffer.object;

import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.request.CosRequest;
import coffer.request.Numbers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The traffic limit of one request. Source: COS docs, "Single-Connection Bandwidth Limit". */
public final class TrafficLimit {
    /** 100 KB/s, as the documentation has it in bits. */
    private static final long MIN_BITS_PER_SECOND = 819_200;

    /** 100 MB/s. */
    private static final long MAX_BITS_PER_SECOND = 838_860_800;

    private static final String NAME = "x-cos-traffic-limit";

    private TrafficLimit() {}

    /**
     * What a request asks for, as header or as parameter.
     *
     * @return bytes per second, 0 for no limit
     * @throws CosException {@code InvalidArgument}
     */
    public static long bytesPerSecond(CosRequest request) {
        Optional<String> text =
                request.headers().nonEmpty(NAME).or(() -> request.query().nonEmpty(NAME));
        return bytesPerSecond(text);
    }

    static long bytesPerSecond(Optional<String> text) {
        return text.map(bits -> Numbers.within(NAME, bits, MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND) / 8)
                .orElse(0L);
    }

    /** The request's body at the pace it asks for. */
    public static RequestBody paced(CosRequest request) {
        return paced(request.body(), bytesPerSecond(request));
    }

    static RequestBody paced(RequestBody body, long bytesPerSecond) {
        return bytesPerSecond == 0 ? body : new PacedBody(body, bytesPerSecond);
    }

    /** Reads no faster than it may; back-pressure slows the client down. */
    private static final class PacedBody implements RequestBody {
        private final RequestBody body;
        private final long bytesPerSecond;
        private final long startNanos = System.nanoTime();
        private long bytes;

        PacedBody(RequestBody body, long bytesPerSecond) {
            this.body = body;
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public long declaredBytes() {
            return body.declaredBytes();
        }

        @Override
        public int read(ByteBuffer target) {
            int count = body.read(target);
            bytes += Math.max(count, 0);
            long dueNanos = (long)
                    ((double) bytes / bytesPerSecond * Duration.ofSeconds(1).toNanos());
            while (System.nanoTime() - startNanos < dueNanos) {
                LockSupport.parkNanos(dueNanos - (System.nanoTime() - startNanos));
            }
            return count;
        }

        @Override
        public void requireEnd() {
            body.requireEnd();
        }

        @Override
        public Optional<String> trailer(String name) {
            return body.trailer(name);
        }
    }
}

package coffer.pull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that must end within a time, however much of it comes meanwhile. Used by one thread. */
final class TimedStream extends FilterInputStream {
    private final long untilNanos;

    TimedStream(InputStream in, Duration atMost) {
        super(in);
        this.untilNanos = System.nanoTime() + atMost.toNanos();
    }

    @Override
    public int read() throws IOException {
        checkTime();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkTime();
        return super.read(target, offset, length);
    }

    private void checkTime() throws IOException {
        if (System.nanoTime() - untilNanos > 0) {
            throw new IOException("it takes too long");
        }
    }
}

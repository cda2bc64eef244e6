package coffer.outbound;

import coffer.api.Headers;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer whose body is still to be read.
 *
 * @param status 200 to 599
 * @param body empty if there is none; a body that ends early throws an {@link IOException}
 * @param bodyBytes its length, or -1 if it was not announced
 * @param connection given back by {@link #close}
 */
public record OutboundAnswer(int status, Headers headers, InputStream body, long bodyBytes, AutoCloseable connection)
        implements AutoCloseable {
    /** Whether the status is one of 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Reads the whole body.
     *
     * @param most bytes; what comes behind them is not read
     * @throws OutboundException if the connection breaks
     */
    public byte[] bytes(int most) {
        try {
            return body.readNBytes(most);
        } catch (IOException e) {
            throw OutboundException.unreachable("The answer broke off: " + e.getMessage(), e);
        }
    }

    /** Gives up what was not read. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            // nothing more is wanted of it
        }
    }
}

package coffer.http;

import coffer.api.CosResponse;
import coffer.api.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes response heads. Names are written as they are spelled, values above ASCII as UTF-8 octets.
 *
 * <p>Content-Length, Transfer-Encoding, Connection, Date and Server are written here; a handler's own are ignored.
 */
final class ResponseHead {
    /** Instead of a length: the body comes in chunks. */
    static final long CHUNKED = -1;

    /** Instead of a length: none is said. */
    static final long UNSAID = -2;

    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] ESTABLISHED = ascii("HTTP/1.1 200 Connection established\r\n\r\n");
    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final byte[] OWN = ascii("Server: tencent-cos\r\nDate: ");
    private static final byte[] KEEP_ALIVE = ascii("\r\nConnection: keep-alive\r\n");
    private static final byte[] CLOSE = ascii("\r\nConnection: close\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] TRANSFER_ENCODING = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] SEPARATOR = ascii(": ");
    private static final byte[] CRLF = ascii("\r\n");

    /** Status line and our own headers. */
    private static final int FIXED_BYTES = 256;

    private ResponseHead() {}

    /** The interim answer that asks for the body. */
    static byte[] interimContinue() {
        return CONTINUE.clone();
    }

    /** The answer to a CONNECT, after which another protocol begins. */
    static byte[] connectionEstablished() {
        return ESTABLISHED.clone();
    }

    /** Whether it can be written at all: no control characters in headers, and a final status. */
    static boolean isValid(CosResponse response) {
        if (response.status() < 200 || response.status() > 599) {
            return false;
        }
        for (Headers.Header header : response.headers()) {
            if (!Octets.isToken(header.name()) || !Octets.isFieldValue(header.value())) {
                return false;
            }
        }
        return true;
    }

    /** At most how many bytes the head will have, roughly; the buffer may have to grow for text above ASCII. */
    static int estimateBytes(CosResponse response) {
        int bytes = FIXED_BYTES;
        for (Headers.Header header : response.headers()) {
            bytes += header.name().length() + header.value().length() + 4;
        }
        return bytes;
    }

    /**
     * Writes the head of a {@linkplain #isValid valid} response.
     *
     * @param length bytes of the body, {@link #CHUNKED} or {@link #UNSAID}
     */
    static void write(ByteBuf out, CosResponse response, long length, boolean keepAlive, byte[] date) {
        out.writeBytes(VERSION);
        ByteBufUtil.writeAscii(out, Integer.toString(response.status()));
        out.writeByte(' ');
        ByteBufUtil.writeAscii(out, ReasonPhrase.of(response.status()));
        out.writeBytes(CRLF);
        for (Headers.Header header : response.headers()) {
            if (!isOurs(header.name())) {
                ByteBufUtil.writeAscii(out, header.name());
                out.writeBytes(SEPARATOR);
                ByteBufUtil.writeUtf8(out, header.value());
                out.writeBytes(CRLF);
            }
        }
        if (length >= 0) {
            out.writeBytes(CONTENT_LENGTH);
            ByteBufUtil.writeAscii(out, Long.toString(length));
            out.writeBytes(CRLF);
        } else if (length == CHUNKED) {
            out.writeBytes(TRANSFER_ENCODING);
        }
        out.writeBytes(OWN)
                .writeBytes(date)
                .writeBytes(keepAlive ? KEEP_ALIVE : CLOSE)
                .writeBytes(CRLF);
    }

    private static boolean isOurs(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Date");
            case 6 -> name.equalsIgnoreCase("Server");
            case 10 -> name.equalsIgnoreCase("Connection");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package coffer.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a streamed body is written: gathers small writes into chunks, and sends what it has when flushed. The head goes
 * out with the first chunk. Source: RFC 9112 section 7.1.
 */
final class StreamedOutput extends OutputStream {
    private static final int CHUNK_BYTES = 32 * 1024;

    /** Room for the size in hexadecimal and CR LF in front of the octets. */
    private static final int PREFIX_BYTES = 8;

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Outbound out;
    private final boolean chunked;
    private @Nullable ByteBuf head;
    private @Nullable ByteBuf chunk;
    private long bodyBytes;

    /** Takes over {@code head}. Without chunks the end of the connection ends the body. */
    StreamedOutput(Outbound out, ByteBuf head, boolean chunked) {
        this.out = out;
        this.head = head;
        this.chunked = chunked;
    }

    /** How many octets of the body were sent. */
    long bodyBytes() {
        return bodyBytes;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuf open = open();
            int room = PREFIX_BYTES + CHUNK_BYTES - open.writerIndex();
            int bytes = Math.min(room, length - done);
            open.writeBytes(source, offset + done, bytes);
            done += bytes;
            if (bytes == room) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (chunk != null) {
            ByteBuf full = chunk;
            chunk = null;
            frame(full);
            send(full);
        }
    }

    /** Only flushes: the end of the body is for the server to say. */
    @Override
    public void close() throws IOException {
        flush();
    }

    /** Sends what is left and the end of the body, and waits until the kernel has taken it. */
    void end() throws IOException {
        ByteBuf last = chunk == null ? out.alloc().directBuffer(END.length) : chunk;
        boolean framed = chunk != null;
        chunk = null;
        if (framed) {
            frame(last);
        }
        if (chunked) {
            last.writeBytes(END);
        }
        send(last);
        out.confirmAll();
    }

    /** Releases what was not sent. */
    void abandon() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
        if (head != null) {
            head.release();
            head = null;
        }
    }

    private ByteBuf open() {
        ByteBuf open = chunk;
        if (open == null) {
            open = out.alloc().directBuffer(PREFIX_BYTES + CHUNK_BYTES + CRLF.length + END.length);
            open.setIndex(PREFIX_BYTES, PREFIX_BYTES);
            chunk = open;
        }
        return open;
    }

    private void frame(ByteBuf full) {
        int size = full.readableBytes();
        bodyBytes += size;
        if (!chunked) {
            return;
        }
        int at = PREFIX_BYTES - CRLF.length;
        full.setBytes(at, CRLF);
        for (int rest = size; rest > 0; rest >>>= 4) {
            full.setByte(--at, Character.forDigit(rest & 15, 16));
        }
        full.readerIndex(at);
        full.writeBytes(CRLF);
    }

    private void send(ByteBuf octets) throws IOException {
        if (head != null) {
            out.head(head);
            head = null;
        }
        out.write(octets);
    }
}

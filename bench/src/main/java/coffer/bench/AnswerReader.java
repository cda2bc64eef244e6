package coffer.bench;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads answers as a client must: to the last byte, with the checksum of the body. Not thread-safe. */
final class AnswerReader {
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final StringBuilder line = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final CRC32C crc = new CRC32C();

    private State state = State.HEAD;
    private @Nullable Shot shot;
    private int status;
    private boolean chunked;
    private boolean closes;
    private long left;
    private long bodyBytes;
    private int headBytes;

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    /** Begins with the answer to {@code asked}. */
    void expect(Shot asked) {
        shot = asked;
        state = State.HEAD;
        line.setLength(0);
        text.setLength(0);
        crc.reset();
        status = 0;
        chunked = false;
        closes = false;
        left = 0;
        bodyBytes = 0;
        headBytes = 0;
    }

    /**
     * Takes what has arrived.
     *
     * @return whether the answer is complete
     * @throws IllegalStateException if it is none
     */
    boolean read(ByteBuf in) {
        boolean complete = false;
        while (!complete && in.isReadable()) {
            complete = switch (state) {
                case HEAD -> readLine(in) && headLine();
                case BODY, CHUNK -> content(in);
                case CHUNK_SIZE -> readLine(in) && chunkSize();
                case CHUNK_END -> readLine(in) && next(State.CHUNK_SIZE);
                case TRAILER -> readLine(in) && trailer();
            };
        }
        if (complete && in.isReadable()) {
            throw new IllegalStateException("more than was asked for");
        }
        return complete;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    boolean closes() {
        return closes;
    }

    /** The body, if the request asked to keep it. */
    String kept() {
        return text.toString();
    }

    /** What is wrong with the answer, empty if nothing is. */
    String fault(Shot asked) {
        if (status != asked.status()) {
            return "status " + status;
        }
        if (asked.crc().isPresent() && (int) crc.getValue() != asked.crc().getAsInt()) {
            return "wrong bytes";
        }
        return "";
    }

    /** Fills the line; whether it is complete, its end taken off. */
    private boolean readLine(ByteBuf in) {
        int end = in.bytesBefore((byte) '\n');
        int count = end < 0 ? in.readableBytes() : end + 1;
        line.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
        headBytes += count;
        if (headBytes > MAX_HEAD_BYTES && state == State.HEAD) {
            throw new IllegalStateException("endless head");
        }
        if (end >= 0) {
            line.setLength(line.length() - (line.length() > 1 && line.charAt(line.length() - 2) == '\r' ? 2 : 1));
        }
        return end >= 0;
    }

    private boolean headLine() {
        if (status == 0) {
            if (line.length() < 12 || !line.substring(0, 7).equals("HTTP/1.")) {
                throw new IllegalStateException("no HTTP");
            }
            status = Integer.parseInt(line, 9, 12, 10);
        } else if (line.isEmpty()) {
            return headEnds();
        } else {
            header();
        }
        line.setLength(0);
        return false;
    }

    private void header() {
        char first = Character.toLowerCase(line.charAt(0));
        if (first != 'c' && first != 't') {
            return;
        }
        String text = line.toString().toLowerCase(Locale.ROOT);
        if (text.startsWith("content-length:")) {
            left = Long.parseLong(text.substring(15).strip());
        } else if (text.startsWith("transfer-encoding:")) {
            chunked = text.contains("chunked");
        } else if (text.startsWith("connection:")) {
            closes = text.contains("close");
        }
    }

    private boolean headEnds() {
        line.setLength(0);
        if (shot == null || shot.bodyless() || status == 204 || status == 304) {
            return true;
        }
        state = chunked ? State.CHUNK_SIZE : State.BODY;
        return !chunked && left == 0;
    }

    private boolean content(ByteBuf in) {
        int count = (int) Math.min(left, in.readableBytes());
        if (shot != null && shot.crc().isPresent()) {
            for (ByteBuffer part : in.nioBuffers(in.readerIndex(), count)) {
                crc.update(part);
            }
        }
        if (shot != null && shot.kept()) {
            text.append(in.toString(in.readerIndex(), count, StandardCharsets.UTF_8));
        }
        in.skipBytes(count);
        left -= count;
        bodyBytes += count;
        if (left > 0) {
            return false;
        }
        return state == State.BODY || next(State.CHUNK_END);
    }

    private boolean chunkSize() {
        int semicolon = line.indexOf(";");
        left = Long.parseLong(
                line.substring(0, semicolon < 0 ? line.length() : semicolon).strip(), 16);
        return next(left == 0 ? State.TRAILER : State.CHUNK);
    }

    private boolean trailer() {
        boolean end = line.isEmpty();
        line.setLength(0);
        return end;
    }

    private boolean next(State following) {
        line.setLength(0);
        state = following;
        return false;
    }
}

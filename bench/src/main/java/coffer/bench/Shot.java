package coffer.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalInt;

/**
 * One request, ready to be sent.
 *
 * @param head request line and headers
 * @param body what follows
 * @param bodyless whether the answer has no body whatever its headers say
 * @param crc the CRC-32C that the answer's body must have
 * @param status the status it must have
 * @param kept whether the answer's body is wanted by the script
 * @param timing how its time counts
 */
record Shot(byte[] head, ByteBuf body, boolean bodyless, OptionalInt crc, int status, boolean kept, Timing timing) {
    /** How the time of a request counts. */
    enum Timing {
        /** It is an operation. */
        WHOLE,
        /** It begins an operation of several. */
        FIRST,
        /** It ends one. */
        LAST,
        /** It counts for nothing by itself. */
        NONE
    }

    static Shot of(byte[] head) {
        return new Shot(head, Unpooled.EMPTY_BUFFER, false, OptionalInt.empty(), 200, false, Timing.WHOLE);
    }

    Shot with(ByteBuf newBody) {
        return new Shot(head, newBody, bodyless, crc, status, kept, timing);
    }

    Shot withoutAnswerBody() {
        return new Shot(head, body, true, crc, status, kept, timing);
    }

    Shot expecting(int newStatus) {
        return new Shot(head, body, bodyless, crc, newStatus, kept, timing);
    }

    Shot expectingBody(int newCrc) {
        return new Shot(head, body, bodyless, OptionalInt.of(newCrc), status, kept, timing);
    }

    Shot keepingAnswer() {
        return new Shot(head, body, bodyless, crc, status, true, timing);
    }

    Shot timed(Timing newTiming) {
        return new Shot(head, body, bodyless, crc, status, kept, newTiming);
    }
}

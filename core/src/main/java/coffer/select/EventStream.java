package coffer.select;

import coffer.api.CosException;
import coffer.api.XmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes the frames of an answer, as they stand between the chunks of HTTP. Source: COS API reference, "SELECT Object
 * Content", "Response Body"; it is the event stream of AWS. Not thread-safe.
 */
final class EventStream {
    /** Two lengths and a checksum before the headers, another checksum at the end. */
    private static final int FRAME_BYTES = 16;

    private static final byte TEXT = 7;

    /** Clients read the length of a value as a signed number. */
    private static final int MAX_MESSAGE_CHARS = 4096;

    private static final byte[] NONE = new byte[0];

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /** How far a query is, in bytes. */
    record Counts(long scanned, long processed, long returned) {}

    private record Header(byte[] name, byte[] value) {
        static Header of(String name, String value) {
            return new Header(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
        }

        int lengthBytes() {
            return 4 + name.length + value.length;
        }
    }

    /** A piece of the result. */
    void records(byte[] bytes) throws IOException {
        event("Records", "application/octet-stream", bytes);
    }

    /** Says that the query goes on. */
    void keepAlive() throws IOException {
        frame(List.of(Header.of(":message-type", "event"), Header.of(":event-type", "Cont")), NONE);
    }

    void progress(Counts counts) throws IOException {
        event("Progress", "text/xml", document("Progress", counts));
    }

    void stats(Counts counts) throws IOException {
        event("Stats", "text/xml", document("Stats", counts));
    }

    /** Says that the result is complete. */
    void end() throws IOException {
        frame(List.of(Header.of(":message-type", "event"), Header.of(":event-type", "End")), NONE);
    }

    /** Says why there is no more. */
    void error(CosException error) throws IOException {
        String message = error.message();
        frame(
                List.of(
                        Header.of(":message-type", "error"),
                        Header.of(":error-code", error.error().code()),
                        Header.of(
                                ":error-message", message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS)))),
                NONE);
    }

    void flush() throws IOException {
        out.flush();
    }

    private static byte[] document(String root, Counts counts) {
        return new XmlWriter()
                .open(root)
                .element("BytesScanned", counts.scanned())
                .element("BytesProcessed", counts.processed())
                .element("BytesReturned", counts.returned())
                .close(root)
                .toBytes();
    }

    private void event(String type, String contentType, byte[] payload) throws IOException {
        List<Header> headers = new ArrayList<>();
        headers.add(Header.of(":message-type", "event"));
        headers.add(Header.of(":event-type", type));
        headers.add(Header.of(":content-type", contentType));
        frame(headers, payload);
    }

    private void frame(List<Header> headers, byte[] payload) throws IOException {
        int headerBytes = headers.stream().mapToInt(Header::lengthBytes).sum();
        byte[] bytes = new byte[FRAME_BYTES + headerBytes + payload.length];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.putInt(bytes.length).putInt(headerBytes);
        frame.putInt(crc(bytes, frame.position()));
        for (Header header : headers) {
            frame.put((byte) header.name.length).put(header.name);
            frame.put(TEXT).putShort((short) header.value.length).put(header.value);
        }
        frame.put(payload);
        frame.putInt(crc(bytes, frame.position()));
        out.write(bytes);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}

package coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The frames of an answer to SELECT, read from the wire.
 *
 * @param types of the events, in order
 * @param records all that was selected
 * @param error the code of the frame that says why there is no more
 */
public record SelectFrames(List<String> types, String records, Optional<String> error) {
    /** Reads a body whole, and checks its lengths and sums. */
    public static SelectFrames of(byte[] body) {
        List<String> types = new ArrayList<>();
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        Optional<String> error = Optional.empty();
        int at = 0;
        while (at < body.length) {
            ByteBuffer frame = ByteBuffer.wrap(body, at, body.length - at).slice();
            int length = frame.getInt();
            int headerBytes = frame.getInt();
            assertThat(frame.getInt()).isEqualTo(crc(body, at, 8));
            assertThat(frame.getInt(length - 4)).isEqualTo(crc(body, at, length - 4));
            String headers = new String(body, at + 12, headerBytes, UTF_8);
            String type = value(headers, ":event-type").orElse("error");
            types.add(type);
            if (type.equals("Records")) {
                records.write(body, at + 12 + headerBytes, length - headerBytes - 16);
            }
            error = value(headers, ":error-code").or(() -> Optional.empty());
            at += length;
        }
        return new SelectFrames(types, records.toString(UTF_8), error);
    }

    private static Optional<String> value(String headers, String name) {
        int at = headers.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        int length = headers.charAt(at + name.length() + 2);
        int from = at + name.length() + 3;
        return Optional.of(headers.substring(from, from + length));
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** The document of a query. */
    public static String document(String query, String input, String output) {
        String escaped = query.replace("&", "&amp;").replace("<", "&lt;");
        return "<SelectRequest><Expression>" + escaped + "</Expression><ExpressionType>SQL</ExpressionType>"
                + "<InputSerialization>" + input + "</InputSerialization><OutputSerialization>" + output
                + "</OutputSerialization></SelectRequest>";
    }
}

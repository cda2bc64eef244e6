package coffer.select;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The frames of an answer; the bytes of the first two are those of another implementation. */
class EventStreamTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EventStream events = new EventStream(out);

    private static byte[] frame(String before, String headers, String after) {
        HexFormat hex = HexFormat.of();
        return ByteBuffer.allocate(before.length() / 2 + headers.length() + after.length() / 2)
                .put(hex.parseHex(before))
                .put(headers.getBytes(ISO_8859_1))
                .put(hex.parseHex(after))
                .array();
    }

    @Test
    void keepAliveByteForByte() throws IOException {
        events.keepAlive();
        assertThat(out.toByteArray())
                .isEqualTo(frame(
                        "00000039" + "00000029" + "8ba19df2",
                        "\r:message-type\7\0\5event\13:event-type\7\0\4Cont",
                        "9c864a0d"));
    }

    @Test
    void endByteForByte() throws IOException {
        events.end();
        assertThat(out.toByteArray())
                .isEqualTo(frame(
                        "00000038" + "00000028" + "c1c684d4",
                        "\r:message-type\7\0\5event\13:event-type\7\0\3End",
                        "cf97d392"));
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Checks lengths and sums, and answers headers and payload. */
    private String content() {
        byte[] bytes = out.toByteArray();
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        assertThat(frame.getInt()).isEqualTo(bytes.length);
        int headers = frame.getInt();
        assertThat(frame.getInt()).isEqualTo(crc(bytes, 8));
        assertThat(frame.getInt(bytes.length - 4)).isEqualTo(crc(bytes, bytes.length - 4));
        return new String(bytes, 12, headers, UTF_8) + "|"
                + new String(bytes, 12 + headers, bytes.length - 16 - headers, UTF_8);
    }

    @Test
    void records() throws IOException {
        events.records("a,b\n".getBytes(UTF_8));
        assertThat(content())
                .isEqualTo("\r:message-type\7\0\5event\13:event-type\7\0\7Records"
                        + "\r:content-type\7\0\30application/octet-stream|a,b\n");
    }

    @Test
    void stats() throws IOException {
        events.stats(new EventStream.Counts(1, 22, 333));
        assertThat(content())
                .startsWith("\r:message-type\7\0\5event\13:event-type\7\0\5Stats\r:content-type\7\0\10text/xml|")
                .endsWith("<Stats><BytesScanned>1</BytesScanned><BytesProcessed>22</BytesProcessed>"
                        + "<BytesReturned>333</BytesReturned></Stats>");
    }

    @Test
    void error() throws IOException {
        events.error(CosError.CAST_FAILED.because("'x' no"));
        assertThat(content())
                .isEqualTo("\r:message-type\7\0\5error\13:error-code\7\0\12CastFailed\16:error-message\7\0\6'x' no|");
    }
}

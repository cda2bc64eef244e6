package coffer.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes the fields of a stored record. Numbers are variable-length, texts UTF-8 behind their length in bytes. */
public final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** @param format 1 to 255, the format that the fields that follow have */
    public RecordWriter(int format) {
        out.write(format);
    }

    /** Seven bits a byte, lowest first; the top bit says that more follow. Negative numbers take ten bytes. */
    public RecordWriter number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public RecordWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Behind their length. */
    public RecordWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    public RecordWriter optionalText(Optional<String> text) {
        number(text.isPresent() ? 1 : 0);
        text.ifPresent(this::text);
        return this;
    }

    /** Whole milliseconds. */
    public RecordWriter time(Instant time) {
        return number(time.toEpochMilli());
    }

    public RecordWriter texts(Map<String, String> texts) {
        number(texts.size());
        texts.forEach((name, value) -> text(name).text(value));
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}

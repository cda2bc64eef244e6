package coffer.select.engine;

import coffer.select.OutputFormat;
import coffer.select.SelectOutput;
import coffer.select.value.Absent;
import coffer.select.value.Untyped;
import coffer.select.value.Utf8;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes rows as CSV. What is absent is an empty field; what has fields of its own is JSON. Not thread-safe. */
final class CsvRows implements RowWriter {
    private final OutputFormat.Csv format;
    private final SelectOutput output;
    private final byte[] recordDelimiter;

    /** Bytes that a field must be quoted for. */
    private final boolean[] special = new boolean[128];

    private final Bytes row = new Bytes();
    private boolean isFirst = true;

    CsvRows(OutputFormat.Csv format, SelectOutput output) {
        this.format = format;
        this.output = output;
        this.recordDelimiter = format.recordDelimiter().getBytes(StandardCharsets.UTF_8);
        for (byte b : recordDelimiter) {
            special[b] = true;
        }
        special['\n'] = true;
        special['\r'] = true;
        special[format.fieldDelimiter()] = true;
        special[format.quote()] = true;
    }

    @Override
    public void field(String name, Object value) {
        if (!isFirst) {
            row.octet(format.fieldDelimiter());
        }
        isFirst = false;
        if (value instanceof Untyped field) {
            Utf8.check(field.array(), field.from(), field.to());
            field(field.array(), field.from(), field.to());
        } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
            Bytes json = new Bytes();
            JsonText.write(json, value);
            json.moveTo(new Field());
        } else {
            byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
            field(text, 0, text.length);
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Absent _ -> "";
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private void field(byte[] bytes, int from, int to) {
        boolean quoted = format.quoteAlways();
        for (int i = from; i < to && !quoted; i++) {
            quoted = bytes[i] >= 0 && special[bytes[i]];
        }
        if (!quoted) {
            row.octets(bytes, from, to);
            return;
        }
        row.octet(format.quote());
        int done = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == format.quote()) {
                row.octets(bytes, done, i);
                row.octet(format.quoteEscape());
                done = i;
            }
        }
        row.octets(bytes, done, to);
        row.octet(format.quote());
    }

    @Override
    public void end() {
        row.octets(recordDelimiter, 0, recordDelimiter.length);
        isFirst = true;
        row.moveTo(output);
    }

    /** Takes a value written as JSON for a field. */
    private final class Field implements SelectOutput {
        @Override
        public void write(byte[] bytes, int offset, int lengthBytes) {
            field(bytes, offset, offset + lengthBytes);
        }

        @Override
        public void check() {
            output.check();
        }

        @Override
        public void processed(long totalBytes) {
            output.processed(totalBytes);
        }
    }
}

package coffer.select.engine;

import coffer.select.value.Absent;
import coffer.select.value.Untyped;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes values as JSON. */
final class JsonText {
    private static final int FIRST_PLAIN = 0x20;
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    static void write(Bytes out, Object value) {
        switch (value) {
            case Absent _ -> out.text("null");
            case Boolean flag -> out.text(flag.toString());
            case Long number -> out.text(number.toString());
            case BigDecimal number -> out.text(number.toPlainString());
            case Double number -> out.text(number.isNaN() || number.isInfinite() ? "null" : number.toString());
            case Untyped field -> quote(out, field.text());
            case Map<?, ?> struct -> struct(out, struct);
            case List<?> list -> list(out, list);
            default -> quote(out, value.toString());
        }
    }

    private static void struct(Bytes out, Map<?, ?> struct) {
        out.octet('{');
        boolean isFirst = true;
        for (Map.Entry<?, ?> field : struct.entrySet()) {
            if (!isFirst) {
                out.octet(',');
            }
            isFirst = false;
            quote(out, String.valueOf(field.getKey()));
            out.octet(':');
            write(out, field.getValue() == null ? Absent.NULL : field.getValue());
        }
        out.octet('}');
    }

    private static void list(Bytes out, List<?> list) {
        out.octet('[');
        boolean isFirst = true;
        for (Object element : list) {
            if (!isFirst) {
                out.octet(',');
            }
            isFirst = false;
            write(out, element == null ? Absent.NULL : element);
        }
        out.octet(']');
    }

    static void quote(Bytes out, String text) {
        out.octet('"');
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int done = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < FIRST_PLAIN)) {
                out.octets(bytes, done, i);
                escape(out, b);
                done = i + 1;
            }
        }
        out.octets(bytes, done, bytes.length);
        out.octet('"');
    }

    private static void escape(Bytes out, byte b) {
        out.octet('\\');
        switch (b) {
            case '\n' -> out.octet('n');
            case '\r' -> out.octet('r');
            case '\t' -> out.octet('t');
            case '"', '\\' -> out.octet(b);
            default -> out.text("u" + HEX.toHexDigits((short) b));
        }
    }
}

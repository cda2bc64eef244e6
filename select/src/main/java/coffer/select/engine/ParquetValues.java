package coffer.select.engine;

import coffer.select.value.Absent;
import coffer.select.value.DatePart;
import coffer.select.value.Timestamp;
import dev.hardwood.row.FieldAccessor;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of Parquet as values of queries. Times without a zone are of UTC; bytes that are no text are in Base64. */
final class ParquetValues {
    private ParquetValues() {}

    static Object value(FieldAccessor row, String name) {
        return row.isNull(name) ? Absent.NULL : of(row.getValue(name));
    }

    private static Object of(@Nullable Object value) {
        return switch (value) {
            case null -> Absent.NULL;
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Float number -> (double) number;
            case Double number -> number;
            case BigDecimal number -> number;
            case Instant instant -> Timestamp.of(instant);
            case LocalDateTime time -> Timestamp.of(time.toInstant(ZoneOffset.UTC));
            case LocalDate date -> new Timestamp(date.atStartOfDay().atOffset(ZoneOffset.UTC), DatePart.DAY);
            case byte[] bytes -> text(bytes);
            case PqStruct struct -> struct(struct);
            case PqList list -> list(list.values());
            case PqMap map -> map(map);
            default -> value.toString();
        };
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : Base64.getEncoder().encodeToString(bytes);
    }

    private static Map<String, Object> struct(PqStruct struct) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < struct.getFieldCount(); i++) {
            String name = struct.getFieldName(i);
            fields.put(name, value(struct, name));
        }
        return fields;
    }

    private static List<Object> list(List<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(value -> list.add(of(value)));
        return list;
    }

    private static Map<String, Object> map(PqMap map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.getEntries().forEach(entry -> fields.put(String.valueOf(of(entry.getKey())), of(entry.getValue())));
        return fields;
    }
}

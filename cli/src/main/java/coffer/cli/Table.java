package coffer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Answers as text for people. */
final class Table {
    private static final String GAP = "  ";
    private static final int KIB = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Table() {}

    /**
     * Prints a line for each row.
     *
     * @param columns names of fields, those within others with dots; {@code |bytes} behind one makes it readable
     */
    static void rows(PrintWriter out, Iterable<JsonNode> rows, List<String> columns) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Table::title).toList());
        for (JsonNode row : rows) {
            cells.add(columns.stream().map(column -> cell(row, column)).toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(
                        widths[i], line.get(i).codePointCount(0, line.get(i).length()));
            }
        }
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = line.get(i);
                text.append(cell)
                        .repeat(" ", widths[i] - cell.codePointCount(0, cell.length()))
                        .append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** Prints a line for each field of one object that is there. */
    static void fields(PrintWriter out, JsonNode object, List<String> columns) {
        List<String> present = columns.stream()
                .filter(column -> !at(object, name(column)).isMissingNode())
                .toList();
        int width = present.stream()
                .mapToInt(column -> title(column).length())
                .max()
                .orElse(0);
        for (String column : present) {
            String title = title(column);
            out.println((title + " ".repeat(width - title.length()) + GAP + cell(object, column)).stripTrailing());
        }
    }

    private static String name(String column) {
        int bar = column.indexOf('|');
        return bar < 0 ? column : column.substring(0, bar);
    }

    /** {@code disk.freeBytes} becomes {@code DISK FREE BYTES}. */
    private static String title(String column) {
        return name(column)
                .replace('.', ' ')
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }

    private static String cell(JsonNode row, String column) {
        JsonNode value = at(row, name(column));
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
        }
        if (value.isObject()) {
            return value.toString();
        }
        return column.endsWith("|bytes") ? bytes(value.asLong()) : value.asString();
    }

    private static JsonNode at(JsonNode row, String name) {
        JsonNode value = row;
        for (String step : name.split("\\.", -1)) {
            value = value.path(step);
        }
        return value;
    }

    static String bytes(long count) {
        double size = count;
        int unit = 0;
        while (size >= KIB && unit < UNITS.length - 1) {
            size /= KIB;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}

package coffer.conformance.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A line of an access log of COS, field by field; the field numbers are those of COS docs, "Logging Overview".
 *
 * @param fields 31, those in quotes without them
 */
record LogLine(List<String> fields) {
    private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\"|(\\[[^]]*]|[^ ]+)");

    static LogLine parse(String line) {
        LogLine parsed = new LogLine(split(line));
        assertThat(parsed.fields).as(line).hasSize(31);
        return parsed;
    }

    /** Fields of any log that has blanks between. */
    static List<String> split(String line) {
        return FIELD.matcher(line).results().map(LogLine::text).toList();
    }

    private static String text(MatchResult field) {
        return field.group(1) == null ? field.group(2) : field.group(1);
    }

    /** @param number from 1 */
    String field(int number) {
        return fields.get(number - 1);
    }

    String operation() {
        return field(6);
    }

    long number(int number) {
        return Long.parseLong(field(number));
    }
}

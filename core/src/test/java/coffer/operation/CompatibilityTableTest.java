package coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/compatibility.md equal to the table of operations, and each available operation shown by a test of the
 * conformance module. Run with {@code -Dcoffer.docs=write} to write the page anew.
 */
class CompatibilityTableTest {
    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final Path CONFORMANCE = Path.of("../conformance/src/test/java");
    private static final Pattern SHOWS = Pattern.compile("@Shows\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        String page = page(tests());
        if ("write".equals(System.getProperty("coffer.docs"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dcoffer.docs=write")
                .isEqualTo(page);
    }

    @Test
    void everyOperationThatIsThereIsShownToWork() throws IOException {
        Map<String, String> tests = tests();
        assertThat(Stream.of(Operation.values())
                        .filter(row -> row.availability() == Availability.COMPLETE)
                        .map(Operation::title)
                        .filter(title -> !tests.containsKey(title)))
                .isEmpty();
        List<String> titles =
                Stream.of(Operation.values()).map(Operation::title).toList();
        assertThat(titles).containsAll(tests.keySet());
    }

    private static String page(Map<String, String> tests) {
        StringBuilder page = new StringBuilder("""
                # Compatibility

                Every operation of the COS API that Coffer knows, as its server routes them. This page is made from the
                table in `coffer.operation.Operation`; a test keeps the two equal.

                - **yes**: does what the COS API reference says.
                - **not configured**: reads a setting that cannot be made yet, and answers as COS does where nobody made it.
                - **501**: answers `501 NotImplemented` in the COS error format.

                | Operation | Request | There | Action in policies | Shown by |
                | --- | --- | --- | --- | --- |
                """);
        for (Operation row : Operation.values()) {
            String there = switch (row.availability()) {
                case COMPLETE -> "yes";
                case NOT_CONFIGURED -> "not configured";
                case NOT_IMPLEMENTED -> "501";
            };
            String test = switch (row.availability()) {
                case COMPLETE -> tests.getOrDefault(row.title(), "");
                case NOT_CONFIGURED -> "BucketSettingsIT";
                case NOT_IMPLEMENTED -> "NotImplementedIT";
            };
            page.append("| %s | `%s` | %s | `name/cos:%s` | %s |\n"
                    .formatted(row.title(), row.route().text(), there, row.action(), test));
        }
        return page.toString();
    }

    /** The test classes by the operations they show. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CONFORMANCE)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("IT.java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Matcher shows = SHOWS.matcher(Files.readString(file));
                if (shows.find()) {
                    NAME.matcher(shows.group(1))
                            .results()
                            .map(MatchResult::group)
                            .forEach(title -> tests.put(title.replace("\"", ""), name));
                }
            }
        }
        return tests;
    }
}

package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table in docs/configuration.md equal to the options. Run with {@code -Dcoffer.docs=write} to write it anew. */
class ConfigurationTableTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "| Key and option ";

    /** Where more is said. */
    private static final Map<String, String> MORE = Map.ofEntries(
            Map.entry("engine", "operating.md#several-servers"),
            Map.entry("admin-listen", "admin.md"),
            Map.entry("scrub-rate", "operating.md#damage"),
            Map.entry("restore-delay", "storage-classes.md#restoring"),
            Map.entry("tls-cert", "operating.md#tls"),
            Map.entry("dev-tls", "operating.md#tls"),
            Map.entry("dev", "admin.md#the-clock"),
            Map.entry("outbound-allow", "operating.md#requests-of-the-server"),
            Map.entry("master-key-file", "encryption.md"),
            Map.entry("ceph-conf", "rados.md"));

    @Test
    void thePageSaysWhatTheOptionsSay() throws IOException {
        String page = Files.readString(PAGE);
        String made = page.substring(0, page.indexOf(BEGIN)) + table();
        if ("write".equals(System.getProperty("coffer.docs"))) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dcoffer.docs=write")
                .isEqualTo(made);
    }

    @Test
    void everyOptionSaysItsVariableAndItsDefault() {
        assertThat(ServerOption.all())
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        option -> assertThat(String.join(" ", option.option().description()))
                                .containsPattern("\\(" + option.variable() + "(=true)?(; default [^)]+)?\\)\\.")
                                .contains(option.meaning().substring(0, 10)));
    }

    private static String table() {
        return BEGIN + "| Environment | Default | Meaning |\n| --- | --- | --- | --- |\n"
                + ServerOption.all().stream()
                        .map(ConfigurationTableTest::row)
                        .sorted()
                        .collect(Collectors.joining());
    }

    private static String row(ServerOption option) {
        String more = Optional.ofNullable(MORE.get(option.key()))
                .map(page -> " [More](" + page + ").")
                .orElse("");
        return "| `%s: %s%s` | `%s` | %s | %s%s |\n"
                .formatted(
                        option.key(),
                        option.option().type().equals(boolean.class)
                                ? "true"
                                : option.option().paramLabel(),
                        option.takesList() ? "`, or a list `[...]" : "",
                        option.variable(),
                        option.usual(),
                        option.meaning(),
                        more);
    }
}

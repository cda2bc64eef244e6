package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the README, word for word but for the port. */
@ExtendWith(SharedCoffer.class)
class ReadmeIT {
    private static final Pattern FILE =
            Pattern.compile("^`([\\w.]+)`:\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"Java", "Node.js", "Python", "Go"})
    void theExampleStoresAndFetches(String language, CofferProcess server) throws IOException {
        String section = section(language);
        assertStoresAndFetches(language, section, "", server);
    }

    /** Writes the files of a section, runs its commands, the last of them another way if one is given. */
    private static void assertStoresAndFetches(String language, String section, String last, CofferProcess server)
            throws IOException {
        Script script = new Script(Scratch.directory("readme-" + language));
        for (MatchResult file : FILE.matcher(section).results().toList()) {
            Files.writeString(script.folder().resolve(file.group(1)), here(file.group(2), server));
        }
        List<String> commands = new ArrayList<>(COMMANDS.matcher(section)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList());
        commands.stream()
                .map(command -> command.split(" ", 2)[0])
                .filter(program -> !program.contains("/"))
                .forEach(program -> script.install("sh", "-c", "command -v " + program));
        if (!last.isEmpty()) {
            commands.set(commands.size() - 1, here(last, server));
        }
        Script.Run run = script.run(server, "sh", "-e", "-c", String.join("\n", commands));
        assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
        assertThat(run.output().getLast()).endsWith("Hello from " + language);
    }

    /** As the table in the section about https says: lines left out, another way to run it. */
    @ParameterizedTest
    @ValueSource(strings = {"Java", "Node.js", "Python", "Go"})
    void theExampleWorksByHttps(String language) throws IOException {
        String[] cells = Pattern.compile("^\\| " + Pattern.quote(language) + " \\|(.*)\\|(.*)\\|$", Pattern.MULTILINE)
                .matcher(section("https"))
                .results()
                .findFirst()
                .map(row -> new String[] {row.group(1), row.group(2)})
                .orElseThrow();
        String[] changes = cells[0].split(";", 2);
        List<String> leftOut = quoted(changes[0]);
        List<String> written = quoted(changes.length > 1 ? changes[1] : "");
        String section = section(language)
                .lines()
                .filter(line -> leftOut.stream().noneMatch(line.strip()::startsWith))
                .collect(Collectors.joining("\n", "", "\n"));
        if (!written.isEmpty()) {
            section = section.replace(written.get(1), written.get(0));
        }
        try (CofferProcess server = CofferProcess.start(
                Scratch.directory("readme-https-").resolve("data"), Map.of("COFFER_DEV_TLS", "true"))) {
            assertStoresAndFetches(language, section, quoted(cells[1]).getFirst(), server);
        }
    }

    @Test
    void curlReachesTheServerByHttps() throws IOException {
        try (CofferProcess server = CofferProcess.start(
                Scratch.directory("readme-curl-").resolve("data"), Map.of("COFFER_DEV_TLS", "true"))) {
            Script script = new Script(Scratch.directory("readme-curl")).install("curl", "--version");
            String command = COMMANDS.matcher(section("https"))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            Script.Run run = script.run(server, "sh", "-e", "-c", here(command, server));
            assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
            assertThat(run.output().getLast()).isEqualTo("ok");
        }
    }

    private static List<String> quoted(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** With the port and the data folder of this server. */
    private static String here(String text, CofferProcess server) {
        return text.replace("9000", Integer.toString(server.address().getPort()))
                .replace("coffer-data", server.dataDirectory().toAbsolutePath().toString());
    }

    private static String section(String language) throws IOException {
        String readme = Files.readString(Path.of(Scratch.property("coffer.docsFolder"), "..", "README.md"));
        String heading = "\n### " + language + "\n";
        assertThat(readme).contains(heading);
        String section = readme.substring(readme.indexOf(heading) + heading.length());
        return section.substring(0, section.indexOf("\n###"));
    }
}

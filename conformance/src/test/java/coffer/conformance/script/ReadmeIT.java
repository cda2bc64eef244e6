package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
        Script script = new Script(Scratch.directory("readme-" + language));
        for (MatchResult file : FILE.matcher(section).results().toList()) {
            String text = file.group(2)
                    .replace("9000", Integer.toString(server.address().getPort()));
            Files.writeString(script.folder().resolve(file.group(1)), text);
        }
        List<String> commands = COMMANDS.matcher(section)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        commands.stream()
                .map(command -> command.split(" ", 2)[0])
                .filter(program -> !program.contains("/"))
                .forEach(program -> script.install("sh", "-c", "command -v " + program));
        Script.Run run = script.run(server, "sh", "-e", "-c", String.join("\n", commands));
        assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
        assertThat(run.output().getLast()).endsWith("Hello from " + language);
    }

    private static String section(String language) throws IOException {
        String readme = Files.readString(Path.of(Scratch.property("coffer.docsFolder"), "..", "README.md"));
        String heading = "\n### " + language + "\n";
        assertThat(readme).contains(heading);
        String section = readme.substring(readme.indexOf(heading) + heading.length());
        return section.substring(0, section.indexOf("\n###"));
    }
}

package coffer.conformance.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.Scratch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of sources in another language, copied below the build directory, where its SDK is installed and its cases
 * are run.
 *
 * @param folder the copy
 * @param environment variables that its programs find beside those about the server
 */
record Script(Path folder, Map<String, String> environment) {
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
    private static final Duration FINISHED_WITHIN = Duration.ofMinutes(5);

    Script(Path folder) {
        this(folder, Map.of());
    }

    /** The same with further variables for its programs, though not for what installs them. */
    Script with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new Script(folder, Map.copyOf(all));
    }

    /** Copies {@code src/test/<language>}. */
    static Script of(String language) {
        Path sources = Path.of(Scratch.property("coffer.scripts"), language);
        Path folder = Path.of(Scratch.property("coffer.scratch"), language);
        try {
            Files.walkFileTree(sources, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path copy = folder.resolve(sources.relativize(file).toString());
                    Files.createDirectories(folder);
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Script(folder);
    }

    /** Runs a command that installs or builds; the tests of this script are skipped, loudly, where it cannot. */
    Script install(String... command) {
        Path log = folder.resolve("install.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            if (!finished(process, INSTALLED_WITHIN) || process.exitValue() != 0) {
                skip(String.join(" ", command) + " failed; see " + log);
            }
        } catch (IOException e) {
            skip(command[0] + " is not here: " + e.getMessage());
        }
        return this;
    }

    /** What a program printed to its standard output, line by line, and whether it ended well and in time. */
    record Run(List<String> output, boolean succeeded, Path errors) {}

    /** Runs a program against a server, whose address and account it finds in its environment. */
    Run run(CofferProcess server, String... command) {
        Path errors = folder.resolve("run.log");
        Path output = folder.resolve("run.out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("COFFER_ADDRESS", server.authority());
        builder.environment().put("COFFER_APPID", Account.APPID);
        builder.environment().put("COFFER_REGION", Account.REGION);
        builder.environment().put("COFFER_SECRET_ID", Account.SECRET_ID);
        builder.environment().put("COFFER_SECRET_KEY", Account.SECRET_KEY);
        builder.environment().putAll(environment);
        builder.environment().put("COFFER_SCRATCH", Scratch.directory("script-").toString());
        try {
            Process process = builder.start();
            boolean succeeded = finished(process, FINISHED_WITHIN) && process.exitValue() == 0;
            return new Run(Files.readAllLines(output, UTF_8), succeeded, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the cases against a server: a test for each line they print, and one for how they ended. */
    Stream<DynamicTest> cases(CofferProcess server, String... command) {
        Run run = run(server, command);
        List<DynamicTest> cases = run.output().stream()
                .filter(line -> line.startsWith("{"))
                .map(Script::test)
                .toList();
        if (cases.isEmpty()) {
            throw new AssertionError("not one case was run; see " + run.errors());
        }
        DynamicTest end = DynamicTest.dynamicTest("ran to its end", () -> {
            if (!run.succeeded()) {
                throw new AssertionError("it did not; see " + run.errors());
            }
        });
        return Stream.concat(cases.stream(), Stream.of(end));
    }

    private static DynamicTest test(String line) {
        try {
            JsonNode result = new ObjectMapper().readTree(line);
            return DynamicTest.dynamicTest(result.path("case").asText(), () -> {
                if (!result.path("ok").asBoolean()) {
                    throw new AssertionError(result.path("message").asText());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static boolean finished(Process process, Duration within) {
        try {
            return process.waitFor(within.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void skip(String reason) {
        System.err.println("SKIPPED: the " + folder.getFileName() + " programs are not run: " + reason);
        Assumptions.abort(reason);
    }
}

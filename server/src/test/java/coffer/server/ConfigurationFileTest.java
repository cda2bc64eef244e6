package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The configuration file through the commands that read it: precedence, and what is refused where. */
class ConfigurationFileTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void name() {
        file = folder.resolve("coffer.yaml");
    }

    private Ended run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private static Ended run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Main.program(environment).execute(arguments);
            return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    private Ended check(String text) throws IOException {
        Files.writeString(file, text);
        return run("config", "check", file.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', commentCharacter = '^', textBlock = """
            scrub-rte: 8                     | 1 | 'scrub-rte' is no key of Coffer. Did you mean scrub-rate?
            # first\\nregion: a1\\nhostSuffix: x | 3 | Did you mean host-suffix?
            COFFER_DATA_DIR: x               | 1 | Did you mean data-dir?
            colour: blue                     | 1 | 'colour' is no key of Coffer.
            secret-key: abcdefgh             | 1 | Secrets stand in files of their own: write secret-key-file
            config: other.yaml               | 1 | 'config' is no key
            dev: true\\ndev: false            | 2 | dev stands in line 1 already
            listen: [a, b]                   | 1 | listen takes one value, not a list
            tls:\\n  cert: x                  | 1 | 'tls' is no key
            listen:\\n  host: x               | 1 | listen takes a value, not further keys
            listen:                          | 1 | listen has no value
            region: []                       | 1 | region has no value
            region: [[a]]                    | 1 | region is a list of single values
            just text                        | 1 | KEY: VALUE
            region: [a                       | 1 | is no YAML
            \\nscrub-rate: fast               | 2 | 'fast' is not an int
            scrub-rate: 99999                | 1 | from 0 to 10000
            dev: perhaps                     | 1 | 'perhaps' is not a boolean
            dev-tls: 1                       | 1 | not a boolean
            listen: 9000                     | 1 | HOST:PORT
            admin-listen: nowhere            | 1 | HOST:PORT
            tls-listen: x                    | 1 | HOST:PORT
            region: [Ä]                      | 1 | --region must be
            host-suffix: http://x            | 1 | --host-suffix must be
            restore-delay: soon              | 1 | --restore-delay must name
            engine: cloud                    | 1 | local or rados
            ceph-conf: x                     | 1 | is for a store on Ceph
            tls-cert: x.pem                  | 1 | go together
            outbound-allow: [x]              | 1 | an address or a range
            outbound-deny: x                 | 1 | an address or a range
            appid: abc                       | 1 | 5 to 15 digits
            secret-id: AKIDexample           | 1 | go together
            secret-key-file: /nowhere        | 1 | cannot be read
            admin-token-file: /nowhere       | 1 | cannot be read
            """)
    void whatIsWrongIsRefusedWithItsLine(String text, int line, String sentence) throws IOException {
        Ended ended = check(text.replace("\\n", "\n"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(ended.err())
                .startsWith("coffer: " + file + ", line " + line + ": ")
                .contains(sentence)
                .doesNotContain("Usage:", "\tat ");
    }

    @Test
    void allThatIsWrongInTheFormIsToldAtOnce() throws IOException {
        assertThat(check("lissten: x\nregion:\nengin: local\n").err().lines()).hasSize(3);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThat(run("server", "--config", file.toString()).err()).contains("There is no configuration file " + file);
        assertThat(run(Map.of("COFFER_CONFIG", file.toString()), "config", "check")
                        .err())
                .contains("There is no configuration file " + file);
    }

    @Test
    void theServerReadsItToo() throws IOException {
        Files.writeString(file, "listen: x");
        Ended ended = run("server", "--config=" + file);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("coffer: " + file + ", line 1: --listen must be HOST:PORT");
    }

    @Test
    void theCommandLineGoesBeforeTheFileAndTheFileBeforeDefaults() throws IOException {
        Files.writeString(file, "scrub-rate: 3\nregion: [ap-beijing, ap-shanghai]\nlisten: 127.0.0.1:1\ndev: true\n");
        Ended shown = run("config", "show", file.toString(), "--listen", "127.0.0.1:2", "--dev");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("scrub-rate: 3 # " + file + ", line 1\n")
                .contains("region: [ap-beijing, ap-shanghai] # " + file + ", line 2\n")
                .contains("listen: 127.0.0.1:2 # command line\n")
                .contains("dev: true # command line\n")
                .contains("engine: local # default\n")
                .contains("# ceph-user: not set; default client.coffer\n");
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        // The variable's own value comes by the process's environment, which a test cannot set: the file's is not
        // taken.
        Files.writeString(file, "scrub-rate: 3\nsecret-key-file: gone\n");
        Map<String, String> environment = Map.of("COFFER_SCRUB_RATE", "5", "COFFER_SECRET_KEY", "choose-a-long-secret");
        assertThat(run(environment, "config", "show", file.toString()).out())
                .contains("scrub-rate: 8 ")
                .contains("# secret-key-file: not set");
    }

    @Test
    void aWrongValueThatIsNotInForceIsNobodysFault() throws IOException {
        Files.writeString(file, "listen: x\n");
        assertThat(run("config", "check", file.toString(), "--listen", "127.0.0.1:0")
                        .code())
                .isZero();
        Ended ended = run("config", "check", file.toString(), "--listen", "y");
        assertThat(ended.err()).doesNotContain("line 1").contains("not y");
    }

    @Test
    void pathsStartAtTheFolderOfTheFileAndSecretsAreNotShown() throws IOException {
        Files.writeString(folder.resolve("secret"), "choose-a-long-secret\n");
        Files.writeString(
                file, "data-dir: data\nappid: 1250000000\nsecret-id: AKIDexample1\nsecret-key-file: secret\n");
        Ended shown = run("config", "show", file.toString());
        assertThat(shown.out())
                .contains("data-dir: " + folder.resolve("data") + " #")
                .contains("secret-key-file: " + folder.resolve("secret") + " #")
                .doesNotContain("choose-a-long-secret");
    }

    @Test
    void whatIsShownIsAConfigurationFile() throws IOException {
        Files.writeString(file, "restore-delay: expedited=1m,bulk=5h\ndata-dir: 'a $b ${c} $$d: #e'\n");
        Ended shown = run("config", "show", file.toString());
        Path copy = Files.writeString(folder.resolve("copy.yaml"), shown.out());
        Ended again = run("config", "show", copy.toString());
        assertThat(values(again)).isEqualTo(values(shown)).anyMatch(line -> line.contains("a $b ${c} $$d: #e"));
    }

    private static List<String> values(Ended shown) {
        return shown.out()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" # [^#]*$", ""))
                .toList();
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertThat(check("# nothing yet\n").code()).isZero();
    }
}

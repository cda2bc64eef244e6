package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.SharedCoffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command-line tools for S3; what they do is in {@code src/test/s3tools}. */
@ExtendWith(SharedCoffer.class)
class S3ToolsIT {
    @ParameterizedTest
    @ValueSource(strings = {"aws.sh", "s3cmd.sh"})
    void doesItsMainJobs(String script, CofferProcess server) {
        assertDone(
                Script.of("s3tools")
                        .install("curl", "--version")
                        .install("python3", "-m", "venv", "venv")
                        .install("venv/bin/pip", "install", "--quiet", "--requirement", "requirements.txt"),
                script,
                server);
    }

    @Test
    void rcloneDoesItsMainJobs(CofferProcess server) {
        assertDone(Script.of("s3tools").install("curl", "--version").install("rclone", "version"), "rclone.sh", server);
    }

    private static void assertDone(Script tools, String script, CofferProcess server) {
        Script.Run run = tools.run(server, "sh", "-x", script);
        assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
        assertThat(run.output().getLast()).isEqualTo("done");
    }
}

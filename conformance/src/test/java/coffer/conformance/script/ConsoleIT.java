package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.Scratch;
import coffer.conformance.accounts.AdminApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The web console in Chromium, against a server of its own; what it does there is in {@code console/e2e}. */
class ConsoleIT {
    private static final Path SOURCES = Path.of(Scratch.property("coffer.scripts"))
            .resolve("../../../console")
            .normalize();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int WITHIN_MINUTES = 10;

    @Test
    void eachPageDoesItsWorkInABrowser() throws IOException, InterruptedException {
        if (!Files.isExecutable(CHROMIUM) || !Files.isDirectory(SOURCES.resolve("node_modules"))) {
            String reason = "the console is not tested: it needs " + CHROMIUM + ", and npm at the build";
            System.err.println("SKIPPED: " + reason);
            Assumptions.abort(reason);
        }
        Path folder = Scratch.directory("console-");
        Path log = folder.resolve("e2e.log");
        Map<String, String> options =
                Map.of("COFFER_ADMIN_LISTEN", "127.0.0.1:0", "COFFER_ADMIN_TOKEN", AdminApi.TOKEN);
        try (CofferProcess server = CofferProcess.start(folder.resolve("data"), options)) {
            ProcessBuilder builder = new ProcessBuilder("npm", "run", "e2e", "--silent")
                    .directory(SOURCES.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> environment = builder.environment();
            environment.put("COFFER_CONSOLE_URL", server.adminUrl());
            environment.put("COFFER_APPID", Account.APPID);
            environment.put("COFFER_SECRET_ID", Account.SECRET_ID);
            environment.put("COFFER_SECRET_KEY", Account.SECRET_KEY);
            environment.put("COFFER_ADMIN_TOKEN", AdminApi.TOKEN);
            environment.put("NO_COLOR", "1");
            Process browser = builder.start();
            boolean ended = browser.waitFor(WITHIN_MINUTES, TimeUnit.MINUTES);
            browser.destroyForcibly();
            assertThat(ended && browser.exitValue() == 0)
                    .as(Files.readString(log))
                    .isTrue();
        }
    }
}

package coffer.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Coffer of its own on a folder that is removed afterwards. */
final class OwnServer implements AutoCloseable {
    static final String APP_ID = "1250000000";
    static final String SECRET_ID = "AKIDbenchmark";
    static final String SECRET_KEY = "benchmark-secret";
    private static final String READY = "coffer: ready on ";

    private final Process process;
    private final Path folder;
    private final URI endpoint;

    private OwnServer(Process process, Path folder, URI endpoint) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    /**
     * Starts it.
     *
     * @param launcher the command of this project
     * @param parent where its data folder is made: the disk that is measured
     * @param tls whether it is to be driven by https
     */
    static OwnServer start(Path launcher, Path parent, boolean tls) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(parent), "coffer-bench-");
            ProcessBuilder builder = new ProcessBuilder(
                            launcher.toString(),
                            "server",
                            "--data-dir",
                            folder.resolve("data").toString(),
                            "--listen",
                            "127.0.0.1:0")
                    .redirectError(folder.resolve("log").toFile());
            builder.environment().put("COFFER_ADMIN_LISTEN", "off");
            builder.environment().put("COFFER_APPID", APP_ID);
            builder.environment().put("COFFER_SECRET_ID", SECRET_ID);
            builder.environment().put("COFFER_SECRET_KEY", SECRET_KEY);
            builder.environment().put("COFFER_DEV_TLS", Boolean.toString(tls));
            Process process = builder.start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    String url = line.substring(READY.length());
                    return new OwnServer(process, folder, URI.create(tls ? url.replace("http://", "https://") : url));
                }
            }
            throw new IllegalStateException("The server did not start:\n" + Files.readString(folder.resolve("log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** The Java process: the launcher becomes it. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

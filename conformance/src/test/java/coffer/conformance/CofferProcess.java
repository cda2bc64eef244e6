package coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A built Coffer server as a child process on a data folder, or two of them on one store: see {@link StoreUnderTest}. It is
 * only ever stopped through its own handle. One thread starts and stops it; {@link #address()} may be read by any.
 */
public final class CofferProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(40);
    private static final Pattern ADMIN = Pattern.compile("The admin API is on (http://[0-9.]+:[0-9]+)");
    private static final Pattern READY = Pattern.compile(".*coffer: ready on http://(.+):(\\d+)/?\\s*");
    private static final Pattern TLS = Pattern.compile("coffer: TLS on https://(.+):(\\d+)");

    private final Path launcher;
    private final Path dataDirectory;
    private final Map<String, String> environment;
    private final Path log;
    private volatile InetSocketAddress address;
    private volatile Optional<InetSocketAddress> tlsAddress = Optional.empty();
    private Process process;

    /** Another server on the same store, and what passes connections on to both. */
    private record Pair(CofferProcess other, Forwarder forwarder) {}

    private final Optional<Pair> pair;

    private CofferProcess(Path launcher, Path dataDirectory, Map<String, String> environment, boolean paired) {
        this.launcher = launcher;
        this.dataDirectory = dataDirectory;
        this.environment = Map.copyOf(environment);
        this.log = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log");
        this.process = spawn(launcher, dataDirectory, 0, this.environment, log);
        this.address = awaitReady(process, log);
        this.pair = paired ? Optional.of(pair()) : Optional.empty();
    }

    private Pair pair() {
        Path folder = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-other");
        CofferProcess other = new CofferProcess(launcher, folder, environment, false);
        return new Pair(other, new Forwarder(List.of(() -> address, () -> other.address)));
    }

    /** What a program printed that has ended, and the code it exited with. */
    public record Ended(int exitCode, String output) {}

    /** Starts a server on a free port of the loopback; returns when it says that it is ready. */
    public static CofferProcess start(Path dataDirectory) {
        return start(dataDirectory, Map.of());
    }

    /** As {@link #start(Path)}, with these variables added to its environment. */
    public static CofferProcess start(Path dataDirectory, Map<String, String> environment) {
        return new CofferProcess(
                launcher(),
                dataDirectory,
                StoreUnderTest.environment(dataDirectory, environment),
                StoreUnderTest.isShared() && !environment.containsKey("COFFER_ENGINE"));
    }

    /** As {@link #start(Path)}, of a program that stands elsewhere. */
    public static CofferProcess startOf(Path launcher, Path dataDirectory) {
        return new CofferProcess(launcher, dataDirectory, Map.of("COFFER_BUILD", "never"), false);
    }

    /** The program that is tested. */
    public static Path launcher() {
        return Path.of(Scratch.property("coffer.launcher")).normalize();
    }

    /**
     * Starts a server that is expected to refuse.
     *
     * @throws AssertionError if it is still running after 60 seconds; it is killed then
     */
    public static Ended startRefused(Path dataDirectory) {
        return startRefused(dataDirectory, Map.of());
    }

    /** As {@link #startRefused(Path)}, with these variables added to its environment. */
    public static Ended startRefused(Path dataDirectory, Map<String, String> environment) {
        Path log = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-refused.log");
        Map<String, String> all = StoreUnderTest.environment(dataDirectory, environment);
        return awaitEnd(spawn(launcher(), dataDirectory, 0, all, log), log);
    }

    /** Checks the folder of a stopped server. */
    public static Ended verify(Path dataDirectory, String... options) {
        Path log = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-verify.log");
        List<String> command = new ArrayList<>(List.of("verify", "--data-dir", dataDirectory.toString()));
        command.addAll(List.of(options));
        return awaitEnd(spawn(launcher(), command, Map.of(), log), log);
    }

    /** Copies the store of stopped servers. */
    public static Ended migrate(String... options) {
        Path log = Scratch.directory("migrate-").resolve("log");
        return awaitEnd(startMigrating(log, options), log);
    }

    /** Begins to copy the store of stopped servers; for the caller to end. */
    public static Process startMigrating(Path log, String... options) {
        List<String> command = new ArrayList<>(List.of("migrate"));
        command.addAll(List.of(options));
        return spawn(launcher(), command, Map.of(), log);
    }

    /**
     * Runs {@code ./coffer import} between servers that have the account's keys; for the caller to end.
     *
     * @param environment added to what it is told by its environment
     */
    public static Process startImporting(Path log, Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of("import"));
        command.addAll(List.of(options));
        Map<String, String> all = new HashMap<>(Map.of(
                "COFFER_IMPORT_FROM_ACCESS_KEY", Account.SECRET_ID,
                "COFFER_IMPORT_FROM_SECRET_KEY", Account.SECRET_KEY,
                "COFFER_IMPORT_TO_ACCESS_KEY", Account.SECRET_ID,
                "COFFER_IMPORT_TO_SECRET_KEY", Account.SECRET_KEY));
        all.putAll(environment);
        return spawn(launcher(), command, all, log);
    }

    /** As {@link #startImporting}, until it has ended. */
    public static Ended importing(Map<String, String> environment, String... options) {
        Path log = Scratch.directory("import-").resolve("log");
        return awaitEnd(startImporting(log, environment, options), log);
    }

    /** Runs {@code ./coffer admin} with these arguments and variables. */
    public static Ended admin(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("admin"));
        command.addAll(List.of(arguments));
        Path log = Scratch.directory("admin-").resolve("log");
        return awaitEnd(spawn(launcher(), command, environment, log), log);
    }

    private static Ended awaitEnd(Process process, Path log) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            if (!process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it runs though it should have ended");
            }
            return new Ended(process.exitValue(), String.join("\n", lines.readAllLines()) + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where the server listens. */
    public InetSocketAddress address() {
        return pair.map(both -> both.forwarder.address()).orElse(address);
    }

    /** Where the server listens, as {@code host:port}. */
    public String authority() {
        return address().getHostString() + ":" + address().getPort();
    }

    /** Where the server listens for TLS alone; it is told so by {@code COFFER_TLS_LISTEN}. */
    public InetSocketAddress tlsAddress() {
        return tlsAddress.orElseThrow();
    }

    /** A file of the CA for development. */
    public Path devCa(String file) {
        return dataDirectory.toAbsolutePath().normalize().resolve("dev-ca").resolve(file);
    }

    /**
     * Where the admin API listens, if the environment has {@code COFFER_ADMIN_LISTEN}.
     *
     * @throws AssertionError if it does not listen
     */
    public String adminUrl() {
        return ADMIN.matcher(read(log))
                .results()
                .map(found -> found.group(1))
                .reduce((before, last) -> last)
                .orElseThrow(() -> new AssertionError("the admin API does not listen"));
    }

    /** The admin APIs of all servers that work on the store. */
    public List<String> adminUrls() {
        return pair.map(both -> List.of(adminUrl(), both.other.adminUrl())).orElseGet(() -> List.of(adminUrl()));
    }

    /** What all servers on this folder, and those beside them on the store, wrote to their standard error. */
    public String log() {
        return read(log) + pair.map(both -> both.other.log()).orElse("");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much memory it has, in bytes; 0 where that cannot be known. */
    public long residentBytes() {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        try {
            return Files.exists(status)
                    ? Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                            .findFirst()
                            .orElse(0)
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server keeps everything. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Stops the server as a power cut would (SIGKILL); returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        pair.ifPresent(both -> both.other.process.destroyForcibly());
        exitCode();
    }

    /** Asks the server to stop (SIGTERM); does not wait. */
    public void askToStop() {
        process.destroy();
        pair.ifPresent(both -> both.other.askToStop());
    }

    /**
     * Waits for the server to be gone.
     *
     * @throws AssertionError if it still runs after 40 seconds
     */
    public int exitCode() {
        try {
            if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server still runs after " + STOPPED_WITHIN);
            }
            int other = pair.map(both -> both.other.exitCode()).orElse(0);
            return process.exitValue() == 0 ? other : process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Starts the server again on the same folder and the same port, so that clients need not be told. */
    public void startAgain() {
        process = spawn(launcher, dataDirectory, address.getPort(), environment, log);
        address = awaitReady(process, log);
        pair.ifPresent(both -> both.other.startAgain());
    }

    @Override
    public void close() {
        kill();
        pair.ifPresent(both -> both.forwarder.close());
    }

    private static Process spawn(
            Path launcher, Path dataDirectory, int port, Map<String, String> environment, Path log) {
        List<String> command =
                List.of("server", "--data-dir", dataDirectory.toString(), "--listen", "127.0.0.1:" + port);
        try {
            Files.createDirectories(dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spawn(launcher, command, environment, log);
    }

    private static Process spawn(Path launcher, List<String> arguments, Map<String, String> environment, Path log) {
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("There is no " + launcher + " to start; build Coffer first.");
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("COFFER_APPID", Account.APPID);
        builder.environment().put("COFFER_SECRET_ID", Account.SECRET_ID);
        builder.environment().put("COFFER_SECRET_KEY", Account.SECRET_KEY);
        builder.environment().put("COFFER_ADMIN_LISTEN", "off");
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InetSocketAddress awaitReady(Process process, Path log) {
        CompletableFuture<InetSocketAddress> ready = new CompletableFuture<>();
        // Read to the end of the process's life: a full pipe would stop the server.
        Thread.ofVirtual().start(() -> {
            process.inputReader(UTF_8).lines().forEach(line -> {
                Matcher tls = TLS.matcher(line);
                if (tls.matches()) {
                    tlsAddress = Optional.of(new InetSocketAddress(tls.group(1), Integer.parseInt(tls.group(2))));
                }
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
                }
            });
            ready.completeExceptionally(new IOException("its standard output ended"));
        });
        try {
            return ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("The server was not ready within " + READY_WITHIN + "; see " + log, e);
        }
    }
}

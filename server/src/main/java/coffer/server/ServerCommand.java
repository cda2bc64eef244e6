package coffer.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coffer server}: reads the options, starts, waits to be stopped. */
@Command(
        name = "server",
        description = "Starts the server. It prints 'coffer: ready on http://HOST:PORT' when it can serve.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nRoot account, from the environment (made up on the first start if absent):%n",
        footer = {
            "  COFFER_APPID        digits; bucket names end in it",
            "  COFFER_SECRET_ID    the id of the root account's key",
            "  COFFER_SECRET_KEY   its secret",
            "",
            "COFFER_ADMIN_TOKEN holds a token for the admin API, besides those that it makes.",
            "COFFER_JAVA_OPTS holds options for the Java machine, for instance -Xmx256m.",
            "Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong options."
        })
final class ServerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:COFFER_DATA_DIR:-coffer-data}",
            description = "Where everything is kept; with --engine rados, what is this server's own"
                    + " (COFFER_DATA_DIR; default ./coffer-data).")
    private Path dataDir = Path.of("coffer-data");

    @Mixin
    private StoreArguments store = new StoreArguments();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:COFFER_LISTEN:-127.0.0.1:9000}",
            description = "Where to listen; port 0 picks a free one (COFFER_LISTEN; default 127.0.0.1:9000).")
    private String listen = "127.0.0.1:9000";

    @Option(
            names = "--admin-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:COFFER_ADMIN_LISTEN:-127.0.0.1:9001}",
            description = "Where the admin API listens; off for nowhere (COFFER_ADMIN_LISTEN; default 127.0.0.1:9001).")
    private String adminListen = "127.0.0.1:9001";

    @Option(
            names = "--public-metrics",
            defaultValue = "${env:COFFER_PUBLIC_METRICS:-false}",
            description = "Tell /metrics on the admin port to anybody who reaches it, without a token"
                    + " (COFFER_PUBLIC_METRICS; default false).")
    private boolean publicMetrics;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "${env:COFFER_REGION:-ap-guangzhou}",
            split = ",",
            description = "A region that buckets can be made in, repeatable; the first is the default"
                    + " (COFFER_REGION; default ap-guangzhou).")
    private List<String> regions = new ArrayList<>();

    @Option(
            names = "--host-suffix",
            paramLabel = "SUFFIX",
            defaultValue = "${env:COFFER_HOST_SUFFIX:-" + Option.NULL_VALUE + "}",
            split = ",",
            description = "A domain behind which bucket names are host names, repeatable (COFFER_HOST_SUFFIX). The host"
                    + " names of COS are understood under any domain without it.")
    private @Nullable List<String> hostSuffixes;

    @Option(
            names = "--scrub-rate",
            paramLabel = "MIB",
            defaultValue = "${env:COFFER_SCRUB_RATE:-8}",
            description = "Read stored objects again in the background once a week, so many MiB a second, and report"
                    + " damage in the log; 0 for never (COFFER_SCRUB_RATE; default 8).")
    private int scrubMibPerSecond = 8;

    @Option(
            names = "--restore-delay",
            paramLabel = "TIER=TIME",
            defaultValue = "${env:COFFER_RESTORE_DELAY:-}",
            description = "How long it takes to restore archived objects, for instance"
                    + " expedited=1m,standard=3h,bulk=5h; a tier that is not named takes no time"
                    + " (COFFER_RESTORE_DELAY; default none).")
    private String restoreDelay = "";

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_MASTER_KEY_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "The master keys of encrypted objects; made at the first start. Keep a copy apart from the data. With --engine"
                            + " rados, the same for all servers of the store"
                            + " (COFFER_MASTER_KEY_FILE; default master-keys in the data folder).")
    private @Nullable Path masterKeyFile;

    @Option(
            names = "--dev",
            defaultValue = "${env:COFFER_DEV:-false}",
            description =
                    "For development and tests: the clock can be moved, so that what is due in a month happens now;"
                            + " see ./coffer admin clock (COFFER_DEV; default false).")
    private boolean dev;

    @Mixin
    private TlsArguments tls = new TlsArguments();

    @Mixin
    private OutboundArguments outbound = new OutboundArguments();

    @Override
    public Integer call() {
        CofferConfig config = config();
        Termination termination = new Termination();
        try (CofferServer server = CofferServer.start(config)) {
            InetSocketAddress address = server.address();
            if (server.isFirstStart()) {
                System.err.print(Welcome.text(server.rootKey(), address, config));
            }
            if (config.tls().dev()) {
                System.err.print(TrustGuide.text(ServerTls.devFolder(config), address));
            }
            termination.arm();
            server.tlsAddress()
                    .ifPresent(alone -> System.out.println("coffer: TLS on https://" + CofferConfig.text(alone)));
            System.out.println("coffer: ready on http://" + CofferConfig.text(address));
            System.out.flush();
            termination.await();
        } catch (CofferServer.CannotStart e) {
            System.err.println("coffer: " + e.getMessage());
            return 1;
        } finally {
            termination.finished();
        }
        return 0;
    }

    private CofferConfig config() {
        try {
            Optional<Path> keys = Optional.ofNullable(masterKeyFile);
            return new CofferConfig(
                    dataDir,
                    store.config(dataDir),
                    CofferConfig.address("--listen", listen),
                    regions,
                    Optional.ofNullable(hostSuffixes).orElse(List.of()),
                    scrubMibPerSecond,
                    RestoreDelayOption.parse(restoreDelay),
                    ServerKeys.file(dataDir, keys),
                    CofferConfig.Admin.of(adminListen, publicMetrics, System.getenv()),
                    CofferConfig.Root.of(System.getenv()),
                    tls.config(),
                    outbound.config(),
                    dev);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }
}

package coffer.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** All options of {@code coffer server}. Each is a key of the configuration file, too. */
final class ServerArguments {
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
            arity = "0..1",
            fallbackValue = "true", // else the option would mean the opposite of its variable
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
            arity = "0..1",
            fallbackValue = "true", // else the option would mean the opposite of its variable
            defaultValue = "${env:COFFER_DEV:-false}",
            description =
                    "For development and tests: the clock can be moved, so that what is due in a month happens now;"
                            + " see ./coffer admin clock (COFFER_DEV; default false).")
    private boolean dev;

    @Mixin
    private TlsArguments tls = new TlsArguments();

    @Mixin
    private OutboundArguments outbound = new OutboundArguments();

    @Mixin
    private AccountArguments account = new AccountArguments();

    /**
     * What they say.
     *
     * @param spec of the command that has them
     * @throws ParameterException with a sentence for the user, which names the option
     */
    CofferConfig config(CommandSpec spec) {
        try {
            return config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private CofferConfig config() {
        Map<String, String> given = account.values(System.getenv());
        return new CofferConfig(
                dataDir,
                store.config(dataDir),
                CofferConfig.address("--listen", listen),
                regions,
                Optional.ofNullable(hostSuffixes).orElse(List.of()),
                scrubMibPerSecond,
                RestoreDelayOption.parse(restoreDelay),
                ServerKeys.file(dataDir, Optional.ofNullable(masterKeyFile)),
                CofferConfig.Admin.of(adminListen, publicMetrics, given),
                CofferConfig.Root.of(given),
                tls.config(),
                outbound.config(),
                dev);
    }
}

package coffer.server;

import coffer.address.IpRange;
import coffer.egress.HttpOutbound;
import coffer.egress.Trust;
import coffer.importing.Import;
import coffer.importing.ImportPlan;
import coffer.importing.ImportStopped;
import coffer.outbound.AddressRules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coffer import}: copies the objects of another store into one that is running. */
@Command(
        name = "import",
        description =
                "Copies objects from any S3 or COS store into a running server, while both are in use. What is there already"
                        + " is left as it is, so it can be run again to bring over what was added.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nFor instance:%n",
        footer = {
            "  COFFER_IMPORT_FROM_SECRET_KEY=... COFFER_IMPORT_TO_SECRET_KEY=... ./coffer import \\",
            "      --from http://minio:9000 --from-access-key KEY --to http://localhost:8080 --to-access-key KEY \\",
            "      --journal import.journal",
            "",
            "Interrupted, it goes on where it was when it is run again with the same options.",
            "Exit codes: 0 everything is there, 1 something is not, 2 wrong options."
        })
final class ImportCommand implements Callable<Integer> {
    private static final AddressRules ANYWHERE = new AddressRules(
            List.of(
                    IpRange.parse("0.0.0.0/0").orElseThrow(),
                    IpRange.parse("::/0").orElseThrow()),
            List.of());
    private static final int SHOWN_EVERY_MILLIS = 250;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "URL",
            required = true,
            description = "Where the source is: http://HOST:PORT.")
    private String from = "";

    @Option(
            names = "--from-access-key",
            paramLabel = "KEY",
            defaultValue = "${env:COFFER_IMPORT_FROM_ACCESS_KEY:-" + Option.NULL_VALUE + "}",
            description = "The access key, or secret id, of the source (COFFER_IMPORT_FROM_ACCESS_KEY).")
    private @Nullable String fromAccessKey;

    @Option(
            names = "--from-secret-key-file",
            paramLabel = "FILE",
            description = "A file with its secret key; else that is taken from COFFER_IMPORT_FROM_SECRET_KEY.")
    private @Nullable Path fromSecretKeyFile;

    @Option(names = "--from-bucket", paramLabel = "BUCKET", description = "The bucket to copy (default all).")
    private @Nullable String fromBucket;

    @Option(
            names = "--from-dialect",
            paramLabel = "DIALECT",
            defaultValue = "s3",
            description = "s3 or cos (default ${DEFAULT-VALUE}).")
    private String fromDialect = "s3";

    @Option(
            names = "--from-region",
            paramLabel = "NAME",
            description = "The region that signatures of S3 name (default us-east-1).")
    private @Nullable String fromRegion;

    @Option(
            names = "--from-path-style",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether buckets are named in the path, not before the host (default for s3).")
    private @Nullable Boolean fromPathStyle;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "Where the target is: http://HOST:PORT.")
    private String to = "";

    @Option(
            names = "--to-access-key",
            paramLabel = "KEY",
            defaultValue = "${env:COFFER_IMPORT_TO_ACCESS_KEY:-" + Option.NULL_VALUE + "}",
            description = "The access key, or secret id, of the target (COFFER_IMPORT_TO_ACCESS_KEY).")
    private @Nullable String toAccessKey;

    @Option(
            names = "--to-secret-key-file",
            paramLabel = "FILE",
            description = "A file with its secret key; else that is taken from COFFER_IMPORT_TO_SECRET_KEY.")
    private @Nullable Path toSecretKeyFile;

    @Option(
            names = "--to-bucket",
            paramLabel = "BUCKET",
            description = "Where the objects of --from-bucket go to (default its name). Missing buckets are made.")
    private @Nullable String toBucket;

    @Option(
            names = "--to-dialect",
            paramLabel = "DIALECT",
            defaultValue = "s3",
            description = "s3 or cos (default ${DEFAULT-VALUE}).")
    private String toDialect = "s3";

    @Option(
            names = "--to-region",
            paramLabel = "NAME",
            description = "The region that signatures of S3 name (default us-east-1).")
    private @Nullable String toRegion;

    @Option(
            names = "--to-path-style",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether buckets are named in the path, not before the host (default for s3).")
    private @Nullable Boolean toPathStyle;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates of authorities, in PEM, that are believed beside the known ones.")
    private @Nullable Path authorities;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Copy only keys that begin with it.")
    private String prefix = "";

    @Option(
            names = "--versions",
            description =
                    "Copy all versions and delete markers in their order, not the newest alone. The target's buckets"
                            + " are set to keep versions.")
    private boolean withVersions;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description =
                    "Remember in this file how far it is. Without one each run compares the listings from their begin,"
                            + " and a kill may leave the parts of large objects at the target.")
    private @Nullable Path journal;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many objects or parts are under way at once, 1 to 32 (default ${DEFAULT-VALUE}).")
    private int concurrency = 16;

    @Option(
            names = "--verify",
            description =
                    "Read each copy again from the target. All copies are checked while they are made, without it too.")
    private boolean verifies;

    @Override
    public Integer call() {
        ImportPlan plan = plan();
        Clock clock = Clock.systemUTC();
        // Looked up anew for each use: what it belongs to is the thread.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        try (HttpOutbound outbound = HttpOutbound.open(
                        ANYWHERE, Optional.ofNullable(authorities).map(Trust::alsoIn), "coffer-import");
                ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().factory())) {
            Import run = new Import(outbound, plan, clock, random);
            ImportPrinter printer = new ImportPrinter(run.tally(), journal == null, clock);
            var _ = ticks.scheduleAtFixedRate(printer::show, 0, SHOWN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            try {
                run.run(Optional.ofNullable(journal));
            } finally {
                ticks.shutdownNow();
            }
            printer.conclude();
            return run.tally().snapshot().failed() == 0 ? 0 : 1;
        } catch (ImportStopped e) {
            System.err.println("coffer: " + e.getMessage());
            return 1;
        }
    }

    private ImportPlan plan() {
        try {
            if (toBucket != null && fromBucket == null) {
                throw new IllegalArgumentException("--to-bucket needs --from-bucket: all buckets keep their names.");
            }
            if (concurrency < 1 || concurrency > ImportPlan.MOST_STREAMS) {
                throw new IllegalArgumentException("--concurrency must be 1 to " + ImportPlan.MOST_STREAMS + ".");
            }
            ImportSide source = new ImportSide(
                    "from", from, fromDialect, fromRegion, fromPathStyle, fromAccessKey, fromSecretKeyFile);
            ImportSide target =
                    new ImportSide("to", to, toDialect, toRegion, toPathStyle, toAccessKey, toSecretKeyFile);
            return new ImportPlan(
                    source.store(System.getenv()),
                    target.store(System.getenv()),
                    Optional.ofNullable(fromBucket),
                    Optional.ofNullable(toBucket),
                    prefix,
                    concurrency,
                    withVersions,
                    verifies);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }
}

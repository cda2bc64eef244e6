package coffer.server;

import coffer.bucket.BucketLimits;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyException;
import coffer.migration.Migration;
import coffer.record.UniqueIds;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coffer migrate}: copies the whole store of stopped servers into another engine. */
@Command(
        name = "migrate",
        description =
                "Copies a whole store into another engine or folder, while no server runs on either: accounts, keys,"
                        + " buckets with their settings, objects with all versions, uploads under way. Then everything is compared,"
                        + " and all objects are read again. The old store stays as it is.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nFor instance:%n",
        footer = {
            "  ./coffer migrate --from-data-dir coffer-data --to-engine rados --ceph-conf /etc/ceph/ceph.conf \\",
            "      --meta-pool coffer-meta --data-pool coffer-data",
            "",
            "Interrupted, it goes on where it was when it is run again with the same options.",
            "Exit codes: 0 the new store is whole, 1 it is not, 2 wrong options."
        })
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from-data-dir", paramLabel = "DIR", description = "The data folder to copy.")
    private @Nullable Path fromDataDir;

    @Option(
            names = "--from-engine",
            paramLabel = "ENGINE",
            description = "rados, to copy a store on Ceph instead of a data folder.")
    private @Nullable String fromEngine;

    @Option(
            names = "--to-data-dir",
            paramLabel = "DIR",
            description = "The data folder to copy to: an empty one, or one that is to be made.")
    private @Nullable Path toDataDir;

    @Option(
            names = "--to-engine",
            paramLabel = "ENGINE",
            description = "rados, to copy into a store on Ceph that has nothing yet.")
    private @Nullable String toEngine;

    @Mixin
    private CephArguments ceph = new CephArguments();

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_MASTER_KEY_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "The master keys of the old store, so that encrypted objects can be compared with their checksums"
                            + " (COFFER_MASTER_KEY_FILE; default master-keys in the old data folder). Everything is copied without"
                            + " them, too.")
    private @Nullable Path masterKeyFile;

    @Option(
            names = "--accept-losses",
            description = "Finish though objects that were listed are damaged in the old store and therefore missing in"
                    + " the new one.")
    private boolean acceptsLosses;

    @Override
    public Integer call() {
        MigrationStores.Plan plan = plan();
        Clock clock = Clock.systemUTC();
        try (MigrationStores stores = MigrationStores.open(plan)) {
            MigrationPrinter printer = new MigrationPrinter(buckets(stores, clock)::all, clock);
            Migration migration =
                    new Migration(stores.source(), stores.target(), plan.from().toString(), clock, printer);
            Migration.Report report = migration.run(this::keys, acceptsLosses);
            printer.conclude(report, keyFile(), plan);
            return report.finished() ? 0 : 1;
        } catch (Migration.Refused e) {
            System.err.println("coffer: " + e.getMessage());
            return 1;
        } catch (StoreException e) {
            System.err.println("coffer: " + e.getMessage());
            System.err.println("coffer: Run the same command again to go on, once that is mended.");
            return 1;
        }
    }

    private MigrationStores.Plan plan() {
        try {
            MigrationStores.Place from = place("from", fromDataDir, fromEngine);
            MigrationStores.Place to = place("to", toDataDir, toEngine);
            return new MigrationStores.Plan(from, to);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private MigrationStores.Place place(String side, @Nullable Path dataDir, @Nullable String engine) {
        if ((dataDir == null) == (engine == null)) {
            throw new IllegalArgumentException(
                    "Give --" + side + "-data-dir DIR or --" + side + "-engine rados, and not both.");
        }
        if (engine != null && !engine.equals("rados")) {
            throw new IllegalArgumentException("--" + side + "-engine must be rados, not '" + engine
                    + "'; a data folder is" + " named by --" + side + "-data-dir.");
        }
        // On Ceph it has the store to itself: there is nothing to remember and to tell others of.
        return dataDir == null
                ? new MigrationStores.Place.OnCeph(ceph.options(_ -> false))
                : new MigrationStores.Place.Folder(dataDir.toAbsolutePath().normalize());
    }

    private static BucketService buckets(MigrationStores stores, InstantSource clock) {
        UniqueIds ids = new UniqueIds(clock, () -> ThreadLocalRandom.current().nextLong());
        return new BucketService(stores.source().metadata(), BucketLimits.USUAL, clock, ids);
    }

    private Optional<Path> keyFile() {
        return Optional.ofNullable(masterKeyFile)
                .or(() -> Optional.ofNullable(fromDataDir).map(folder -> ServerKeys.file(folder, Optional.empty())));
    }

    /** Without them, what is stored is compared all the same. */
    private ContentKeys keys(MetadataStore metadata) {
        KeyService service = KeyService.none();
        try {
            service = keyFile().map(file -> ServerKeys.ofCheck(metadata, file)).orElse(service);
        } catch (MasterKeyException e) {
            System.err.println("coffer: " + e.getMessage());
        }
        return new ContentKeys(service, new SecureRandom());
    }
}

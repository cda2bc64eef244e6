package coffer.server;

import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyException;
import coffer.identity.Keyring;
import coffer.integrity.StoreCheck;
import coffer.operation.Callers;
import coffer.operation.Services;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.store.Finding;
import coffer.store.Inspection;
import coffer.store.StoreException;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import coffer.usage.UsageRows;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coffer verify}: checks the data folder of a stopped server as a whole. */
@Command(
        name = "verify",
        description = "Checks the data folder of a stopped server completely: every object is read and compared with"
                + " its checksums, every reference followed both ways.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nFindings:%n",
        footer = {
            "  LOSS         bytes that were acknowledged are damaged or gone; nothing can repair that",
            "  DAMAGE       stored bytes are not what was written; whether anybody needs them, a LOSS says",
            "  LEAK         space taken by what nobody can reach; --repair frees it",
            "  BOOKKEEPING  what is kept to find or to free things is wrong; --repair puts it right",
            "",
            "Exit codes: 0 nothing is wrong any longer, 1 something is, 2 wrong options."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Map<Finding.Kind, Integer> open = new EnumMap<>(Finding.Kind.class);
    private int repaired;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:COFFER_DATA_DIR:-coffer-data}",
            description = "The folder to check (COFFER_DATA_DIR; default ./coffer-data).")
    private Path dataDir = Path.of("coffer-data");

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "${env:COFFER_ENGINE:-" + StoreArguments.LOCAL + "}",
            description = "Where the store is; only local can be checked (COFFER_ENGINE; default local).")
    private String engine = StoreArguments.LOCAL;

    @Option(
            names = "--repair",
            description =
                    "Put right what can be without taking anything from anybody. Damaged objects stay as they are.")
    private boolean repair;

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_MASTER_KEY_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "The master keys of encrypted objects (COFFER_MASTER_KEY_FILE; default master-keys in the data"
                            + " folder). Without them, and with a customer's key always, the stored bytes are checked but not"
                            + " what they say.")
    private @Nullable Path masterKeyFile;

    @Override
    public Integer call() {
        if (!engine.equals(StoreArguments.LOCAL)) {
            System.err.println(
                    "coffer: Only stores of --engine local can be checked as a whole. What is on Ceph is read again by"
                            + " the running servers, see --scrub-rate, and by Ceph's own deep scrub.");
            return 1;
        }
        long begun = System.nanoTime();
        try (Inspection inspection = LocalInspection.open(dataDir, LocalOptions.DEFAULT)) {
            StoreCheck.Totals totals = check(inspection);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "checked %,d buckets, %,d objects, %,d parts of uploads, %s in %.1f s%n",
                    totals.buckets(),
                    totals.objects(),
                    totals.parts(),
                    bytes(totals.bytes()),
                    seconds);
            print(inspection.space());
            if (totals.sealed() > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%,d objects and parts are encrypted by keys that are not here: what is stored of them was"
                                + " checked, not what it says%n",
                        totals.sealed());
            }
        } catch (StoreException e) {
            System.err.println("coffer: " + e.getMessage());
            return 1;
        }
        return conclude();
    }

    private StoreCheck.Totals check(Inspection inspection) {
        InstantSource clock = Clock.systemUTC();
        Keyring nobody = (secretId, token) -> Optional.empty();
        UniqueIds ids = new UniqueIds(clock, () -> ThreadLocalRandom.current().nextLong());
        ContentKeys keys = new ContentKeys(keys(inspection), new SecureRandom());
        Services services = Services.over(
                inspection.engine(),
                Callers.roots(nobody, clock),
                keys,
                clock,
                ids,
                List.of(),
                RestoreDelays.NONE,
                Outbound.NONE,
                Targets.NONE);
        services.buckets().recover();
        if (repair) {
            new UsageRows(inspection.engine().metadata()).forget(); // what is freed was counted
        }
        return new StoreCheck(inspection, keys, services.buckets(), services.uploads(), repair, this::print).run();
    }

    /** Keys that are there and do not fit are a loss: what they are for cannot be read. */
    private KeyService keys(Inspection inspection) {
        Path file = ServerKeys.file(dataDir, Optional.ofNullable(masterKeyFile));
        try {
            return ServerKeys.ofCheck(inspection.engine().metadata(), file);
        } catch (MasterKeyException e) {
            print(new Finding(Finding.Kind.LOSS, "master keys", String.valueOf(e.getMessage()), false));
            return KeyService.none();
        }
    }

    private void print(Finding finding) {
        if (finding.repaired()) {
            repaired++;
        } else {
            open.merge(finding.kind(), 1, Integer::sum);
        }
        System.out.printf(
                Locale.ROOT,
                "%-11s  %s: %s%s%n",
                finding.kind(),
                finding.place(),
                finding.message(),
                finding.repaired() ? " (repaired)" : "");
    }

    private static void print(Inspection.SpaceUse space) {
        System.out.printf(
                Locale.ROOT,
                "on the disk: log %s, %.0f%% of it needed; %,d blobs, %s; index %s%n",
                bytes(space.rowBytes()),
                100.0 * space.liveRowBytes() / Math.max(1, space.rowBytes()),
                space.blobs(),
                bytes(space.blobBytes()),
                bytes(space.indexBytes()));
    }

    private int conclude() {
        if (repaired > 0) {
            System.out.printf(Locale.ROOT, "%,d findings were repaired%n", repaired);
        }
        if (open.isEmpty()) {
            System.out.println("everything is as it should be");
            return 0;
        }
        open.forEach((kind, count) -> System.out.printf(Locale.ROOT, "%,d x %s%n", count, kind));
        boolean repairable = open.containsKey(Finding.Kind.LEAK) || open.containsKey(Finding.Kind.BOOKKEEPING);
        if (!repair && repairable) {
            System.out.println("LEAK and BOOKKEEPING can be repaired: run it again with --repair");
        }
        return 1;
    }

    static String bytes(long count) {
        double value = count;
        int unit = 0;
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        while (value >= 1024 && unit + 1 < units.length) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? "%.0f %s" : "%.1f %s").formatted(value, units[unit]);
    }
}

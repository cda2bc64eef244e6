package coffer.server;

import coffer.bucket.Bucket;
import coffer.migration.Loss;
import coffer.migration.Migration;
import coffer.migration.Phase;
import coffer.migration.Position;
import coffer.migration.StoreSize;
import coffer.store.RowKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows how a migration goes: one line that changes on a terminal, else a line now and then. Thread-safe. */
final class MigrationPrinter implements Migration.Watcher {
    private final Supplier<List<Bucket>> buckets;
    private final ProgressLine progress;
    private volatile StoreSize all = new StoreSize(0, 0);

    /** @param buckets of the old store */
    MigrationPrinter(Supplier<List<Bucket>> buckets, InstantSource clock) {
        this.buckets = buckets;
        this.progress = new ProgressLine(clock);
    }

    @Override
    public void begins(StoreSize size) {
        all = size;
        line("%,d rows and %s of objects are to be copied".formatted(size.rows(), bytes(size.bytes())));
    }

    @Override
    public void reached(Phase phase, Position position) {
        StoreSize size = all;
        progress.show(() -> "%s: %,d of %,d rows, %s of %s"
                .formatted(
                        phase == Phase.COPY ? "copying" : "comparing",
                        position.rows(),
                        size.rows(),
                        bytes(position.bytes()),
                        bytes(size.bytes())));
    }

    @Override
    public void lost(Phase phase, Loss loss) {
        line("LOSS  " + place(loss.row()) + ": " + loss.problem());
    }

    private String place(RowKey row) {
        String space = row.group().space();
        String bucket = buckets.get().stream()
                .filter(one -> one.space().equals(space))
                .map(one -> one.name().toString())
                .findFirst()
                .orElse(space);
        String which = row.suffix().isEmpty() ? "" : ", row " + row.kind() + " " + row.suffix();
        return bucket + "/" + row.group().key() + which;
    }

    /** Says how it ended and what is to be done. */
    void conclude(Migration.Report report, Optional<Path> keyFile, MigrationStores.Plan plan) {
        line(String.format(
                Locale.ROOT,
                "%,d rows and %s of objects are in %s and were compared with %s, in %.1f s",
                report.rows(),
                bytes(report.bytes()),
                plan.to(),
                plan.from(),
                progress.seconds()));
        if (report.sealed() > 0) {
            line(
                    "%,d objects and parts are encrypted by keys that are not here: what is stored of them was read, not what it says"
                            .formatted(report.sealed()));
        }
        if (report.losses() > 0) {
            line("%,d rows are not there or not as they were; they are listed above".formatted(report.losses()));
        }
        if (report.foreign() > 0) {
            line("%,d rows are there that the old store does not have: it was used meanwhile"
                    .formatted(report.foreign()));
        }
        if (!report.finished()) {
            line(
                    "The new store is not whole, and no server starts on it. If what is listed is damaged in the old store and"
                            + " nothing can be done about it, run this again with --accept-losses; if the old store was used meanwhile,"
                            + " empty the new one and begin again.");
            return;
        }
        line(
                report.losses() + report.foreign() == 0
                        ? "everything is as it was"
                        : "the new store is finished as it is");
        line("Start the servers of the new store with the master keys of the old one: --master-key-file with a copy of "
                + keyFile.map(Path::toString).orElse("the old servers' file") + ".");
    }

    private void line(String text) {
        progress.line(text);
    }

    private static String bytes(long count) {
        return VerifyCommand.bytes(count);
    }
}

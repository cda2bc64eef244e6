package coffer.server;

import coffer.importing.Tally;
import java.time.InstantSource;
import java.util.Locale;

/** Shows how an import goes. Thread-safe. */
final class ImportPrinter {
    /** Objects take time beside their bytes: as much as this many. */
    private static final long OVERHEAD_BYTES = 64 * 1024;

    private final ProgressLine progress;
    private final Tally tally;
    private final boolean isSync;

    /** @param isSync whether there is no journal, so that it begins anew each time */
    ImportPrinter(Tally tally, boolean isSync, InstantSource clock) {
        this.tally = tally;
        this.isSync = isSync;
        this.progress = new ProgressLine(clock);
    }

    /** Shows how far it is, if it is time to. */
    void show() {
        progress.show(this::position);
    }

    private String position() {
        Tally.Snapshot now = tally.snapshot();
        double seconds = Math.max(0.001, progress.seconds());
        String rate = "%,.0f/s, %s/s".formatted((now.copied() + now.markers()) / seconds, VerifyCommand.bytes((long)
                (now.copiedBytes() / seconds)));
        return "%,d of %s%,d objects, %s of %s; copied %,d, %s%s%s"
                .formatted(
                        now.seen(),
                        now.allIsKnown() ? "" : "at least ",
                        Math.max(now.seen(), now.all()),
                        VerifyCommand.bytes(now.seenBytes()),
                        VerifyCommand.bytes(Math.max(now.seenBytes(), now.allBytes())),
                        now.copied() + now.markers(),
                        rate,
                        now.failed() > 0 ? "; %,d failed".formatted(now.failed()) : "",
                        left(now, seconds));
    }

    private static String left(Tally.Snapshot now, double seconds) {
        double seen = now.seenBytes() + (double) now.seen() * OVERHEAD_BYTES;
        double all = now.allBytes() + (double) now.all() * OVERHEAD_BYTES;
        if (!now.allIsKnown() || seen <= 0 || all <= seen) {
            return "";
        }
        long rest = (long) (seconds * (all - seen) / seen);
        return "; %d:%02d:%02d left".formatted(rest / 3600, rest / 60 % 60, rest % 60);
    }

    /** Says how it ended. */
    void conclude() {
        Tally.Snapshot now = tally.snapshot();
        progress.line(String.format(
                Locale.ROOT,
                "%,d objects and %,d delete markers were copied, %s, in %.1f s; %,d were there already",
                now.copied(),
                now.markers(),
                VerifyCommand.bytes(now.copiedBytes()),
                progress.seconds(),
                Math.max(0, now.seen() - now.copied() - now.markers() - now.failed())));
        if (now.retries() > 0) {
            progress.line("%,d requests were repeated".formatted(now.retries()));
        }
        tally.uncarried().forEach((what, objects) -> progress.line("%,d %s".formatted(objects, what.sentence())));
        if (now.copied() > 0) {
            progress.line(
                    "The copies have the date of today, and the rights of their buckets: dates and ACLs do not come over.");
        }
        tally.failures().forEach(failure -> progress.line("FAILED  " + failure));
        if (now.failed() > 0) {
            progress.line("%,d objects could not be copied%s. Run the same command again to try them once more."
                    .formatted(now.failed(), now.failed() > Tally.MOST_LISTED ? "; the first stand above" : ""));
        } else {
            progress.line("everything is there" + (isSync ? "" : "; the journal is finished"));
        }
    }
}

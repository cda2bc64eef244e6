package coffer.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Commands about the server as a whole. */
final class ServerCommands {
    private ServerCommands() {}

    /** {@code coffer admin usage}. */
    @Command(name = "usage", description = "Shows how much each account holds, and may hold.")
    static final class Usage implements Runnable {
        @ParentCommand
        private @Nullable AdminCommand parent;

        @Override
        public void run() {
            AdminCommand admin = Objects.requireNonNull(parent);
            admin.printRows(
                    admin.client().get("/usage"),
                    "accounts",
                    "appId",
                    "name",
                    "buckets",
                    "usage.objects",
                    "usage.bytes|bytes",
                    "usage.approximate",
                    "quota.bytes|bytes",
                    "quota.objects",
                    "quota.buckets");
        }
    }

    /** {@code coffer admin status}. */
    @Command(name = "status", description = "Shows how the server is.")
    static final class Status implements Runnable {
        @ParentCommand
        private @Nullable AdminCommand parent;

        @Override
        public void run() {
            AdminCommand admin = Objects.requireNonNull(parent);
            admin.printFields(
                    admin.client().get("/status"),
                    "version",
                    "started",
                    "uptimeSeconds",
                    "trouble",
                    "rootAppId",
                    "listens",
                    "regions",
                    "disk.path",
                    "disk.totalBytes|bytes",
                    "disk.freeBytes|bytes",
                    "memory.heapUsedBytes|bytes",
                    "memory.heapMaxBytes|bytes",
                    "counts.accounts",
                    "counts.buckets");
        }
    }
}

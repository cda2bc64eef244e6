package coffer.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

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

    /** {@code coffer admin worker}. */
    @Command(name = "worker", description = "What the store does by itself.")
    static final class Worker implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @ParentCommand
        private @Nullable AdminCommand parent;

        private AdminCommand admin() {
            return Objects.requireNonNull(parent);
        }

        @Override
        public void run() {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Say what to do: coffer admin worker COMMAND.");
        }

        @Command(name = "list", description = "Lists the workers.")
        void list() {
            admin().printRows(
                            admin().client().get("/workers"), "workers", "name", "state", "next", "trouble", "figures");
        }

        @Command(name = "pause", description = "Lets a worker do no more, also after a restart.")
        void pause(@Parameters(paramLabel = "NAME", description = "The name of the worker.") String name) {
            set(name, true);
        }

        @Command(name = "resume", description = "Lets a worker go on.")
        void resume(@Parameters(paramLabel = "NAME", description = "The name of the worker.") String name) {
            set(name, false);
        }

        private void set(String name, boolean paused) {
            JsonNode state = admin().client()
                    .patch(
                            "/workers" + AdminClient.step(name),
                            AdminClient.object().put("paused", paused));
            admin().printFields(state, "name", "state", "next");
        }
    }

    /** {@code coffer admin clock}. */
    @Command(name = "clock", description = "The clock of a server that was started with --dev.")
    static final class Clock implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @ParentCommand
        private @Nullable AdminCommand parent;

        private AdminCommand admin() {
            return Objects.requireNonNull(parent);
        }

        @Override
        public void run() {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Say what to do: coffer admin clock COMMAND.");
        }

        @Command(name = "show", description = "Shows what time it is for the server.")
        void show() {
            print(admin().client().get("/clock"));
        }

        @Command(name = "advance", description = "Moves the clock forward and waits for what falls due.")
        void advance(
                @Parameters(paramLabel = "TIME", description = "How far, for instance P30D or PT1H30M.") String time) {
            print(admin().client().post("/clock", AdminClient.object().put("advance", time)));
        }

        private void print(JsonNode clock) {
            admin().printFields(clock, "now", "movable", "aheadSeconds", "settled");
        }
    }
}

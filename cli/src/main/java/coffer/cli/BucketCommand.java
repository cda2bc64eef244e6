package coffer.cli;

import coffer.api.PercentCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin bucket}. */
@Command(name = "bucket", description = "Buckets of all accounts.")
final class BucketCommand implements Runnable {
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
                Objects.requireNonNull(spec).commandLine(), "Say what to do: coffer admin bucket COMMAND.");
    }

    @Command(name = "list", description = "Lists the buckets.")
    void list(
            @Option(
                            names = {"-a", "--account"},
                            paramLabel = "APPID",
                            description = "Only those of an account.")
                    @Nullable
                    String account) {
        String of = account == null ? "" : "?appId=" + PercentCode.encode(account);
        admin().printRows(
                        admin().client().get("/buckets" + of),
                        "buckets",
                        "name",
                        "appId",
                        "region",
                        "usage.bytes|bytes",
                        "usage.objects",
                        "usage.approximate",
                        "settings",
                        "created");
    }

    @Command(name = "get", description = "Shows a bucket.")
    void get(@Parameters(paramLabel = "BUCKET", description = "Its full name.") String bucket) {
        JsonNode found = admin().client().get("/buckets" + AdminClient.step(bucket));
        admin().printFields(
                        found,
                        "name",
                        "appId",
                        "ownerUin",
                        "region",
                        "created",
                        "usage.bytes|bytes",
                        "usage.objects",
                        "usage.approximate",
                        "settings");
    }
}

package coffer.cli;

import coffer.api.PercentCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin bucket}. */
@Command(name = "bucket", description = "Buckets of all accounts.")
final class BucketCommand extends CommandGroup {
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

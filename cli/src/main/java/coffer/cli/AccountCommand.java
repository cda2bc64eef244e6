package coffer.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin account}. */
@Command(name = "account", description = "Accounts: each has buckets, users and keys of its own.")
final class AccountCommand extends CommandGroup {
    @Command(name = "list", description = "Lists all accounts.")
    void list() {
        admin().printRows(
                        admin().client().get("/accounts"),
                        "accounts",
                        "appId",
                        "name",
                        "uin",
                        "quota.bytes|bytes",
                        "quota.objects",
                        "quota.buckets",
                        "created");
    }

    @Command(name = "get", description = "Shows an account.")
    void get(@Parameters(paramLabel = "APPID", description = "The account.") String appId) {
        print(admin().client().get("/accounts" + AdminClient.step(appId)));
    }

    @Command(name = "create", description = "Makes an account; give it a key with: coffer admin key create -a APPID.")
    void create(
            @Parameters(paramLabel = "NAME", description = "A name for people.") String name,
            @Option(names = "--app-id", paramLabel = "APPID", description = "5 to 15 digits; made up if absent.")
                    @Nullable
                    String appId) {
        ObjectNode wanted = AdminClient.object().put("name", name);
        if (appId != null) {
            wanted.put("appId", appId);
        }
        print(admin().client().post("/accounts", wanted));
    }

    @Command(name = "update", description = "Gives an account another name or other limits; what is not named stays.")
    void update(
            @Parameters(paramLabel = "APPID", description = "The account.") String appId,
            @Option(names = "--name", paramLabel = "NAME", description = "A name for people.") @Nullable String name,
            @Option(
                            names = "--quota-bytes",
                            paramLabel = "SIZE",
                            description = "Bytes it may keep, such as 10GiB, or unlimited.")
                    @Nullable
                    String bytes,
            @Option(
                            names = "--quota-objects",
                            paramLabel = "COUNT",
                            description = "Objects it may keep, with all their versions, or unlimited.")
                    @Nullable
                    String objects,
            @Option(names = "--quota-buckets", paramLabel = "COUNT", description = "Buckets it may have.") @Nullable
                    Integer buckets) {
        String path = "/accounts" + AdminClient.step(appId);
        ObjectNode wanted = AdminClient.object();
        if (name != null) {
            wanted.put("name", name);
        }
        if (bytes != null || objects != null || buckets != null) {
            JsonNode now = admin().client().get(path).path("quota");
            ObjectNode quota = wanted.putObject("quota");
            now.propertyStream().forEach(limit -> quota.set(limit.getKey(), limit.getValue()));
            limit(quota, "bytes", "--quota-bytes", bytes);
            limit(quota, "objects", "--quota-objects", objects);
            if (buckets != null) {
                quota.put("buckets", buckets);
            }
        }
        print(admin().client().patch(path, wanted));
    }

    private static void limit(ObjectNode quota, String field, String option, @Nullable String text) {
        if (text != null) {
            Quantity.limit(option, text).ifPresentOrElse(number -> quota.put(field, number), () -> quota.remove(field));
        }
    }

    @Command(name = "delete", description = "Removes an account without buckets, with its users and keys.")
    void delete(@Parameters(paramLabel = "APPID", description = "The account.") String appId) {
        JsonNode _ = admin().client().delete("/accounts" + AdminClient.step(appId));
        admin().printDone("Deleted the account " + appId + ".");
    }

    private void print(JsonNode account) {
        admin().printFields(
                        account,
                        "appId",
                        "uin",
                        "name",
                        "created",
                        "quota.bytes|bytes",
                        "quota.objects",
                        "quota.buckets",
                        "keys");
    }
}

package coffer.cli;

import coffer.api.PercentCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin key}. */
@Command(name = "key", description = "Keys to sign requests with, of the root user or of a user; two at a time.")
final class KeyCommand extends AccountCommandGroup {
    @Command(name = "list", description = "Lists the keys of the root user or of a user.")
    void list(
            @Option(names = "--user", paramLabel = "USER", description = "Name or UIN; the root user if absent.")
                    @Nullable
                    String user) {
        String of = user == null ? "" : "?user=" + PercentCode.encode(user);
        admin().printRows(
                        admin().client().get(keys() + of),
                        "keys",
                        "secretId",
                        "userUin",
                        "enabled",
                        "created",
                        "lastUsed");
    }

    @Command(name = "create", description = "Makes a key; its secret is shown now and never again.")
    void create(
            @Option(names = "--user", paramLabel = "USER", description = "Name or UIN; the root user if absent.")
                    @Nullable
                    String user) {
        ObjectNode wanted = AdminClient.object();
        if (user != null) {
            wanted.put("user", user);
        }
        admin().printFields(admin().client().post(keys(), wanted), "secretId", "secretKey");
    }

    @Command(name = "enable", description = "Lets a key be used again.")
    void enable(@Parameters(paramLabel = "SECRET_ID", description = "The id of the key.") String key) {
        set(key, true);
    }

    @Command(name = "disable", description = "Keeps a key from being used.")
    void disable(@Parameters(paramLabel = "SECRET_ID", description = "The id of the key.") String key) {
        set(key, false);
    }

    private void set(String key, boolean enabled) {
        ObjectNode wanted = AdminClient.object().put("enabled", enabled);
        admin().printFields(
                        admin().client().patch(keys() + AdminClient.step(key), wanted),
                        "secretId",
                        "userUin",
                        "enabled",
                        "created",
                        "lastUsed");
    }

    @Command(name = "delete", description = "Removes a key.")
    void delete(@Parameters(paramLabel = "SECRET_ID", description = "The id of the key.") String key) {
        JsonNode _ = admin().client().delete(keys() + AdminClient.step(key));
        admin().printDone("Deleted the key " + key + ".");
    }

    private String keys() {
        return ofAccount("/keys");
    }
}

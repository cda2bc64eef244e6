package coffer.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin token}. */
@Command(name = "token", description = "Tokens of the admin API.")
final class TokenCommand extends CommandGroup {
    @Command(name = "list", description = "Lists the tokens.")
    void list() {
        admin().printRows(admin().client().get("/tokens"), "tokens", "id", "name", "role", "created", "expires");
    }

    @Command(name = "create", description = "Makes a token; its text is shown now and never again.")
    void create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "read-only",
                            description = "metrics, read-only or admin (default read-only).")
                    String role,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "When it ends: 12h, 30d or 2027-01-01T00:00:00Z; never if absent.")
                    @Nullable
                    String expires) {
        ObjectNode wanted = AdminClient.object().put("name", name).put("role", role);
        if (expires != null) {
            wanted.put(
                    "expires", Quantity.end("--expires", expires, Instant.now()).toString());
        }
        admin().printFields(admin().client().post("/tokens", wanted), "id", "token", "role", "expires");
    }

    @Command(name = "revoke", description = "Ends a token.")
    void revoke(@Parameters(paramLabel = "ID", description = "The id of the token.") String id) {
        JsonNode _ = admin().client().delete("/tokens" + AdminClient.step(id));
        admin().printDone("Revoked the token " + id + ".");
    }
}

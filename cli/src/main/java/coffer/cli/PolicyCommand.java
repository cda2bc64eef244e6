package coffer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin policy}. */
@Command(name = "policy", description = "Policies of an account, in the grammar of CAM.")
final class PolicyCommand extends AccountCommandGroup {
    @Command(name = "list", description = "Lists the policies of the account and the preset ones.")
    void list() {
        admin().printRows(admin().client().get(policies()), "policies", "name", "preset", "changed", "trouble");
    }

    @Command(name = "get", description = "Shows a policy.")
    void get(@Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().get(policies() + AdminClient.step(policy)));
    }

    @Command(name = "put", description = "Makes a policy or replaces it; who has it is bound by it at once.")
    void put(
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy,
            @Parameters(paramLabel = "FILE", description = "The document in JSON; - for standard input.") String file) {
        ObjectNode body = AdminClient.object();
        body.put("document", document(file));
        print(admin().client().put(policies() + AdminClient.step(policy), body));
    }

    private static String document(String file) {
        try {
            return file.equals("-") ? new String(System.in.readAllBytes(), UTF_8) : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + file + ": " + e.getMessage());
        }
    }

    @Command(name = "delete", description = "Removes a policy that nobody has.")
    void delete(@Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        JsonNode _ = admin().client().delete(policies() + AdminClient.step(policy));
        admin().printDone("Deleted the policy " + policy + ".");
    }

    private void print(JsonNode policy) {
        admin().printFields(policy, "name", "preset", "changed", "trouble", "document");
    }

    private String policies() {
        return ofAccount("/policies");
    }
}

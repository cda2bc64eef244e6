package coffer.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin role}. */
@Command(name = "role", description = "Roles of an account, which others can assume for a while.")
final class RoleCommand extends AccountCommandGroup {
    @Command(name = "list", description = "Lists the roles.")
    void list() {
        admin().printRows(admin().client().get(roles()), "roles", "name", "id", "policies", "trusted", "created");
    }

    @Command(name = "get", description = "Shows a role.")
    void get(@Parameters(paramLabel = "ROLE", description = "Its name.") String role) {
        print(admin().client().get(roles() + AdminClient.step(role)));
    }

    @Command(name = "create", description = "Makes a role without policies.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Unique in the account.") String name,
            @Option(
                            names = "--trust",
                            paramLabel = "PRINCIPAL",
                            description = "Who may assume it, repeatable: qcs::cam::uin/<owner>:uin/<user>.")
                    @Nullable
                    List<String> trusted) {
        ObjectNode wanted = AdminClient.object().put("name", name);
        put(wanted.putArray("trusted"), trusted);
        print(admin().client().post(roles(), wanted));
    }

    @Command(name = "trust", description = "Says who may assume a role, instead of those before.")
    void trust(
            @Parameters(paramLabel = "ROLE", description = "Its name.") String role,
            @Parameters(paramLabel = "PRINCIPAL", arity = "0..*", description = "qcs::cam::uin/<owner>:uin/<user>.")
                    @Nullable
                    List<String> trusted) {
        ObjectNode wanted = AdminClient.object();
        put(wanted.putArray("trusted"), trusted);
        print(admin().client().put(roles() + AdminClient.step(role) + "/trusted", wanted));
    }

    private static void put(ArrayNode array, @Nullable List<String> texts) {
        if (texts != null) {
            texts.forEach(array::add);
        }
    }

    @Command(name = "delete", description = "Removes a role; who has assumed it can do nothing more with it.")
    void delete(@Parameters(paramLabel = "ROLE", description = "Its name.") String role) {
        JsonNode _ = admin().client().delete(roles() + AdminClient.step(role));
        admin().printDone("Deleted the role " + role + ".");
    }

    @Command(name = "attach", description = "Gives a role a policy.")
    void attach(
            @Parameters(paramLabel = "ROLE", description = "Its name.") String role,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().put(roles() + AdminClient.step(role) + "/policies" + AdminClient.step(policy)));
    }

    @Command(name = "detach", description = "Takes a policy from a role.")
    void detach(
            @Parameters(paramLabel = "ROLE", description = "Its name.") String role,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().delete(roles() + AdminClient.step(role) + "/policies" + AdminClient.step(policy)));
    }

    private void print(JsonNode role) {
        admin().printFields(role, "name", "id", "created", "policies", "trusted");
    }

    private String roles() {
        return ofAccount("/roles");
    }
}

package coffer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin group}. */
@Command(name = "group", description = "Groups of users, who have the policies of their groups beside their own.")
final class GroupCommand extends AccountCommandGroup {
    @Command(name = "list", description = "Lists the groups.")
    void list() {
        admin().printRows(admin().client().get(groups()), "groups", "name", "policies", "members", "created");
    }

    @Command(name = "get", description = "Shows a group with its members.")
    void get(@Parameters(paramLabel = "GROUP", description = "Its name.") String group) {
        print(admin().client().get(groups() + AdminClient.step(group)));
    }

    @Command(name = "create", description = "Makes a group without members and policies.")
    void create(@Parameters(paramLabel = "NAME", description = "Unique in the account.") String name) {
        print(admin().client().post(groups(), AdminClient.object().put("name", name)));
    }

    @Command(name = "delete", description = "Removes a group without members.")
    void delete(@Parameters(paramLabel = "GROUP", description = "Its name.") String group) {
        JsonNode _ = admin().client().delete(groups() + AdminClient.step(group));
        admin().printDone("Deleted the group " + group + ".");
    }

    @Command(name = "attach", description = "Gives a group a policy.")
    void attach(
            @Parameters(paramLabel = "GROUP", description = "Its name.") String group,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().put(groups() + AdminClient.step(group) + "/policies" + AdminClient.step(policy)));
    }

    @Command(name = "detach", description = "Takes a policy from a group.")
    void detach(
            @Parameters(paramLabel = "GROUP", description = "Its name.") String group,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().delete(groups() + AdminClient.step(group) + "/policies" + AdminClient.step(policy)));
    }

    private void print(JsonNode group) {
        admin().printFields(group, "name", "created", "policies", "members");
    }

    private String groups() {
        return ofAccount("/groups");
    }
}

package coffer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin user}. */
@Command(name = "user", description = "Users of an account; they may do what policies allow.")
final class UserCommand extends AccountCommandGroup {
    @Command(name = "list", description = "Lists the users.")
    void list() {
        admin().printRows(
                        admin().client().get(users()), "users", "name", "uin", "groups", "policies", "keys", "created");
    }

    @Command(name = "get", description = "Shows a user.")
    void get(@Parameters(paramLabel = "USER", description = "Name or UIN.") String user) {
        print(admin().client().get(users() + AdminClient.step(user)));
    }

    @Command(name = "create", description = "Makes a user without rights and keys.")
    void create(@Parameters(paramLabel = "NAME", description = "Unique in the account.") String name) {
        print(admin().client().post(users(), AdminClient.object().put("name", name)));
    }

    @Command(name = "delete", description = "Removes a user; the keys of the user work no longer.")
    void delete(@Parameters(paramLabel = "USER", description = "Name or UIN.") String user) {
        JsonNode _ = admin().client().delete(users() + AdminClient.step(user));
        admin().printDone("Deleted the user " + user + ".");
    }

    @Command(name = "attach", description = "Gives a user a policy.")
    void attach(
            @Parameters(paramLabel = "USER", description = "Name or UIN.") String user,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().put(users() + AdminClient.step(user) + "/policies" + AdminClient.step(policy)));
    }

    @Command(name = "detach", description = "Takes a policy from a user.")
    void detach(
            @Parameters(paramLabel = "USER", description = "Name or UIN.") String user,
            @Parameters(paramLabel = "POLICY", description = "Its name.") String policy) {
        print(admin().client().delete(users() + AdminClient.step(user) + "/policies" + AdminClient.step(policy)));
    }

    @Command(name = "join", description = "Makes a user a member of a group.")
    void join(
            @Parameters(paramLabel = "USER", description = "Name or UIN.") String user,
            @Parameters(paramLabel = "GROUP", description = "Its name.") String group) {
        print(admin().client().put(users() + AdminClient.step(user) + "/groups" + AdminClient.step(group)));
    }

    @Command(name = "leave", description = "Ends a membership.")
    void leave(
            @Parameters(paramLabel = "USER", description = "Name or UIN.") String user,
            @Parameters(paramLabel = "GROUP", description = "Its name.") String group) {
        print(admin().client().delete(users() + AdminClient.step(user) + "/groups" + AdminClient.step(group)));
    }

    private void print(JsonNode user) {
        admin().printFields(user, "name", "uin", "created", "groups", "policies", "keys");
    }

    private String users() {
        return ofAccount("/users");
    }
}

package coffer.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Commands about what belongs to one account. */
abstract class AccountCommandGroup extends CommandGroup {
    @Option(
            names = {"-a", "--account"},
            scope = ScopeType.INHERIT,
            paramLabel = "APPID",
            defaultValue = "${env:COFFER_APPID:-" + Option.NULL_VALUE + "}",
            description = "The account (COFFER_APPID; default the first one of the server).")
    private @Nullable String account;

    /**
     * Where the account's things are.
     *
     * @param things what they are called in paths, with a slash before
     */
    final String ofAccount(String things) {
        return "/accounts" + AdminClient.step(admin().account(account)) + things;
    }
}

package coffer.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin}: what all its commands have in common. */
@Command(
        name = "admin",
        description = "Looks after a running server by its admin API.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            AccountCommand.class,
            UserCommand.class,
            GroupCommand.class,
            PolicyCommand.class,
            RoleCommand.class,
            KeyCommand.class,
            WebhookCommand.class,
            RemoteCommand.class,
            TokenCommand.class,
            BucketCommand.class,
            ExplainCommands.Access.class,
            ExplainCommands.Request.class,
            ServerCommands.Usage.class,
            ServerCommands.Status.class,
            WorkerCommand.class,
            ClockCommand.class
        },
        footer = {
            "",
            "Give a token (--token, COFFER_ADMIN_TOKEN) or a key of the root user of the first account (--secret-id and"
                    + " --secret-key, COFFER_SECRET_ID and COFFER_SECRET_KEY).",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 cannot connect."
        })
final class AdminCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:COFFER_ADMIN_URL:-http://127.0.0.1:9001}",
            description = "Where the admin API is (COFFER_ADMIN_URL; default http://127.0.0.1:9001).")
    private String url = "http://127.0.0.1:9001";

    @Option(
            names = "--cacert",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_ADMIN_CACERT:-" + Option.NULL_VALUE + "}",
            description = "For https: trust the certificates in this file in PEM, and no others"
                    + " (COFFER_ADMIN_CACERT; default those that Java trusts).")
    private @Nullable Path cacert;

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            defaultValue = "${env:COFFER_ADMIN_TOKEN:-" + Option.NULL_VALUE + "}",
            description = "A token of the admin API (COFFER_ADMIN_TOKEN, which other users of the machine do not see).")
    private @Nullable String token;

    @Option(
            names = "--secret-id",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            defaultValue = "${env:COFFER_SECRET_ID:-" + Option.NULL_VALUE + "}",
            description = "A key of the root user of the first account (COFFER_SECRET_ID).")
    private @Nullable String secretId;

    @Option(
            names = "--secret-key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            defaultValue = "${env:COFFER_SECRET_KEY:-" + Option.NULL_VALUE + "}",
            description = "Its secret (COFFER_SECRET_KEY).")
    private @Nullable String secretKey;

    /** How answers are printed. */
    enum Format {
        table,
        json
    }

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people or json for programs (default table).")
    private Format format = Format.table;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Say what to do: coffer admin COMMAND.");
    }

    @Command(
            name = "completion",
            description = "Prints a script that completes commands in bash: source <(coffer admin completion).")
    void completion() {
        out().print(AutoComplete.bash("coffer", Main.commandLine()));
        out().flush();
    }

    AdminClient client() {
        return new AdminClient(
                server(), Optional.ofNullable(cacert).map(TrustedCertificates::in), credentials(), Clock.systemUTC());
    }

    private AdminClient.Credentials credentials() {
        if (token != null && !token.isEmpty()) {
            return new AdminClient.Credentials.Token(token);
        }
        if (secretId != null && secretKey != null) {
            return new AdminClient.Credentials.Key(secretId, secretKey);
        }
        throw Failure.usage("Give a token (--token or COFFER_ADMIN_TOKEN) or a key of the root user (--secret-id and"
                + " --secret-key, or COFFER_SECRET_ID and COFFER_SECRET_KEY).");
    }

    private URI server() {
        try {
            URI parsed = new URI(url);
            if (parsed.getHost() != null && List.of("http", "https").contains(parsed.getScheme())) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            // the same sentence as for another kind of URL
        }
        throw Failure.usage("--url is the address of the admin API, such as http://127.0.0.1:9001, not '" + url + "'.");
    }

    /**
     * The account a command is about: the one that is named, or else the first of the server.
     */
    String account(@Nullable String named) {
        return Optional.ofNullable(named)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> client().get("/status").path("rootAppId").asString());
    }

    /** Prints a list: a line for each item. */
    void printRows(JsonNode answer, String field, String... columns) {
        if (format == Format.json) {
            out().println(AdminClient.pretty(answer));
        } else {
            Table.rows(out(), answer.path(field), List.of(columns));
        }
        out().flush();
    }

    /** Prints one thing: a line for each field. */
    void printFields(JsonNode answer, String... columns) {
        if (format == Format.json) {
            out().println(AdminClient.pretty(answer));
        } else {
            Table.fields(out(), answer, List.of(columns));
        }
        out().flush();
    }

    /** Prints that something is done that answers nothing. */
    void printDone(String sentence) {
        if (format == Format.json) {
            out().println("{}");
        } else {
            out().println(sentence);
        }
        out().flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}

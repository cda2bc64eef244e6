package coffer.cli;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;

/** Commands that say why. */
final class ExplainCommands {
    private ExplainCommands() {}

    /** {@code coffer admin explain-access}. */
    @Command(
            name = "explain-access",
            description = "Says whether somebody may do something, and which statement or grant decides it. Without"
                    + " --as-key and --as-account it is about somebody who signs nothing.")
    static final class Access implements Runnable {
        @ParentCommand
        private @Nullable AdminCommand parent;

        @Parameters(index = "0", paramLabel = "ACTION", description = "Such as name/cos:GetObject, or GetObject.")
        private String action = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "BUCKET", description = "Its full name.")
        private @Nullable String bucket;

        @Parameters(index = "2", arity = "0..1", paramLabel = "KEY", description = "The key of an object.")
        private @Nullable String key;

        @Option(names = "--as-key", paramLabel = "SECRET_ID", description = "Whoever has this key.")
        private @Nullable String asKey;

        @Option(names = "--as-account", paramLabel = "APPID", description = "The root user of an account.")
        private @Nullable String asAccount;

        @Option(names = "--as-user", paramLabel = "USER", description = "A user of that account, by name or UIN.")
        private @Nullable String asUser;

        @Option(names = "--as-role", paramLabel = "ROLE", description = "A role of that account.")
        private @Nullable String asRole;

        @Option(names = "--version-id", paramLabel = "ID", description = "A version of the object.")
        private @Nullable String versionId;

        @Option(names = "--source-ip", paramLabel = "IP", description = "Where the request comes from.")
        private @Nullable String sourceIp;

        @Option(names = "--secure", description = "It comes over TLS.")
        private boolean secure;

        @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header, repeatable.")
        private @Nullable Map<String, String> headers;

        @Option(names = "--query", paramLabel = "NAME=VALUE", description = "A parameter, repeatable.")
        private @Nullable Map<String, String> query;

        @Override
        public void run() {
            AdminCommand admin = Objects.requireNonNull(parent);
            if ((asUser != null || asRole != null) && asAccount == null) {
                throw Failure.usage("--as-user and --as-role need --as-account.");
            }
            ObjectNode asked = AdminClient.object().put("action", action).put("secure", secure);
            put(asked, "secretId", asKey);
            put(asked, "appId", asAccount);
            put(asked, "user", asUser);
            put(asked, "role", asRole);
            put(asked, "bucket", bucket);
            put(asked, "key", key);
            put(asked, "versionId", versionId);
            put(asked, "sourceIp", sourceIp);
            put(asked, "headers", headers);
            put(asked, "query", query);
            admin.printFields(
                    admin.client().post("/explain-access", asked),
                    "allowed",
                    "reason",
                    "principal",
                    "action",
                    "resource");
        }

        private static void put(ObjectNode asked, String field, @Nullable String value) {
            if (value != null) {
                asked.put(field, value);
            }
        }

        private static void put(ObjectNode asked, String field, @Nullable Map<String, String> values) {
            if (values != null) {
                ObjectNode object = asked.putObject(field);
                values.forEach(object::put);
            }
        }
    }

    /** {@code coffer admin explain-request}. */
    @Command(
            name = "explain-request",
            description =
                    "Says why a request was answered 403, by the x-cos-request-id in its answer; without one, lists"
                            + " the last of them.")
    static final class Request implements Runnable {
        @ParentCommand
        private @Nullable AdminCommand parent;

        @Parameters(index = "0", arity = "0..1", paramLabel = "REQUEST_ID", description = "As the answer has it.")
        private @Nullable String requestId;

        @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "20", description = "How many (default 20).")
        private int limit = 20;

        @Override
        public void run() {
            AdminCommand admin = Objects.requireNonNull(parent);
            if (requestId == null) {
                admin.printRows(
                        admin.client().get("/refusals?limit=" + limit),
                        "refusals",
                        "time",
                        "requestId",
                        "remoteAddress",
                        "operation",
                        "path",
                        "code");
                return;
            }
            admin.printFields(
                    admin.client().get("/refusals" + AdminClient.step(requestId)),
                    "time",
                    "requestId",
                    "remoteAddress",
                    "method",
                    "host",
                    "path",
                    "operation",
                    "code",
                    "message",
                    "principal",
                    "secretId",
                    "action",
                    "resource",
                    "reason",
                    "finding");
        }
    }
}

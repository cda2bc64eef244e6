package coffer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who the root account is. Secrets themselves are no options: every user of a machine sees those. */
final class AccountArguments {
    @Option(
            names = "--appid",
            paramLabel = "APPID",
            defaultValue = "${env:COFFER_APPID:-" + Option.NULL_VALUE + "}",
            description = "The number of the root account, which bucket names end in; it cannot change later"
                    + " (COFFER_APPID; default made up at the first start).")
    private @Nullable String appId;

    @Option(
            names = "--secret-id",
            paramLabel = "ID",
            defaultValue = "${env:COFFER_SECRET_ID:-" + Option.NULL_VALUE + "}",
            description = "The id of the root account's key; given at a later start, it replaces the old one"
                    + " (COFFER_SECRET_ID; default made up at the first start).")
    private @Nullable String secretId;

    @Option(
            names = "--secret-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_SECRET_KEY_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "The file that has the secret of that key, 8 characters or more; COFFER_SECRET_KEY has the secret"
                            + " itself (COFFER_SECRET_KEY_FILE; default made up at the first start).")
    private @Nullable Path secretKeyFile;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_ADMIN_TOKEN_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "The file that has a token for the admin API, 16 characters or more, besides those that it makes;"
                            + " COFFER_ADMIN_TOKEN has the token itself (COFFER_ADMIN_TOKEN_FILE; default none).")
    private @Nullable Path adminTokenFile;

    /**
     * The account and the token under the names of their variables.
     *
     * @throws IllegalArgumentException with a sentence if a file cannot be read, or a secret is given twice
     */
    Map<String, String> values(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        Optional.ofNullable(appId).ifPresent(text -> values.put("COFFER_APPID", text));
        Optional.ofNullable(secretId).ifPresent(text -> values.put("COFFER_SECRET_ID", text));
        secret(values, environment, "COFFER_SECRET_KEY", "--secret-key-file", secretKeyFile);
        secret(values, environment, "COFFER_ADMIN_TOKEN", "--admin-token-file", adminTokenFile);
        return values;
    }

    private static void secret(
            Map<String, String> values,
            Map<String, String> environment,
            String variable,
            String option,
            @Nullable Path file) {
        String given = environment.getOrDefault(variable, "");
        if (file == null) {
            values.put(variable, given);
        } else if (given.isEmpty()) {
            values.put(variable, read(option, file));
        } else {
            throw new IllegalArgumentException("Set either " + variable + " or " + option + ", not both.");
        }
    }

    private static String read(String option, Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("The file of " + option + ", " + file + ", is empty.");
            }
            return text;
        } catch (IOException e) {
            throw new IllegalArgumentException("The file of " + option + " cannot be read: " + e, e);
        }
    }
}

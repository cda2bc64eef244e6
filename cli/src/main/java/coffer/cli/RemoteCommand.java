package coffer.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin remote}. */
@Command(name = "remote", description = "Remote stores of an account: regions that are other stores.")
final class RemoteCommand extends AccountCommandGroup {
    private static final String SECRET_KEY = "COFFER_REMOTE_SECRET_KEY";

    @Command(name = "list", description = "Lists the remote stores.")
    void list() {
        admin().printRows(
                        admin().client().get(remotes()),
                        "remotes",
                        "region",
                        "endpoint",
                        "dialect",
                        "pathStyle",
                        "signingRegion",
                        "secretId",
                        "created");
    }

    @Command(name = "show", description = "Shows a remote store, without its secret key.")
    void show(@Parameters(paramLabel = "REGION", description = "How it is called here.") String region) {
        print(admin().client().get(remotes() + AdminClient.step(region)));
    }

    @Command(
            name = "put",
            description = "Makes a region a remote store, or replaces it as a whole. Its secret key is taken from "
                    + SECRET_KEY + " or standard input.")
    void put(
            @Parameters(paramLabel = "REGION", description = "How it is called here; no region of this server.")
                    String region,
            @Parameters(paramLabel = "ENDPOINT", description = "http://HOST:PORT or https://HOST:PORT.")
                    String endpoint,
            @Option(names = "--dialect", paramLabel = "DIALECT", required = true, description = "cos or s3.")
                    String dialect,
            @Option(
                            names = "--remote-id",
                            paramLabel = "ID",
                            required = true,
                            description = "The secret id, or access key, to use it with.")
                    String remoteId,
            @Option(
                            names = "--path-style",
                            arity = "1",
                            paramLabel = "true|false",
                            description =
                                    "Whether the bucket is named in the path, not before the host (default for s3).")
                    @Nullable
                    Boolean pathStyle,
            @Option(
                            names = "--signing-region",
                            paramLabel = "NAME",
                            description = "What signatures of S3 name (default the region).")
                    @Nullable
                    String signingRegion) {
        ObjectNode wanted = AdminClient.object()
                .put("endpoint", endpoint)
                .put("dialect", dialect)
                .put("secretId", remoteId);
        if (pathStyle != null) {
            wanted.put("pathStyle", pathStyle);
        }
        if (signingRegion != null) {
            wanted.put("signingRegion", signingRegion);
        }
        String path = remotes() + AdminClient.step(region);
        wanted.put("secretKey", SecretInput.read(SECRET_KEY, "secret key of the remote store"));
        print(admin().client().put(path, wanted));
    }

    @Command(name = "delete", description = "Removes a remote store; what is there stays.")
    void delete(@Parameters(paramLabel = "REGION", description = "How it is called here.") String region) {
        JsonNode _ = admin().client().delete(remotes() + AdminClient.step(region));
        admin().printDone("Deleted the remote store " + region + ".");
    }

    private void print(JsonNode remote) {
        admin().printFields(
                        remote, "region", "endpoint", "dialect", "pathStyle", "signingRegion", "secretId", "created");
    }

    private String remotes() {
        return ofAccount("/remotes");
    }
}

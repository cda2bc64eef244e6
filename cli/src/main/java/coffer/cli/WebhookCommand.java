package coffer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer admin webhook}. */
@Command(name = "webhook", description = "Webhooks of an account: URLs that are told what happens in buckets.")
final class WebhookCommand extends AccountCommandGroup {
    private static final String SECRET = "COFFER_WEBHOOK_SECRET";

    @Command(name = "list", description = "Lists the webhooks.")
    void list() {
        admin().printRows(admin().client().get(webhooks()), "webhooks", "name", "url", "created");
    }

    @Command(name = "show", description = "Shows a webhook, without its secret.")
    void show(@Parameters(paramLabel = "WEBHOOK", description = "Its name.") String webhook) {
        print(admin().client().get(webhooks() + AdminClient.step(webhook)));
    }

    @Command(name = "create", description = "Makes a webhook; its secret is shown now and never again.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Unique in the account.") String name,
            @Parameters(paramLabel = "URL", description = "Where requests go, http or https.") String url,
            @Option(
                            names = "--own-secret",
                            description =
                                    "Take the secret from " + SECRET + " or standard input instead of making one up:"
                                            + " whsec_ and the base64 of 24 to 64 random bytes.")
                    boolean ownSecret) {
        ObjectNode wanted = AdminClient.object().put("name", name).put("url", url);
        if (ownSecret) {
            wanted.put("secret", SecretInput.read(SECRET, "secret of the webhook"));
        }
        admin().printFields(admin().client().post(webhooks(), wanted), "name", "url", "created", "secret");
    }

    @Command(name = "update", description = "Gives a webhook another URL; its secret stays.")
    void update(
            @Parameters(paramLabel = "WEBHOOK", description = "Its name.") String webhook,
            @Parameters(paramLabel = "URL", description = "Where requests go, http or https.") String url) {
        print(admin().client()
                .patch(
                        webhooks() + AdminClient.step(webhook),
                        AdminClient.object().put("url", url)));
    }

    @Command(name = "delete", description = "Removes a webhook.")
    void delete(@Parameters(paramLabel = "WEBHOOK", description = "Its name.") String webhook) {
        JsonNode _ = admin().client().delete(webhooks() + AdminClient.step(webhook));
        admin().printDone("Deleted the webhook " + webhook + ".");
    }

    private void print(JsonNode webhook) {
        admin().printFields(webhook, "name", "url", "created");
    }

    private String webhooks() {
        return ofAccount("/webhooks");
    }
}

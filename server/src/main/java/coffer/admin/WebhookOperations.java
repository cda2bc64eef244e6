package coffer.admin;

import coffer.cam.WebhookInfo;
import coffer.cam.Webhooks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with webhooks. Of their URLs, the audit log has no more than scheme, host and port. */
final class WebhookOperations {
    private WebhookOperations() {}

    /** A webhook. */
    record WebhookView(String name, String url, Instant created) {
        static WebhookView of(WebhookInfo webhook) {
            return new WebhookView(webhook.name(), webhook.url().toString(), webhook.created());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record WebhookList(List<WebhookView> webhooks) {}

    /** @param secret not shown again */
    record NewWebhookView(String name, String url, Instant created, String secret) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param secret {@code whsec_} and the base64 of 24 to 64 random bytes; made up if absent */
    record CreateWebhook(String name, String url, Optional<String> secret) {
        @Override
        public String toString() {
            return name;
        }
    }

    record UpdateWebhook(String url) {
        @Override
        public String toString() {
            return "UpdateWebhook";
        }
    }

    static WebhookList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new WebhookList(services.cam().webhooks().list(appId).stream()
                .map(WebhookView::of)
                .toList());
    }

    static NewWebhookView create(AdminServices services, AdminCall call) {
        CreateWebhook wanted = call.body(CreateWebhook.class);
        Webhooks.NewWebhook made =
                services.cam().webhooks().create(call.path("appId"), wanted.name, wanted.url, wanted.secret);
        WebhookInfo webhook = made.webhook();
        call.audit("webhook", webhook.name());
        call.audit("url", webhook.shownUrl());
        return new NewWebhookView(webhook.name(), webhook.url().toString(), webhook.created(), made.secret());
    }

    static WebhookView get(AdminServices services, AdminCall call) {
        return WebhookView.of(services.cam().webhooks().require(call.path("appId"), call.path("webhook")));
    }

    static WebhookView update(AdminServices services, AdminCall call) {
        String url = call.body(UpdateWebhook.class).url;
        WebhookInfo changed = services.cam().webhooks().update(call.path("appId"), call.path("webhook"), url);
        call.audit("url", changed.shownUrl());
        return WebhookView.of(changed);
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().webhooks().delete(call.path("appId"), call.path("webhook"));
        return new AdminWork.None();
    }
}

package coffer.admin;

import coffer.cam.Policies;
import coffer.cam.PolicyInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the admin API does with policies. */
final class PolicyOperations {
    private PolicyOperations() {}

    /**
     * A policy.
     *
     * @param preset whether every account has it and none can change it
     * @param changed absent for a preset one
     * @param trouble why the stored document cannot be read, in which case it denies everything
     * @param document in the grammar of CAM
     */
    record PolicyView(
            String name, boolean preset, Optional<Instant> changed, Optional<String> trouble, JsonNode document) {
        static PolicyView of(PolicyInfo policy) {
            boolean preset = Policies.isPreset(policy.name());
            String text = policy.policy().trouble().isEmpty() ? policy.policy().text() : "null";
            return new PolicyView(
                    policy.name(),
                    preset,
                    preset ? Optional.empty() : Optional.of(policy.changed()),
                    policy.policy().trouble(),
                    Json.tree(text));
        }
    }

    record PolicyList(List<PolicyView> policies) {}

    /** @param document an object, or its text as a string */
    record PutPolicy(JsonNode document) {}

    static PolicyList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new PolicyList(services.cam().policies().list(appId).stream()
                .map(PolicyView::of)
                .toList());
    }

    static PolicyView get(AdminServices services, AdminCall call) {
        return PolicyView.of(services.cam().policies().require(call.path("appId"), call.path("policy")));
    }

    static PolicyView put(AdminServices services, AdminCall call) {
        JsonNode document = call.body(PutPolicy.class).document;
        String text = document.isString() ? document.asString() : document.toString();
        return PolicyView.of(services.cam().policies().put(call.path("appId"), call.path("policy"), text));
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().policies().delete(call.path("appId"), call.path("policy"));
        return new AdminWork.None();
    }
}

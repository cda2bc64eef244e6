package coffer.admin;

import coffer.cam.AccessKeys;
import coffer.cam.KeyInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with the keys that requests are signed with. */
final class KeyOperations {
    private KeyOperations() {}

    /**
     * A key.
     *
     * @param userUin whose it is; absent for the root user
     * @param lastUsed to about ten minutes
     */
    record KeyView(
            String secretId, Optional<String> userUin, boolean enabled, Instant created, Optional<Instant> lastUsed) {
        static KeyView of(KeyInfo key) {
            return new KeyView(key.secretId(), key.userUin(), key.enabled(), key.created(), key.lastUsed());
        }
    }

    record KeyList(List<KeyView> keys) {}

    /** @param secretKey not shown again */
    record NewKeyView(String secretId, String secretKey) {
        @Override
        public String toString() {
            return secretId;
        }
    }

    /** @param user by name or UIN; absent for the root user */
    record CreateKey(Optional<String> user) {}

    record UpdateKey(boolean enabled) {}

    static KeyList list(AdminServices services, AdminCall call) {
        return new KeyList(services.cam().keys().list(call.path("appId"), call.parameter("user")).stream()
                .map(KeyView::of)
                .toList());
    }

    static NewKeyView create(AdminServices services, AdminCall call) {
        CreateKey wanted = call.body(CreateKey.class);
        AccessKeys.NewKey made = services.cam().keys().create(call.path("appId"), wanted.user);
        call.audit("secretId", made.secretId());
        wanted.user.ifPresent(user -> call.audit("user", user));
        return new NewKeyView(made.secretId(), made.secretKey());
    }

    static KeyView update(AdminServices services, AdminCall call) {
        boolean enabled = call.body(UpdateKey.class).enabled;
        call.audit("enabled", Boolean.toString(enabled));
        return KeyView.of(services.cam().keys().setEnabled(call.path("appId"), call.path("secretId"), enabled));
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().keys().delete(call.path("appId"), call.path("secretId"));
        return new AdminWork.None();
    }
}

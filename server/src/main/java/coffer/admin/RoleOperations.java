package coffer.admin;

import coffer.cam.RoleInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with roles. */
final class RoleOperations {
    private RoleOperations() {}

    /** @param trusted who may assume it: {@code qcs::cam::uin/<owner>:uin/<user>} */
    record RoleView(String id, String name, Instant created, List<String> trusted, List<String> policies) {
        static RoleView of(RoleInfo role) {
            return new RoleView(role.id(), role.name(), role.created(), role.trusted(), role.policies());
        }
    }

    record RoleList(List<RoleView> roles) {}

    record CreateRole(String name, Optional<List<String>> trusted) {}

    record TrustRole(List<String> trusted) {}

    static RoleList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new RoleList(
                services.cam().roles().list(appId).stream().map(RoleView::of).toList());
    }

    static RoleView create(AdminServices services, AdminCall call) {
        CreateRole wanted = call.body(CreateRole.class);
        RoleInfo made =
                services.cam().roles().create(call.path("appId"), wanted.name, wanted.trusted.orElse(List.of()));
        call.audit("role", made.name());
        return RoleView.of(made);
    }

    static RoleView get(AdminServices services, AdminCall call) {
        return RoleView.of(services.cam().roles().require(call.path("appId"), call.path("role")));
    }

    static RoleView trust(AdminServices services, AdminCall call) {
        TrustRole wanted = call.body(TrustRole.class);
        return RoleView.of(services.cam().roles().trust(call.path("appId"), call.path("role"), wanted.trusted));
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().roles().delete(call.path("appId"), call.path("role"));
        return new AdminWork.None();
    }

    static RoleView attach(AdminServices services, AdminCall call) {
        return RoleView.of(services.cam().roles().attach(call.path("appId"), call.path("role"), call.path("policy")));
    }

    static RoleView detach(AdminServices services, AdminCall call) {
        return RoleView.of(services.cam().roles().detach(call.path("appId"), call.path("role"), call.path("policy")));
    }
}

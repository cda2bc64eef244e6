package coffer.admin;

import coffer.cam.UserInfo;
import java.time.Instant;
import java.util.List;

/** What the admin API does with users. */
final class UserOperations {
    private UserOperations() {}

    /**
     * A user.
     *
     * @param uin how ACLs and policies name him
     * @param policies his own; those of his groups count too
     * @param keys ids
     */
    record UserView(
            String uin, String name, Instant created, List<String> groups, List<String> policies, List<String> keys) {
        static UserView of(UserInfo user) {
            return new UserView(user.uin(), user.name(), user.created(), user.groups(), user.policies(), user.keys());
        }
    }

    record UserList(List<UserView> users) {}

    record CreateUser(String name) {}

    static UserList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new UserList(
                services.cam().users().list(appId).stream().map(UserView::of).toList());
    }

    static UserView create(AdminServices services, AdminCall call) {
        CreateUser wanted = call.body(CreateUser.class);
        UserView made = UserView.of(services.cam().users().create(call.path("appId"), wanted.name));
        call.audit("user", made.name);
        call.audit("uin", made.uin);
        return made;
    }

    static UserView get(AdminServices services, AdminCall call) {
        return UserView.of(services.cam().users().require(call.path("appId"), call.path("user")));
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().users().delete(call.path("appId"), call.path("user"));
        return new AdminWork.None();
    }

    static UserView attach(AdminServices services, AdminCall call) {
        return UserView.of(services.cam().users().attach(call.path("appId"), call.path("user"), call.path("policy")));
    }

    static UserView detach(AdminServices services, AdminCall call) {
        return UserView.of(services.cam().users().detach(call.path("appId"), call.path("user"), call.path("policy")));
    }

    static UserView join(AdminServices services, AdminCall call) {
        return UserView.of(services.cam().users().join(call.path("appId"), call.path("user"), call.path("group")));
    }

    static UserView leave(AdminServices services, AdminCall call) {
        return UserView.of(services.cam().users().leave(call.path("appId"), call.path("user"), call.path("group")));
    }
}

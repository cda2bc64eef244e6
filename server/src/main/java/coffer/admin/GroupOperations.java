package coffer.admin;

import coffer.cam.Cam;
import coffer.cam.GroupInfo;
import coffer.cam.UserInfo;
import java.time.Instant;
import java.util.List;

/** What the admin API does with groups. */
final class GroupOperations {
    private GroupOperations() {}

    /** @param members names of users */
    record GroupView(String name, Instant created, List<String> policies, List<String> members) {
        static GroupView of(Cam cam, String appId, GroupInfo group) {
            return new GroupView(
                    group.name(),
                    group.created(),
                    group.policies(),
                    cam.groups().members(appId, group.name()).stream()
                            .map(UserInfo::name)
                            .toList());
        }
    }

    record GroupList(List<GroupView> groups) {}

    record CreateGroup(String name) {}

    static GroupList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new GroupList(services.cam().groups().list(appId).stream()
                .map(group -> GroupView.of(services.cam(), appId, group))
                .toList());
    }

    static GroupView create(AdminServices services, AdminCall call) {
        CreateGroup wanted = call.body(CreateGroup.class);
        GroupInfo made = services.cam().groups().create(call.path("appId"), wanted.name);
        call.audit("group", made.name());
        return GroupView.of(services.cam(), call.path("appId"), made);
    }

    static GroupView get(AdminServices services, AdminCall call) {
        return GroupView.of(
                services.cam(),
                call.path("appId"),
                services.cam().groups().require(call.path("appId"), call.path("group")));
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().groups().delete(call.path("appId"), call.path("group"));
        return new AdminWork.None();
    }

    static GroupView attach(AdminServices services, AdminCall call) {
        String appId = call.path("appId");
        return GroupView.of(
                services.cam(), appId, services.cam().groups().attach(appId, call.path("group"), call.path("policy")));
    }

    static GroupView detach(AdminServices services, AdminCall call) {
        String appId = call.path("appId");
        return GroupView.of(
                services.cam(), appId, services.cam().groups().detach(appId, call.path("group"), call.path("policy")));
    }
}

package coffer.cam;

import coffer.store.Change;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The groups of users of accounts. Thread-safe. */
public final class Groups {
    private final CamRows rows;
    private final Policies policies;
    private final InstantSource clock;

    Groups(CamRows rows, Policies policies, InstantSource clock) {
        this.rows = rows;
        this.policies = policies;
        this.clock = clock;
    }

    /** The groups of an account, by name. */
    public List<GroupInfo> list(String appId) {
        return rows.list(CamRows.Kind.GROUP, appId);
    }

    public Optional<GroupInfo> find(String appId, String name) {
        return rows.find(CamRows.Kind.GROUP, appId, name);
    }

    /**
     * The group of this name.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public GroupInfo require(String appId, String name) {
        return find(appId, name).orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no group " + name + "."));
    }

    /**
     * Makes a group without members and policies.
     *
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code NO_SUCH_ENTITY}
     */
    public GroupInfo create(String appId, String name) {
        String checked = CamName.check("group", name);
        return rows.change(appId, account -> {
            if (find(appId, checked).isPresent()) {
                throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a group " + checked + ".");
            }
            GroupInfo group = new GroupInfo(checked, clock.instant(), List.of());
            return new CamRows.Plan<>(group, account, List.of(put(appId, group)));
        });
    }

    /**
     * Removes a group.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}, {@code DELETE_CONFLICT} while it has members
     */
    public void delete(String appId, String name) {
        GroupInfo _ = rows.change(appId, account -> {
            GroupInfo group = require(appId, name);
            if (!members(appId, name).isEmpty()) {
                throw CamError.DELETE_CONFLICT.because("The group " + name + " has members; remove them first.");
            }
            return new CamRows.Plan<>(group, account, List.of(Change.delete(CamRows.Kind.GROUP.row(appId, name))));
        });
    }

    /** The users in a group, by UIN. */
    public List<UserInfo> members(String appId, String name) {
        return rows.list(CamRows.Kind.USER, appId).stream()
                .filter(user -> user.groups().contains(name))
                .toList();
    }

    /** Gives a group a policy. */
    public GroupInfo attach(String appId, String name, String policy) {
        return update(appId, name, group -> {
            PolicyInfo _ = policies.require(appId, policy);
            return group.withPolicies(Names.with(group.policies(), policy));
        });
    }

    /** Takes a policy from a group; no error if it does not have it. */
    public GroupInfo detach(String appId, String name, String policy) {
        return update(appId, name, group -> group.withPolicies(Names.without(group.policies(), policy)));
    }

    private GroupInfo update(String appId, String name, UnaryOperator<GroupInfo> change) {
        return rows.change(appId, account -> {
            GroupInfo changed = change.apply(require(appId, name));
            return new CamRows.Plan<>(changed, account, List.of(put(appId, changed)));
        });
    }

    private static Change put(String appId, GroupInfo group) {
        return Change.put(CamRows.Kind.GROUP.row(appId, group.name()), group.toBytes());
    }
}

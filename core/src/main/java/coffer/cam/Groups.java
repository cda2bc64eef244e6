package coffer.cam;

import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
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
     * Makes a group without members and policies.
     *
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}
     */
    public GroupInfo create(String appId, String name) {
        GroupInfo group = new GroupInfo(CamName.check("group", name), clock.instant(), List.of());
        if (!rows.create(CamRows.Kind.GROUP.row(appId, name), group.toBytes())) {
            throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a group " + name + ".");
        }
        return group;
    }

    /**
     * Removes a group.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}, {@code DELETE_CONFLICT} while it has members
     */
    public void delete(String appId, String name) {
        if (rows.list(CamRows.Kind.USER, appId).stream()
                .anyMatch(user -> user.groups().contains(name))) {
            throw CamError.DELETE_CONFLICT.because("The group " + name + " has members; remove them first.");
        }
        RowKey row = require(appId, name).row().key();
        boolean _ = rows.commit(row.group(), List.of(), List.of(Change.delete(row)));
    }

    /** Gives a group a policy. */
    public GroupInfo attach(String appId, String name, String policy) {
        return update(
                appId,
                name,
                group -> group.withPolicies(Names.with(group.policies(), policy)),
                () -> policies.present(appId, policy));
    }

    /** Takes a policy from a group; no error if it does not have it. */
    public GroupInfo detach(String appId, String name, String policy) {
        return update(appId, name, group -> group.withPolicies(Names.without(group.policies(), policy)), List::of);
    }

    private GroupInfo update(String appId, String name, UnaryOperator<GroupInfo> change, Users.CamCondition condition) {
        return CamRows.repeatedly(() -> {
            CamRows.Stored<GroupInfo> stored = require(appId, name);
            List<Expected> expected = new ArrayList<>(condition.expected());
            expected.add(Expected.same(stored.row()));
            GroupInfo changed = change.apply(stored.value());
            boolean done = rows.commit(
                    stored.row().key().group(),
                    expected,
                    List.of(Change.put(stored.row().key(), changed.toBytes())));
            return done ? Optional.of(changed) : Optional.empty();
        });
    }

    private CamRows.Stored<GroupInfo> require(String appId, String name) {
        return rows.stored(CamRows.Kind.GROUP, appId, name)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no group " + name + "."));
    }
}

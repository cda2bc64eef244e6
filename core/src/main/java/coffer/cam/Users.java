package coffer.cam;

import coffer.store.Change;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The users of accounts. Thread-safe. */
public final class Users {
    private static final int MAX_POLICIES = 200;

    private final CamRows rows;
    private final Accounts accounts;
    private final Groups groups;
    private final Policies policies;
    private final InstantSource clock;

    Users(CamRows rows, Accounts accounts, Groups groups, Policies policies, InstantSource clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.groups = groups;
        this.policies = policies;
        this.clock = clock;
    }

    /** The users of an account, by UIN. */
    public List<UserInfo> list(String appId) {
        return rows.list(CamRows.Kind.USER, appId);
    }

    /** The user with this UIN. */
    public Optional<UserInfo> find(String appId, String uin) {
        return rows.find(CamRows.Kind.USER, appId, uin);
    }

    /**
     * The user with this UIN or this name.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public UserInfo require(String appId, String uinOrName) {
        return find(appId, uinOrName)
                .or(() -> rows.uinOf(appId, uinOrName).flatMap(uin -> find(appId, uin)))
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no user " + uinOrName + "."));
    }

    /**
     * Makes a user without rights and keys.
     *
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code NO_SUCH_ENTITY}
     */
    public UserInfo create(String appId, String name) {
        String checked = CamName.checkUser(name);
        AccountInfo _ = accounts.require(appId);
        refuseTaken(appId, checked);
        String uin = accounts.takeUin(appId);
        return rows.change(appId, account -> {
            refuseTaken(appId, checked);
            UserInfo user = new UserInfo(uin, checked, clock.instant(), List.of(), List.of(), List.of());
            return new CamRows.Plan<>(user, account, List.of(put(appId, user), CamRows.putName(appId, user)));
        });
    }

    private void refuseTaken(String appId, String name) {
        if (rows.uinOf(appId, name).isPresent()) {
            throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a user " + name + ".");
        }
    }

    /**
     * Removes a user; his keys and temporary keys work no longer.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String uinOrName) {
        UserInfo deleted = rows.change(appId, account -> {
            UserInfo user = require(appId, uinOrName);
            RowKey row = CamRows.Kind.USER.row(appId, user.uin());
            return new CamRows.Plan<>(user, account, List.of(Change.delete(row), CamRows.deleteName(user)));
        });
        deleted.keys().forEach(key -> rows.remove(CamRows.Kind.KEY.row(key, "")));
    }

    /** Gives a user a policy. */
    public UserInfo attach(String appId, String uinOrName, String policy) {
        return update(appId, uinOrName, user -> {
            PolicyInfo _ = policies.require(appId, policy);
            List<String> names = Names.with(user.policies(), policy);
            if (names.size() > MAX_POLICIES) {
                throw CamError.LIMIT_EXCEEDED.because("A user has at most " + MAX_POLICIES + " policies.");
            }
            return user.withPolicies(names);
        });
    }

    /** Takes a policy from a user; no error if he does not have it. */
    public UserInfo detach(String appId, String uinOrName, String policy) {
        return update(appId, uinOrName, user -> user.withPolicies(Names.without(user.policies(), policy)));
    }

    /** Makes a user a member of a group. */
    public UserInfo join(String appId, String uinOrName, String group) {
        return update(appId, uinOrName, user -> {
            GroupInfo _ = groups.require(appId, group);
            return user.withGroups(Names.with(user.groups(), group));
        });
    }

    /** Ends a membership; no error if there is none. */
    public UserInfo leave(String appId, String uinOrName, String group) {
        return update(appId, uinOrName, user -> user.withGroups(Names.without(user.groups(), group)));
    }

    UserInfo update(String appId, String uinOrName, UnaryOperator<UserInfo> change) {
        return rows.change(appId, account -> {
            UserInfo changed = change.apply(require(appId, uinOrName));
            return new CamRows.Plan<>(changed, account, List.of(put(appId, changed)));
        });
    }

    private static Change put(String appId, UserInfo user) {
        return Change.put(CamRows.Kind.USER.row(appId, user.uin()), user.toBytes());
    }
}

package coffer.cam;

import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The users of accounts. Thread-safe. */
public final class Users {
    private static final int MAX_POLICIES = 200;

    private final CamRows rows;
    private final Accounts accounts;
    private final Policies policies;
    private final InstantSource clock;

    Users(CamRows rows, Accounts accounts, Policies policies, InstantSource clock) {
        this.rows = rows;
        this.accounts = accounts;
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
                .or(() -> list(appId).stream()
                        .filter(user -> user.name().equals(uinOrName))
                        .findFirst())
                .orElseThrow(() -> noSuch(uinOrName));
    }

    /**
     * Makes a user without rights and keys.
     *
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code NO_SUCH_ENTITY}
     */
    public UserInfo create(String appId, String name) {
        String checked = CamName.check("user", name);
        return CamRows.repeatedly(() -> {
            CamRows.Stored<AccountInfo> account = rows.stored(CamRows.Kind.ACCOUNT, appId, "")
                    .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no account " + appId + "."));
            if (list(appId).stream().anyMatch(user -> user.name().equals(checked))) {
                throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a user " + checked + ".");
            }
            UserInfo user =
                    new UserInfo(accounts.takeUin(appId), checked, clock.instant(), List.of(), List.of(), List.of());
            RowKey row = CamRows.Kind.USER.row(appId, user.uin());
            // The account's row is written again, so that of two users of one name only one gets in.
            boolean done = rows.commit(
                    row.group(),
                    List.of(Expected.same(account.row()), Expected.absent(row)),
                    List.of(
                            Change.put(row, user.toBytes()),
                            Change.put(
                                    account.row().key(),
                                    account.value().touched().toBytes())));
            if (!done) {
                rows.freeUin(user.uin());
            }
            return done ? Optional.of(user) : Optional.empty();
        });
    }

    /**
     * Removes a user; his keys and temporary keys work no longer.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String uinOrName) {
        UserInfo user = require(appId, uinOrName);
        RowKey row = CamRows.Kind.USER.row(appId, user.uin());
        boolean _ = rows.commit(row.group(), List.of(), List.of(Change.delete(row)));
        for (String key : user.keys()) {
            RowKey keyRow = CamRows.Kind.KEY.row(key, "");
            boolean _ = rows.commit(keyRow.group(), List.of(), List.of(Change.delete(keyRow)));
        }
        rows.freeUin(user.uin());
    }

    /** Gives a user a policy. */
    public UserInfo attach(String appId, String uinOrName, String policy) {
        return update(
                appId,
                uinOrName,
                user -> {
                    List<String> names = Names.with(user.policies(), policy);
                    if (names.size() > MAX_POLICIES) {
                        throw CamError.LIMIT_EXCEEDED.because("A user has at most " + MAX_POLICIES + " policies.");
                    }
                    return user.withPolicies(names);
                },
                () -> policies.present(appId, policy));
    }

    /** Takes a policy from a user; no error if he does not have it. */
    public UserInfo detach(String appId, String uinOrName, String policy) {
        return update(appId, uinOrName, user -> user.withPolicies(Names.without(user.policies(), policy)), List::of);
    }

    /** Makes a user a member of a group. */
    public UserInfo join(String appId, String uinOrName, String group) {
        return update(appId, uinOrName, user -> user.withGroups(Names.with(user.groups(), group)), () -> {
            var stored = rows.stored(CamRows.Kind.GROUP, appId, group)
                    .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no group " + group + "."));
            return List.of(Expected.same(stored.row()));
        });
    }

    /** Ends a membership; no error if there is none. */
    public UserInfo leave(String appId, String uinOrName, String group) {
        return update(appId, uinOrName, user -> user.withGroups(Names.without(user.groups(), group)), List::of);
    }

    /** Changes a user as long as something else holds. */
    UserInfo update(String appId, String uinOrName, Function<UserInfo, UserInfo> change, CamCondition condition) {
        return CamRows.repeatedly(() -> {
            String uin = require(appId, uinOrName).uin();
            CamRows.Stored<UserInfo> stored =
                    rows.stored(CamRows.Kind.USER, appId, uin).orElseThrow(() -> noSuch(uinOrName));
            List<Expected> expected = new ArrayList<>(condition.expected());
            expected.add(Expected.same(stored.row()));
            UserInfo changed = change.apply(stored.value());
            boolean done = rows.commit(
                    stored.row().key().group(),
                    expected,
                    List.of(Change.put(stored.row().key(), changed.toBytes())));
            return done ? Optional.of(changed) : Optional.empty();
        });
    }

    /** What else must hold for a change, looked up anew for each attempt. */
    @FunctionalInterface
    interface CamCondition {
        List<Expected> expected();
    }

    private static CamException noSuch(String user) {
        return CamError.NO_SUCH_ENTITY.because("There is no user " + user + ".");
    }
}

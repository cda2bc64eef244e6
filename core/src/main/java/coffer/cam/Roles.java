package coffer.cam;

import coffer.identity.Principal;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The roles of accounts. Thread-safe. */
public final class Roles {
    private static final Pattern TRUSTED = Pattern.compile("qcs::cam::uin/([0-9]{1,20}):uin/([0-9]{1,20})");

    private final CamRows rows;
    private final Policies policies;
    private final InstantSource clock;
    private final RandomGenerator random;

    Roles(CamRows rows, Policies policies, InstantSource clock, RandomGenerator random) {
        this.rows = rows;
        this.policies = policies;
        this.clock = clock;
        this.random = random;
    }

    /** The roles of an account, by name. */
    public List<RoleInfo> list(String appId) {
        return rows.list(CamRows.Kind.ROLE, appId);
    }

    public Optional<RoleInfo> find(String appId, String name) {
        return rows.find(CamRows.Kind.ROLE, appId, name);
    }

    /**
     * Makes a role without policies.
     *
     * @param trusted who may assume it, see {@link RoleInfo}
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}
     */
    public RoleInfo create(String appId, String name, List<String> trusted) {
        String id = "4611" + Long.toString(100_000_000_000_000L + random.nextLong(900_000_000_000_000L));
        RoleInfo role = new RoleInfo(id, CamName.check("role", name), clock.instant(), checked(trusted), List.of());
        if (!rows.create(CamRows.Kind.ROLE.row(appId, name), role.toBytes())) {
            throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a role " + name + ".");
        }
        return role;
    }

    /**
     * Removes a role; who has assumed it can do nothing more with it.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String name) {
        RowKey row = require(appId, name).row().key();
        boolean _ = rows.commit(row.group(), List.of(), List.of(Change.delete(row)));
    }

    /** Gives a role a policy. */
    public RoleInfo attach(String appId, String name, String policy) {
        return update(
                appId,
                name,
                role -> role.withPolicies(Names.with(role.policies(), policy)),
                () -> policies.present(appId, policy));
    }

    /** Takes a policy from a role; no error if it does not have it. */
    public RoleInfo detach(String appId, String name, String policy) {
        return update(appId, name, role -> role.withPolicies(Names.without(role.policies(), policy)), List::of);
    }

    /** Says who may assume a role. */
    public RoleInfo trust(String appId, String name, List<String> trusted) {
        List<String> checked = checked(trusted);
        return update(appId, name, role -> role.withTrusted(checked), List::of);
    }

    /** Whether somebody may assume a role. */
    public static boolean trusts(RoleInfo role, Principal principal) {
        String owner = principal.account().uin();
        return switch (principal) {
            case Principal.Anonymous _, Principal.Role _ -> false;
            case Principal.Root _ -> role.trusted().contains(name(owner, owner));
            case Principal.User user ->
                role.trusted().contains(name(owner, owner)) || role.trusted().contains(name(owner, user.uin()));
        };
    }

    private static String name(String owner, String uin) {
        return "qcs::cam::uin/" + owner + ":uin/" + uin;
    }

    private static List<String> checked(List<String> trusted) {
        for (String principal : trusted) {
            Matcher matcher = TRUSTED.matcher(principal);
            if (!matcher.matches()) {
                throw CamError.INVALID_ARGUMENT.because(
                        "A role is trusted to qcs::cam::uin/<owner>:uin/<user>, not to '" + principal + "'.");
            }
        }
        return trusted;
    }

    private RoleInfo update(String appId, String name, UnaryOperator<RoleInfo> change, Users.CamCondition condition) {
        return CamRows.repeatedly(() -> {
            CamRows.Stored<RoleInfo> stored = require(appId, name);
            List<Expected> expected = new ArrayList<>(condition.expected());
            expected.add(Expected.same(stored.row()));
            RoleInfo changed = change.apply(stored.value());
            boolean done = rows.commit(
                    stored.row().key().group(),
                    expected,
                    List.of(Change.put(stored.row().key(), changed.toBytes())));
            return done ? Optional.of(changed) : Optional.empty();
        });
    }

    private CamRows.Stored<RoleInfo> require(String appId, String name) {
        return rows.stored(CamRows.Kind.ROLE, appId, name)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no role " + name + "."));
    }
}

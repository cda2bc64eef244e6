package coffer.cam;

import coffer.identity.Principal;
import coffer.store.Change;
import java.time.InstantSource;
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
     * The role of this name.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public RoleInfo require(String appId, String name) {
        return find(appId, name).orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no role " + name + "."));
    }

    /**
     * Makes a role without policies.
     *
     * @param trusted who may assume it, see {@link RoleInfo}
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code NO_SUCH_ENTITY}
     */
    public RoleInfo create(String appId, String name, List<String> trusted) {
        String checked = CamName.check("role", name);
        String id = "4611" + Long.toString(100_000_000_000_000L + random.nextLong(900_000_000_000_000L));
        RoleInfo role = new RoleInfo(id, checked, clock.instant(), checked(trusted), List.of());
        return rows.change(appId, account -> {
            if (find(appId, checked).isPresent()) {
                throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a role " + checked + ".");
            }
            return new CamRows.Plan<>(role, account, List.of(put(appId, role)));
        });
    }

    /**
     * Removes a role; who has assumed it can do nothing more with it.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String name) {
        RoleInfo _ = rows.change(
                appId,
                account -> new CamRows.Plan<>(
                        require(appId, name), account, List.of(Change.delete(CamRows.Kind.ROLE.row(appId, name)))));
    }

    /** Gives a role a policy. */
    public RoleInfo attach(String appId, String name, String policy) {
        return update(appId, name, role -> {
            PolicyInfo _ = policies.require(appId, policy);
            return role.withPolicies(Names.with(role.policies(), policy));
        });
    }

    /** Takes a policy from a role; no error if it does not have it. */
    public RoleInfo detach(String appId, String name, String policy) {
        return update(appId, name, role -> role.withPolicies(Names.without(role.policies(), policy)));
    }

    /** Says who may assume a role. */
    public RoleInfo trust(String appId, String name, List<String> trusted) {
        List<String> checked = checked(trusted);
        return update(appId, name, role -> role.withTrusted(checked));
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

    private RoleInfo update(String appId, String name, UnaryOperator<RoleInfo> change) {
        return rows.change(appId, account -> {
            RoleInfo changed = change.apply(require(appId, name));
            return new CamRows.Plan<>(changed, account, List.of(put(appId, changed)));
        });
    }

    private static Change put(String appId, RoleInfo role) {
        return Change.put(CamRows.Kind.ROLE.row(appId, role.name()), role.toBytes());
    }
}

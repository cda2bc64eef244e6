package coffer.sts;

import coffer.access.ConditionValues;
import coffer.access.Decision;
import coffer.access.IdentityPolicy;
import coffer.access.Reason;
import coffer.access.ServiceAuthorizer;
import coffer.cam.AccountInfo;
import coffer.cam.Cam;
import coffer.cam.RoleInfo;
import coffer.cam.Roles;
import coffer.identity.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes temporary keys. Source: STS API docs, "GetFederationToken", "AssumeRole". Thread-safe.
 *
 * <p>Who may: {@code GetFederationToken} the root user and every user, as the result can never do more than they do, but
 * for users whose policies deny {@code name/sts:GetFederationToken}. {@code AssumeRole} whom the role trusts; a user also
 * needs a policy that allows {@code name/sts:AssumeRole} on it. Nobody with a temporary key.
 */
final class TokenIssuer {
    private static final long DEFAULT_SECONDS = 1800;
    private static final long MAX_SECONDS_OF_ROOT = 7200;
    private static final long MAX_SECONDS_OF_USER = 129_600;
    private static final long DEFAULT_SECONDS_OF_ROLE = 7200;
    private static final long MAX_SECONDS_OF_ROLE = 43_200;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,128}");
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,128}");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_LENGTH = 32;

    private final Cam cam;
    private final SessionTokens tokens;
    private final InstantSource clock;
    private final RandomGenerator random;

    TokenIssuer(Cam cam, SessionTokens tokens, InstantSource clock, RandomGenerator random) {
        this.cam = cam;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A temporary key just made.
     *
     * @param text the token
     */
    record Issued(SessionToken token, String text) {}

    /** What an operation found out before it makes a key. */
    private record Wish(Principal principal, String sessionName, long seconds, Optional<String> policy) {}

    /** A temporary key of the caller, who may do less with it. */
    Issued federationToken(StsCaller caller, ApiCall call) {
        requirePermanent(caller);
        Parameters parameters = call.parameters();
        String name = name("Name", parameters, NAME);
        String policy = SessionPolicy.parse(parameters.require("Policy"));
        boolean isRoot = caller.principal() instanceof Principal.Root;
        long max = isRoot ? MAX_SECONDS_OF_ROOT : MAX_SECONDS_OF_USER;
        long seconds = seconds(parameters, DEFAULT_SECONDS, max);
        String owner = caller.principal().account().uin();
        Decision decision = decide(
                caller, call, "sts:GetFederationToken", List.of("qcs::sts::uin/" + owner + ":federated-user/" + name));
        if (!decision.isAllowed() && !(decision.reason() instanceof Reason.NothingAllows)) {
            throw StsError.UNAUTHORIZED_OPERATION.because("A policy of the user denies sts:GetFederationToken.");
        }
        return issue(caller, new Wish(caller.principal(), name, seconds, Optional.of(policy)));
    }

    /** A temporary key of a role. */
    Issued assumeRole(StsCaller caller, ApiCall call) {
        requirePermanent(caller);
        Parameters parameters = call.parameters();
        RoleArn arn = RoleArn.parse(parameters.require("RoleArn"));
        String name = name("RoleSessionName", parameters, SESSION_NAME);
        Optional<String> policy = parameters.find("Policy").map(SessionPolicy::parse);
        long seconds = seconds(parameters, DEFAULT_SECONDS_OF_ROLE, MAX_SECONDS_OF_ROLE);
        AccountInfo owner = cam.accounts()
                .ofUin(arn.owner())
                .filter(account -> account.account().uin().equals(arn.owner()))
                .or(() -> cam.accounts().find(arn.owner()))
                .orElseThrow(StsError.ROLE_NOT_FOUND::exception);
        RoleInfo role = find(owner, arn).orElseThrow(StsError.ROLE_NOT_FOUND::exception);
        String prefix = "qcs::cam::uin/" + owner.account().uin() + ":";
        List<String> names = List.of(prefix + "roleName/" + role.name(), prefix + "role/" + role.id());
        boolean isRoot = caller.principal() instanceof Principal.Root;
        if (!Roles.trusts(role, caller.principal())) {
            throw StsError.UNAUTHORIZED_OPERATION.because("The role does not trust the caller.");
        }
        if (!isRoot && !decide(caller, call, "sts:AssumeRole", names).isAllowed()) {
            throw StsError.UNAUTHORIZED_OPERATION.because(
                    "The user needs a policy that allows name/sts:AssumeRole on " + names.getFirst() + ".");
        }
        Principal principal = new Principal.Role(owner.account(), role.id(), role.name());
        return issue(caller, new Wish(principal, name, seconds, policy));
    }

    private Optional<RoleInfo> find(AccountInfo owner, RoleArn arn) {
        String appId = owner.account().appId();
        return arn.byId()
                ? cam.roles().list(appId).stream()
                        .filter(role -> role.id().equals(arn.role()))
                        .findFirst()
                : cam.roles().find(appId, arn.role());
    }

    private static void requirePermanent(StsCaller caller) {
        if (caller.session().isPresent()) {
            throw StsError.TEMP_KEY_NOT_ALLOWED.exception();
        }
    }

    private static String name(String parameter, Parameters parameters, Pattern allowed) {
        String name = parameters.require(parameter);
        if (!allowed.matcher(name).matches()) {
            throw StsError.PARAM_ERROR.because(
                    parameter + " has 1 to 128 letters, digits and _ + = , . @ -; that of a role at least 2.");
        }
        return name;
    }

    private static long seconds(Parameters parameters, long usual, long max) {
        long seconds = parameters.number("DurationSeconds").orElse(usual);
        if (seconds < 1) {
            throw StsError.PARAM_ERROR.because("DurationSeconds must be above zero.");
        }
        if (seconds > max) {
            throw StsError.OVER_TIME.because("DurationSeconds is at most " + max + " for this caller.");
        }
        return seconds;
    }

    private Decision decide(StsCaller caller, ApiCall call, String action, List<String> names) {
        List<IdentityPolicy> policies =
                cam.requesters().of(caller.principal(), Optional.empty()).policies();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ConditionValues values = key -> switch (key) {
            case "qcs:ip" -> Optional.of(List.of(call.remoteAddress()));
            case "qcs:current_time" -> Optional.of(List.of(now.toString()));
            default -> Optional.empty();
        };
        return ServiceAuthorizer.decide(policies, action, names, values);
    }

    private Issued issue(StsCaller caller, Wish wish) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SessionToken token = new SessionToken(
                SessionToken.ID_PREFIX + text(SECRET_LENGTH),
                text(SECRET_LENGTH),
                now,
                now.plusSeconds(wish.seconds),
                wish.principal,
                wish.sessionName,
                wish.policy,
                caller.key().secretId(),
                caller.uin());
        String text = tokens.seal(token);
        if (text.length() > SessionTokens.MAX_CHARACTERS) {
            throw StsError.POLICY_TOO_LONG.because(
                    "The policy is too long for a token, even packed: its token would have " + text.length()
                            + " characters of " + SessionTokens.MAX_CHARACTERS + ".");
        }
        return new Issued(token, text);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}

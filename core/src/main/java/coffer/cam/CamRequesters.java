package coffer.cam;

import coffer.access.IdentityPolicy;
import coffer.access.Policy;
import coffer.access.Requester;
import coffer.access.Requesters;
import coffer.identity.Caller;
import coffer.identity.Principal;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the accounts of callers let them do, as it stands now. Thread-safe. */
public final class CamRequesters implements Requesters {
    /** Whose user or role is gone may do nothing, whatever temporary key he has. */
    private static final List<IdentityPolicy> GONE = List.of(new IdentityPolicy("gone", Policy.storedOfIdentity("")));

    private static final int REMEMBERED = 10_000;

    private final CamRows rows;
    private final Accounts accounts;
    private final Policies policies;
    private final Cache<String, Policy> sessions = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    CamRequesters(CamRows rows, Accounts accounts, Policies policies) {
        this.rows = rows;
        this.accounts = accounts;
        this.policies = policies;
    }

    @Override
    public Requester of(Caller.Signed caller) {
        return of(caller.principal(), caller.sessionPolicy());
    }

    /** Somebody as he would ask, with or without a session. */
    public Requester of(Principal principal, Optional<String> sessionPolicy) {
        Requester requester = of(principal);
        return sessionPolicy
                .map(text -> ofExisting(requester).inSession(sessions.get(text, Policy::storedOfIdentity)))
                .orElse(requester);
    }

    /** Temporary keys of a root user outlive the account; permanent ones do not, and need not be asked about again. */
    private Requester ofExisting(Requester requester) {
        boolean gone = requester.principal() instanceof Principal.Root root
                && accounts.find(root.account().appId())
                        .filter(found -> found.account().equals(root.account()))
                        .isEmpty();
        return gone ? new Requester(requester.principal(), GONE, requester.sessionPolicy()) : requester;
    }

    private Requester of(Principal principal) {
        return switch (principal) {
            case Principal.Anonymous _, Principal.Root _ -> Requester.of(principal);
            case Principal.User user ->
                rows.find(CamRows.Kind.USER, user.account().appId(), user.uin())
                        .map(found ->
                                new Requester(user, Optional.of(found.name()), policies(user, found), Optional.empty()))
                        .orElse(new Requester(user, GONE, Optional.empty()));
            case Principal.Role role ->
                new Requester(
                        role,
                        rows.find(CamRows.Kind.ROLE, role.account().appId(), role.name())
                                .filter(found -> found.id().equals(role.id()))
                                .map(found -> attached(role.account().appId(), found.policies()))
                                .orElse(GONE),
                        Optional.empty());
        };
    }

    private List<IdentityPolicy> policies(Principal.User user, UserInfo found) {
        String appId = user.account().appId();
        Set<String> names = new LinkedHashSet<>(found.policies());
        for (String group : found.groups()) {
            rows.find(CamRows.Kind.GROUP, appId, group).ifPresent(info -> names.addAll(info.policies()));
        }
        return attached(appId, names);
    }

    private List<IdentityPolicy> attached(String appId, Iterable<String> names) {
        List<IdentityPolicy> attached = new ArrayList<>();
        names.forEach(name -> attached.add(policies.attached(appId, name)));
        return attached;
    }
}

package coffer.access;

import coffer.access.Reason.PolicyKind;
import coffer.access.Reason.PolicyName;
import coffer.access.Statement.Effect;
import coffer.identity.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Decides whether somebody may do something. Source: COS docs, "Access Policy Language", "Evaluation", and "ACL".
 *
 * <p>In this order; the first that applies decides:
 *
 * <ol>
 *   <li>A statement that denies, in a policy of the user or role, of the session or of the bucket: denied, the root user
 *       of the owner too. A stored policy that cannot be read denies everything. Only {@code PutBucketPolicy},
 *       {@code GetBucketPolicy} and {@code DeleteBucketPolicy} by the root user of the owner pass by the policy of the
 *       bucket, so that nobody is locked out for good.
 *   <li>A session whose policy does not allow it: denied, even what everybody may do.
 *   <li>The root user of the owner: allowed. A user or role of the owner with a policy that allows it: allowed.
 *   <li>{@code GetService} and {@code PutBucket}: denied; neither bucket policies nor ACLs can grant them.
 *   <li>A statement of the bucket policy that allows it, or a grant in the ACL of the bucket: allowed.
 *   <li>The ACL of the object, looked up only now; or, if it has none of its own or does not exist, that of the bucket.
 *       Who owns the object may read it and read and write its ACL.
 *   <li>Otherwise denied.
 * </ol>
 *
 * <p>In 5 and 6 a bucket can say that what is public does not count ({@link PublicAccessBlock}), or that ACLs do not
 * ({@link ObjectOwnership}).
 *
 * <p>Users and roles of other accounts get what was granted to them or to their root user only if a policy of their own
 * account allows it too; what everybody may do they may do anyway. The group of all authenticated users is not everybody.
 *
 * <p>Actions are what policies call them. {@code HeadObject} is not part of {@code GetObject}, as in COS; versions are. A
 * policy that allows {@code PutObject} also allows to write the object in parts ({@code InitiateMultipartUpload},
 * {@code UploadPart}, {@code CompleteMultipartUpload}) and by a form ({@code PostObject}): each writes the same object,
 * and policies made for the one are in use for the others. That ends where {@code PutObject} itself or the particular
 * action is denied. A denied {@code PutObject} alone takes away nothing that is allowed by its own name.
 *
 * <p>CORS preflights are not asked about: they are anonymous by nature.
 */
public final class Authorizer {
    private static final String PUT_OBJECT = "PutObject";
    private static final Set<String> PART_OF_PUT_OBJECT =
            Set.of("InitiateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload", "PostObject");
    private static final Set<String> ONLY_BY_IDENTITY = Set.of("GetService", "PutBucket");
    private static final Set<String> NEVER_LOCKED = Set.of("PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy");

    private Authorizer() {}

    /**
     * Decides about a request.
     *
     * @param bucket what is set on the bucket; {@link BucketAccess#PRIVATE} where there is none
     * @param object asked at most once, and only if the ACL of the object matters; empty if there is no such object
     */
    public static Decision decide(AccessRequest request, BucketAccess bucket, Supplier<Optional<ObjectAccess>> object) {
        Optional<Reason> denial = denial(request, request.action(), bucket);
        if (denial.isPresent()) {
            return new Decision.Denied(denial.get());
        }
        List<String> actions = actions(request, bucket);
        Requester requester = request.requester();
        if (requester.sessionPolicy().isPresent()
                && allowance(PolicyName.SESSION, requester.sessionPolicy().get(), request, actions, Audience.ANY)
                        .isEmpty()) {
            return new Decision.Denied(new Reason.SessionLacks());
        }
        Optional<Reason> own = own(request, actions);
        boolean atHome = isAtHome(request);
        if (atHome && own.isPresent()) {
            return new Decision.Allowed(own.get());
        }
        if (ONLY_BY_IDENTITY.contains(request.action())) {
            return new Decision.Denied(new Reason.NothingAllows());
        }
        boolean isOnTheirOwn = atHome
                || own.isPresent()
                || requester.principal() instanceof Principal.Root
                || requester.principal() instanceof Principal.Anonymous;
        return granted(new Grants(request, actions, bucket, object), isOnTheirOwn);
    }

    private static Decision granted(Grants grants, boolean isOnTheirOwn) {
        Optional<Reason> grant = grants.find(isOnTheirOwn ? Audience.ANY : Audience.EVERYBODY);
        if (grant.isPresent()) {
            return new Decision.Allowed(grant.get());
        }
        boolean lacksOnlyItsAccount = !isOnTheirOwn && grants.find(Audience.ANY).isPresent();
        return new Decision.Denied(lacksOnlyItsAccount ? new Reason.AccountLacks() : new Reason.NothingAllows());
    }

    private static boolean isAtHome(AccessRequest request) {
        Principal principal = request.requester().principal();
        return request.resource().kind() == Resource.Kind.SERVICE
                ? !(principal instanceof Principal.Anonymous)
                : principal.isOf(request.resource().owner().uin());
    }

    /** The action, and the one that includes it unless that one is denied. */
    private static List<String> actions(AccessRequest request, BucketAccess bucket) {
        return PART_OF_PUT_OBJECT.contains(request.action())
                        && denial(request, PUT_OBJECT, bucket).isEmpty()
                ? List.of(request.action(), PUT_OBJECT)
                : List.of(request.action());
    }

    private static Optional<Reason> denial(AccessRequest request, String action, BucketAccess bucket) {
        for (IdentityPolicy own : request.requester().policies()) {
            Optional<Reason> denial =
                    denial(new PolicyName(PolicyKind.IDENTITY, own.name()), own.policy(), request, action);
            if (denial.isPresent()) {
                return denial;
            }
        }
        boolean isRescue = NEVER_LOCKED.contains(action)
                && request.resource().kind() == Resource.Kind.BUCKET
                && request.requester().principal() instanceof Principal.Root
                && isAtHome(request);
        return request.requester()
                .sessionPolicy()
                .flatMap(policy -> denial(PolicyName.SESSION, policy, request, action))
                .or(() -> bucket.policy()
                        .filter(policy -> !isRescue)
                        .flatMap(policy -> denial(PolicyName.BUCKET, policy, request, action)));
    }

    private static Optional<Reason> denial(PolicyName name, Policy policy, AccessRequest request, String action) {
        return policy.trouble().isPresent()
                ? Optional.of(new Reason.Unreadable(name))
                : policy.find(Effect.DENY, request, action, Audience.ANY)
                        .map(statement -> new Reason.ByStatement(name, statement.index(), statement.sid()));
    }

    private static Optional<Reason> allowance(
            PolicyName name, Policy policy, AccessRequest request, List<String> actions, Audience audience) {
        for (String action : actions) {
            Optional<Statement> statement = policy.find(Effect.ALLOW, request, action, audience);
            if (statement.isPresent()) {
                return statement.map(found -> new Reason.ByStatement(name, found.index(), found.sid()));
            }
        }
        return Optional.empty();
    }

    /** What somebody may do as far as their own account is concerned. */
    private static Optional<Reason> own(AccessRequest request, List<String> actions) {
        if (request.requester().principal() instanceof Principal.Root) {
            boolean isService = request.resource().kind() == Resource.Kind.SERVICE;
            return Optional.of(new Reason.Ownership(isService ? Resource.Kind.SERVICE : Resource.Kind.BUCKET));
        }
        for (IdentityPolicy own : request.requester().policies()) {
            Optional<Reason> allowance = allowance(
                    new PolicyName(PolicyKind.IDENTITY, own.name()), own.policy(), request, actions, Audience.ANY);
            if (allowance.isPresent()) {
                return allowance;
            }
        }
        return Optional.empty();
    }

    /** What the owner of the bucket and that of the object let others do. */
    private static final class Grants {
        private final AccessRequest request;
        private final List<String> actions;
        private final BucketAccess bucket;
        private final Supplier<Optional<ObjectAccess>> lookUp;
        private Optional<Optional<ObjectAccess>> lookedUp = Optional.empty();

        Grants(
                AccessRequest request,
                List<String> actions,
                BucketAccess bucket,
                Supplier<Optional<ObjectAccess>> lookUp) {
            this.request = request;
            this.actions = actions;
            this.bucket = bucket;
            this.lookUp = lookUp;
        }

        Optional<Reason> find(Audience audience) {
            return bucket.allowing(isAtHome(request))
                    .flatMap(policy -> allowance(PolicyName.BUCKET, policy, request, actions, audience))
                    .or(() -> find(bucket.aclInForce(), Resource.Kind.BUCKET, Permission::opensOnBucket, audience))
                    .or(() -> onObject(audience));
        }

        private Optional<Reason> onObject(Audience audience) {
            boolean isAboutObject = request.resource().kind() == Resource.Kind.OBJECT
                    && Permission.FULL_CONTROL.opensOnObject(request.action());
            if (!isAboutObject) {
                return Optional.empty();
            }
            Optional<ObjectAccess> object = object();
            boolean isOwner = object.filter(
                            found -> request.requester().principal().isOf(found.ownerUin()))
                    .isPresent();
            if (isOwner && audience == Audience.ANY && !isAtHome(request)) {
                return Optional.of(new Reason.Ownership(Resource.Kind.OBJECT));
            }
            Optional<Acl> own = object.flatMap(ObjectAccess::acl);
            return find(
                    own.orElse(bucket.aclInForce()),
                    own.isPresent() ? Resource.Kind.OBJECT : Resource.Kind.BUCKET,
                    Permission::opensOnObject,
                    audience);
        }

        private Optional<ObjectAccess> object() {
            Optional<ObjectAccess> object = lookedUp.orElseGet(lookUp);
            lookedUp = Optional.of(object);
            return object.map(
                    found -> bucket.inForce(found, request.resource().owner().uin()));
        }

        private Optional<Reason> find(
                Acl acl, Resource.Kind on, BiPredicate<Permission, String> opens, Audience audience) {
            return acl.find(
                            permission -> opens.test(permission, request.action()),
                            request.requester().principal(),
                            request.resource().owner().uin(),
                            audience)
                    .map(grant -> new Reason.ByGrant(on, grant));
        }
    }
}

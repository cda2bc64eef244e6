package coffer.object;

import coffer.access.AccessRequest;
import coffer.access.Acl;
import coffer.access.Authorizer;
import coffer.access.BucketAccess;
import coffer.access.ConditionValues;
import coffer.access.Decision;
import coffer.access.ObjectAccess;
import coffer.access.PrincipalConditions;
import coffer.access.RequestConditions;
import coffer.access.Requester;
import coffer.access.Requesters;
import coffer.access.Resource;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.bucket.AccessRules;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.request.CosRequest;
import coffer.tagging.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the {@link Authorizer} about a request with what is stored of buckets and objects. Thread-safe. */
public final class AccessControl {
    private static final String EXISTING_TAG = "s3:existingobjecttag/";
    private static final Logger LOG = LoggerFactory.getLogger(AccessControl.class);

    private final BucketSettings settings;
    private final VersionFinder versions;
    private final Requesters requesters;
    private final InstantSource clock;
    private final AccessRules rules;

    public AccessControl(BucketSettings settings, VersionFinder versions, Requesters requesters, InstantSource clock) {
        this.settings = settings;
        this.versions = versions;
        this.requesters = requesters;
        this.clock = clock;
        this.rules = new AccessRules(settings);
    }

    /**
     * What a request wants to do with what.
     *
     * @param caller who wants it, for a form whoever signed that
     * @param headers where conditions look for what the request brings, for a form its fields
     * @param action what policies call it, without prefix
     */
    public record Question(CosRequest request, Caller caller, Headers headers, String action) {
        /** What the request as a whole wants. */
        public static Question of(CosRequest request, String action) {
            return new Question(request, request.caller(), request.headers(), action);
        }

        /** The same with a header more, for what the request says in its body. */
        Question saying(String name, String value) {
            List<Headers.Header> more = new ArrayList<>(headers.all());
            more.removeIf(header -> header.name().equalsIgnoreCase(name));
            more.add(new Headers.Header(name, value));
            return new Question(request, caller, Headers.of(more), action);
        }
    }

    /**
     * Lets pass who may do something with a bucket.
     *
     * @throws CosException {@code AccessDenied}
     */
    public void requireBucket(Question question, Bucket bucket) {
        require(question, resource(bucket), decideBucket(question, bucket));
    }

    /** Whether somebody may do something with a bucket, and why. */
    public Decision decideBucket(Question question, Bucket bucket) {
        return decide(question, bucket, resource(bucket), Optional.empty());
    }

    /**
     * Lets pass who may do something with an object.
     *
     * @param versionId as the request names it
     * @throws CosException {@code AccessDenied}
     */
    public void requireObject(Question question, Bucket bucket, String key, Optional<String> versionId) {
        require(question, resource(bucket).object(key), decideObject(question, bucket, key, versionId));
    }

    /** Whether somebody may do something with an object, and why. */
    public Decision decideObject(Question question, Bucket bucket, String key, Optional<String> versionId) {
        return decide(question, bucket, resource(bucket).object(key), Optional.of(new Target(bucket, key, versionId)));
    }

    /**
     * Lets pass who may do something that needs no bucket.
     *
     * @throws CosException {@code AccessDenied}
     */
    public void requireService(Question question, Resource resource) {
        require(question, resource, decideService(question, resource));
    }

    /** Whether somebody may do something that needs no bucket, and why. */
    public Decision decideService(Question question, Resource resource) {
        AccessRequest asked = asked(question, resource, conditions(question, Map.of()));
        return Authorizer.decide(asked, BucketAccess.PRIVATE, Optional::empty);
    }

    /** The object whose ACL may matter. */
    private record Target(Bucket bucket, String key, Optional<String> versionId) {}

    private Decision decide(Question question, Bucket bucket, Resource resource, Optional<Target> target) {
        BucketAccess access = access(bucket);
        ConditionValues request = conditions(question, tags(bucket));
        ConditionValues conditions =
                target.map(object -> conditions(object, request)).orElse(request);
        return Authorizer.decide(asked(question, resource, conditions), access, () -> target.flatMap(this::access));
    }

    private BucketAccess access(Bucket bucket) {
        return new BucketAccess(
                settings.find(bucket, Settings.ACL).orElse(Acl.PRIVATE),
                settings.find(bucket, Settings.POLICY),
                rules.block(bucket),
                rules.ownership(bucket));
    }

    private Map<String, String> tags(Bucket bucket) {
        return settings.find(bucket, Settings.TAGGING).map(Tags::all).orElse(Map.of());
    }

    private Optional<ObjectAccess> access(Target target) {
        return versions.find(target.bucket, target.key, target.versionId)
                .map(stored -> stored.version().attributes().possession().access(target.bucket));
    }

    /** What there is to know of the object itself; its tags are looked up when a condition asks for them. */
    private ConditionValues conditions(Target target, ConditionValues request) {
        ConditionValues named = request.with("cos:versionid", target.versionId.map(PercentCode::encode))
                .with("s3:versionid", target.versionId);
        return key -> key.startsWith(EXISTING_TAG)
                ? versions.find(target.bucket, target.key, target.versionId)
                        .flatMap(stored -> Optional.ofNullable(
                                stored.version().attributes().tags().all().get(key.substring(EXISTING_TAG.length()))))
                        .map(List::of)
                : named.of(key);
    }

    /**
     * Whether a caller may be told that there is no object by the key of a request: whoever may list it. Source: S3 docs,
     * "GetObject", "Permissions".
     */
    public boolean mayList(CosRequest request, Bucket bucket) {
        Question question = Question.of(request, "GetBucket");
        ConditionValues conditions = conditions(question, tags(bucket))
                .with("cos:prefix", Optional.of(PercentCode.encode(request.key())))
                .with("s3:prefix", Optional.of(request.key()));
        return Authorizer.decide(asked(question, resource(bucket), conditions), access(bucket), Optional::empty)
                .isAllowed();
    }

    /** Whether there is no object that a request could mean. */
    public boolean isAbsent(CosRequest request, Bucket bucket) {
        return versions.find(bucket, request.key(), Versions.named(request.query()))
                .isEmpty();
    }

    private AccessRequest asked(Question question, Resource resource, ConditionValues conditions) {
        Requester requester = requester(question.caller);
        return new AccessRequest(
                requester, question.action, resource, new PrincipalConditions(requester.principal(), conditions));
    }

    private ConditionValues conditions(Question question, Map<String, String> bucketTags) {
        CosRequest request = question.request;
        return new RequestConditions(
                question.headers,
                request.query(),
                new RequestConditions.Peer(
                        request.http().remoteAddress(),
                        request.http().secure(),
                        request.http().tlsVersion()),
                clock.instant(),
                () -> requestTags(question.headers),
                () -> bucketTags);
    }

    /** A header that cannot be read is refused where it is acted upon. */
    private static Map<String, String> requestTags(Headers headers) {
        try {
            return Attributes.tags(headers).all();
        } catch (CosException e) {
            return Map.of();
        }
    }

    /** A bucket in the terms of policies. */
    public static Resource resource(Bucket bucket) {
        return Resource.bucket(bucket.region(), new Account(bucket.appId(), bucket.ownerUin()), bucket.name());
    }

    private Requester requester(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> Requester.ANONYMOUS;
            case Caller.Signed signed -> requesters.of(signed);
        };
    }

    private void require(Question question, Resource resource, Decision decision) {
        if (decision.isAllowed()) {
            return;
        }
        LOG.debug("{} {} {}", question.request.requestId(), question.action, decision);
        throw CosError.ACCESS_DENIED
                .exception()
                .noting("principal", requester(question.caller).principal().qcs())
                .noting("action", question.action)
                .noting("resource", resource.qcs())
                .noting("reason", decision.reason().toString());
    }
}

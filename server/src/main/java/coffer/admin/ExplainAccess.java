package coffer.admin;

import coffer.access.Decision;
import coffer.access.Reason;
import coffer.access.Resource;
import coffer.address.Address;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.cam.AccountInfo;
import coffer.cam.KeyInfo;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.identity.SignedParts;
import coffer.object.AccessControl;
import coffer.operation.Operation;
import coffer.operation.Refusal;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says why somebody may or may not do something, asked beforehand or by the id of a request that was refused. */
final class ExplainAccess {
    private static final int MOST_REFUSALS = 1000;

    /** What a question about a request over TLS means: whatever today's clients agree on. */
    private static final String TLS_VERSION = "1.3";

    private ExplainAccess() {}

    /**
     * Who wants to do what. Whom it is about: the owner of a key ({@code secretId}); a user, a role or, if neither is named,
     * the root user of an account ({@code appId}); or nobody known.
     *
     * @param action as policies call it, {@code name/cos:GetObject} or {@code GetObject}, or the name of an operation
     * @param sourceIp the address the request comes from; 127.0.0.1 if absent
     * @param secure whether it comes over TLS, then of version 1.3
     * @param headers by name
     * @param query parameters by name
     */
    record AccessQuestion(
            Optional<String> secretId,
            Optional<String> appId,
            Optional<String> user,
            Optional<String> role,
            String action,
            Optional<String> bucket,
            Optional<String> key,
            Optional<String> versionId,
            Optional<String> sourceIp,
            Optional<Boolean> secure,
            Optional<Map<String, String>> headers,
            Optional<Map<String, String>> query) {}

    /**
     * What decided.
     *
     * @param kind {@code ownership}, {@code statement}, {@code grant}, {@code unreadable}, {@code nothing}, {@code session},
     *     {@code account}
     * @param policyKind of a statement: {@code identity}, {@code session} or {@code bucket}
     * @param statement its place in the policy, from 0
     * @param acl of a grant: whose ACL, {@code bucket} or {@code object}
     */
    record DecidedBy(
            String kind,
            Optional<String> policyKind,
            Optional<String> policy,
            Optional<Integer> statement,
            Optional<String> sid,
            Optional<String> acl,
            Optional<String> grantee,
            Optional<String> permission) {
        static DecidedBy of(Reason reason) {
            return switch (reason) {
                case Reason.Ownership _ -> plain("ownership");
                case Reason.ByStatement by -> ofPolicy("statement", by.policy(), Optional.of(by.index()), by.sid());
                case Reason.ByGrant by ->
                    new DecidedBy(
                            "grant",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(text(by.on())),
                            Optional.of(by.grant().grantee().id()),
                            Optional.of(by.grant().permission().name()));
                case Reason.Unreadable by -> ofPolicy("unreadable", by.policy(), Optional.empty(), Optional.empty());
                case Reason.NothingAllows _ -> plain("nothing");
                case Reason.SessionLacks _ -> plain("session");
                case Reason.AccountLacks _ -> plain("account");
            };
        }

        private static DecidedBy plain(String kind) {
            return new DecidedBy(
                    kind,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private static DecidedBy ofPolicy(
                String kind, Reason.PolicyName policy, Optional<Integer> statement, Optional<String> sid) {
            return new DecidedBy(
                    kind,
                    Optional.of(text(policy.kind())),
                    Optional.of(policy.name()).filter(name -> !name.isEmpty()),
                    statement,
                    sid,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private static String text(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param reason one line for people */
    record AccessAnswer(
            boolean allowed, String reason, DecidedBy decidedBy, String principal, String action, String resource) {}

    /** @param finding what a client signed instead of what it should have, where the signature was wrong */
    record RefusalView(
            String requestId,
            Instant time,
            String remoteAddress,
            String method,
            String host,
            String path,
            String operation,
            String code,
            String message,
            Optional<String> principal,
            Optional<String> secretId,
            Optional<String> action,
            Optional<String> resource,
            Optional<String> reason,
            Optional<String> finding) {
        static RefusalView of(Refusal refusal) {
            Map<String, String> notes = refusal.notes();
            return new RefusalView(
                    refusal.requestId(),
                    refusal.time(),
                    refusal.remoteAddress(),
                    refusal.method(),
                    refusal.host(),
                    refusal.path(),
                    refusal.operation(),
                    refusal.code(),
                    refusal.message(),
                    Optional.ofNullable(notes.get("principal")),
                    Optional.ofNullable(notes.get("secretId")),
                    Optional.ofNullable(notes.get("action")),
                    Optional.ofNullable(notes.get("resource")),
                    Optional.ofNullable(notes.get("reason")),
                    Optional.ofNullable(notes.get("finding")));
        }
    }

    record RefusalList(List<RefusalView> refusals) {}

    static RefusalList refusals(AdminServices services, AdminCall call) {
        int limit = call.parameter("limit").map(ExplainAccess::limit).orElse(100);
        return new RefusalList(services.services().refusals().newest(limit).stream()
                .map(RefusalView::of)
                .toList());
    }

    private static int limit(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 1, MOST_REFUSALS);
        } catch (NumberFormatException e) {
            throw AdminException.invalid("limit must be a number from 1 to " + MOST_REFUSALS + ".");
        }
    }

    static RefusalView refusal(AdminServices services, AdminCall call) {
        return services.services()
                .refusals()
                .find(call.path("requestId"))
                .map(RefusalView::of)
                .orElseThrow(
                        () -> AdminException.notFound(
                                "No request of this id was refused lately; the last 4,096 are remembered, until the server stops."));
    }

    static AccessAnswer explain(AdminServices services, AdminCall call) {
        AccessQuestion asked = call.body(AccessQuestion.class);
        Caller caller = caller(services, asked);
        String action = action(asked.action);
        AccessControl.Question question = AccessControl.Question.of(request(asked, caller), action);
        AccessControl access = services.services().access();
        if (asked.bucket.isEmpty()) {
            return answer(question, Resource.SERVICE, access.decideService(question, Resource.SERVICE));
        }
        Optional<Bucket> found = services.services().buckets().find(asked.bucket.get());
        if (found.isEmpty()) {
            Resource wanted = newBucket(services, asked, action);
            return answer(question, wanted, access.decideService(question, wanted));
        }
        Resource bucket = AccessControl.resource(found.get());
        return asked.key
                .map(key -> answer(
                        question, bucket.object(key), access.decideObject(question, found.get(), key, asked.versionId)))
                .orElseGet(() -> answer(question, bucket, access.decideBucket(question, found.get())));
    }

    /** Only one operation is about a bucket that is not there. */
    private static Resource newBucket(AdminServices services, AccessQuestion asked, String action) {
        String bucket = asked.bucket.orElseThrow();
        if (!action.equals(Operation.PUT_BUCKET.action())) {
            throw AdminException.notFound("There is no bucket " + bucket + ".");
        }
        String appId = bucket.substring(bucket.lastIndexOf('-') + 1);
        Account owner =
                services.cam().accounts().find(appId).map(AccountInfo::account).orElse(new Account(appId, ""));
        return Resource.bucket(services.services().regions().getFirst(), owner, bucket);
    }

    private static AccessAnswer answer(AccessControl.Question question, Resource resource, Decision decision) {
        Principal principal = switch (question.caller()) {
            case Caller.Anonymous _ -> new Principal.Anonymous();
            case Caller.Signed signed -> signed.principal();
        };
        return new AccessAnswer(
                decision.isAllowed(),
                decision.reason().toString(),
                DecidedBy.of(decision.reason()),
                principal.qcs(),
                "name/cos:" + question.action(),
                resource.qcs());
    }

    private static String action(String text) {
        String name = text.substring(text.indexOf(':') + 1);
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.action().equalsIgnoreCase(name)
                        || operation.title().equalsIgnoreCase(name))
                .map(Operation::action)
                .findFirst()
                .orElseThrow(() -> AdminException.invalid("There is no action or operation '" + name
                        + "'; an action is, for instance, name/cos:GetObject."));
    }

    private static Caller caller(AdminServices services, AccessQuestion asked) {
        if (asked.secretId.isPresent()) {
            return caller(
                    services,
                    services.cam()
                            .keys()
                            .find(asked.secretId.get())
                            .orElseThrow(
                                    () -> AdminException.notFound("There is no key " + asked.secretId.get() + ".")));
        }
        if (asked.appId.isEmpty()) {
            return new Caller.Anonymous();
        }
        Account account = services.cam().accounts().require(asked.appId.get()).account();
        if (asked.user.isPresent()) {
            String uin = services.cam()
                    .users()
                    .require(account.appId(), asked.user.get())
                    .uin();
            return signed(new Principal.User(account, uin));
        }
        return signed(asked.role
                .map(name -> services.cam().roles().require(account.appId(), name))
                .<Principal>map(role -> new Principal.Role(account, role.id(), role.name()))
                .orElseGet(() -> new Principal.Root(account)));
    }

    private static Caller caller(AdminServices services, KeyInfo key) {
        Account account = services.cam().accounts().require(key.appId()).account();
        return signed(key.userUin()
                .<Principal>map(uin -> new Principal.User(account, uin))
                .orElseGet(() -> new Principal.Root(account)));
    }

    private static Caller signed(Principal principal) {
        return new Caller.Signed(principal, "", Optional.empty(), SignedParts.OF_FORM);
    }

    private static CosRequest request(AccessQuestion asked, Caller caller) {
        List<Headers.Header> headers = new ArrayList<>();
        asked.headers.orElse(Map.of()).forEach((name, value) -> headers.add(new Headers.Header(name, value)));
        StringBuilder query = new StringBuilder();
        asked.query
                .orElse(Map.of())
                .forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                        .append(PercentCode.encode(name))
                        .append('=')
                        .append(PercentCode.encode(value)));
        asked.versionId.ifPresent(version ->
                query.append(query.isEmpty() ? "" : "&").append("versionId=").append(version));
        HttpRequest http = new HttpRequest(
                "GET",
                "/",
                Headers.of(headers),
                RequestBody.EMPTY,
                asked.sourceIp.orElse("127.0.0.1"),
                asked.secure.filter(Boolean::booleanValue).map(_ -> TLS_VERSION));
        Address address = new Address(
                Address.Kind.BUCKET,
                asked.bucket,
                Optional.empty(),
                "",
                "/" + asked.key.orElse(""),
                asked.key.orElse(""));
        return new CosRequest(
                http, address, Query.parse(query.toString()), caller, "explain", Protocol.COS, address.bucket());
    }
}

package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table does not show: when an object is looked up, and what is thrown. */
class AuthorizerTest {
    private final AtomicInteger lookUps = new AtomicInteger();

    /** The row of an object is read only where nothing else decides and its ACL could. */
    @ParameterizedTest
    @CsvSource({
        "owner, GetObject, , 0",
        "anonymous, GetObject, , 1",
        "anonymous, HeadObject, , 1",
        "anonymous, GetObjectACL, , 1",
        "anonymous, PutObject, , 0",
        "anonymous, DeleteObject, , 0",
        "anonymous, GetObjectTagging, , 0",
        "anonymous, GetObject, allow * GetObject /*, 0",
        "anonymous, GetObject, deny * GetObject /*, 0",
        "othersub, GetObject, , 1",
    })
    void looksTheObjectUpOnlyIfItMatters(String who, String action, String policy, int expected) {
        decide(Requester.of(java.util.Objects.requireNonNull(AccessTable.PRINCIPALS.get(who))), action, policy);
        assertThat(lookUps).hasValue(expected);
    }

    @Test
    void doesNotLookUpForBuckets() {
        Decision decision = Authorizer.decide(
                new AccessRequest(Requester.ANONYMOUS, "GetBucket", AccessTable.BUCKET, ConditionValues.NONE),
                BucketAccess.PRIVATE,
                this::lookUp);
        assertThat(decision).hasToString("denied: nothing allows it");
        assertThat(lookUps).hasValue(0);
    }

    @Test
    void aDenialIsThrownWithoutItsReason() {
        Decision denied = decide(Requester.ANONYMOUS, "GetObject", "sid=quiet deny * GetObject /*");
        assertThat(denied).hasToString("denied: bucket policy statement[0] quiet");
        assertThat(denied.reason())
                .isEqualTo(new Reason.ByStatement(Reason.PolicyName.BUCKET, 0, Optional.of("quiet")));
        CosException thrown = catchThrowableOfType(CosException.class, denied::require);
        assertThat(thrown.error().code()).isEqualTo("AccessDenied");
        assertThat(thrown.message()).isEqualTo("Access Denied.");
        Decision allowed = decide(Requester.of(new Principal.Root(AccessTable.OWNER)), "GetObject", "");
        assertThatCode(allowed::require).doesNotThrowAnyException();
    }

    /** Sessions of users and roles keep the policies of who made them. */
    @Test
    void aSessionKeepsItsMaker() {
        Policy all = identity("allow * *");
        Requester maker = new Requester(
                new Principal.User(AccessTable.OWNER, "100000000077"),
                List.of(new IdentityPolicy("readers", identity("allow GetObject /*"))),
                Optional.empty());
        assertThat(decide(maker.inSession(all), "GetObject", ""))
                .hasToString("allowed: identity policy readers statement[0]");
        assertThat(decide(maker.inSession(all), "PutObject", "").isAllowed()).isFalse();
    }

    private Decision decide(Requester requester, String action, String policy) {
        Optional<Policy> bucketPolicy = Optional.ofNullable(policy)
                .filter(text -> !text.isEmpty())
                .map(text -> Policy.ofBucket(
                        StatementNotation.json(text).getBytes(StandardCharsets.UTF_8), AccessTable.BUCKET));
        return Authorizer.decide(
                new AccessRequest(requester, action, AccessTable.BUCKET.object("a"), ConditionValues.NONE),
                new BucketAccess(Acl.PRIVATE, bucketPolicy),
                this::lookUp);
    }

    private Optional<ObjectAccess> lookUp() {
        lookUps.incrementAndGet();
        return Optional.of(new ObjectAccess(AccessTable.OWNER.uin(), Optional.empty()));
    }

    private static Policy identity(String text) {
        return Policy.ofIdentity(StatementNotation.json(text).getBytes(StandardCharsets.UTF_8));
    }
}

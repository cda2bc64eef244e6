package coffer.cam;

import static coffer.cam.CamFixture.ALLOW_ALL;
import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.DENY_ALL;
import static coffer.cam.CamFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.access.AccessRequest;
import coffer.access.Authorizer;
import coffer.access.BucketAccess;
import coffer.access.ConditionValues;
import coffer.access.Decision;
import coffer.access.Requester;
import coffer.access.Resource;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    private final Cam cam = new CamFixture().cam;
    private final Account account = cam.accounts().require(APP_ID).account();
    private final Principal.User ann =
            new Principal.User(account, cam.users().create(APP_ID, "ann").uin());

    @BeforeEach
    void groupsAndPolicies() {
        cam.groups().create(APP_ID, "g");
        cam.policies().put(APP_ID, "allow", ALLOW_ALL);
        cam.policies().put(APP_ID, "deny", DENY_ALL);
    }

    @Test
    void aNewUserMayDoNothing() {
        assertThat(may(ann, "GetObject")).isFalse();
    }

    @Test
    void policiesCountFromTheUserAndFromGroups() {
        cam.users().join(APP_ID, "ann", "g");
        cam.groups().attach(APP_ID, "g", "allow");
        assertThat(may(ann, "GetObject")).isTrue();
        cam.users().attach(APP_ID, "ann", "deny");
        assertThat(may(ann, "GetObject")).isFalse();
        cam.users().detach(APP_ID, "ann", "deny");
        cam.users().leave(APP_ID, "ann", "g");
        assertThat(may(ann, "GetObject")).isFalse();
    }

    @Test
    void aReplacedPolicyCountsAtOnce() {
        cam.users().attach(APP_ID, "ann", "allow");
        assertThat(may(ann, "GetObject")).isTrue();
        cam.policies()
                .put(APP_ID, "allow", ALLOW_ALL.replace("\"*\"],\"resource", "\"name/cos:PutObject\"],\"resource"));
        assertThat(may(ann, "GetObject")).isFalse();
        assertThat(may(ann, "PutObject")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "QcloudCOSFullAccess,      GetObject HeadObject PutObject DeleteObject UploadPart ListParts GetBucket HeadBucket PutBucketPolicy GetService",
        "QcloudCOSReadOnlyAccess,  GetObject HeadObject GetBucket HeadBucket GetService ListParts",
        "QcloudCOSDataReadOnly,    GetObject HeadObject",
        "QcloudCOSDataWriteOnly,   PutObject UploadPart ListParts",
        "QcloudCOSDataFullControl, GetObject PutObject DeleteObject HeadObject UploadPart ListParts GetBucket HeadBucket",
    })
    void presetsAllowWhatTheirNamesSay(String preset, String allowed) {
        cam.users().attach(APP_ID, "ann", preset);
        List<String> asked = List.of(
                "GetObject",
                "HeadObject",
                "PutObject",
                "DeleteObject",
                "UploadPart",
                "ListParts",
                "GetBucket",
                "HeadBucket",
                "PutBucketPolicy",
                "GetService");
        assertThat(asked.stream().filter(action -> may(ann, action)))
                .containsExactlyInAnyOrderElementsOf(List.of(allowed.split(" ", -1)));
    }

    @Test
    void presetsAreListedAndStayAsTheyAre() {
        assertThat(cam.policies().list(APP_ID)).extracting(PolicyInfo::name).contains("allow", "QcloudCOSFullAccess");
        assertThat(refusal(() -> cam.policies().put(APP_ID, "QcloudCOSFullAccess", DENY_ALL)))
                .isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refusal(() -> cam.policies().delete(APP_ID, "QcloudCOSFullAccess")))
                .isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"maybe\",\"action\":\"*\",\"resource\":\"*\"}]}",
                "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"principal\":\"*\",\"action\":\"*\","
                        + "\"resource\":\"*\"}]}"
            })
    void whatIsNoPolicyIsRefused(String document) {
        assertThat(refusal(() -> cam.policies().put(APP_ID, "p", document))).isEqualTo(CamError.MALFORMED_POLICY);
    }

    @Test
    void theRefusalSaysWhere() {
        CamException refused = catchThrowableOfType(
                CamException.class,
                () -> cam.policies()
                        .put(APP_ID, "p", ALLOW_ALL.replace("\"effect\":\"allow\"", "\"effect\":\"maybe\"")));
        assertThat(refused.sentence()).contains("statement[0].effect");
    }

    @Test
    void whoIsGoneMayDoNothingInAnySession() {
        cam.users().attach(APP_ID, "ann", "allow");
        assertThat(may(cam.requesters().of(ann, Optional.of(ALLOW_ALL)), "GetObject"))
                .isTrue();
        assertThat(may(cam.requesters().of(ann, Optional.of(DENY_ALL)), "GetObject"))
                .isFalse();
        cam.users().delete(APP_ID, "ann");
        assertThat(may(cam.requesters().of(ann, Optional.of(ALLOW_ALL)), "GetObject"))
                .isFalse();

        Principal root = new Principal.Root(account);
        assertThat(may(cam.requesters().of(root, Optional.of(ALLOW_ALL)), "GetObject"))
                .isTrue();
        cam.accounts().delete(APP_ID, () -> false);
        assertThat(may(cam.requesters().of(root, Optional.of(ALLOW_ALL)), "GetObject"))
                .isFalse();
    }

    @Test
    void aRoleMadeAgainIsAnother() {
        RoleInfo first = cam.roles().create(APP_ID, "r", List.of());
        cam.roles().attach(APP_ID, "r", "allow");
        Principal assumed = new Principal.Role(account, first.id(), "r");
        assertThat(may(assumed, "GetObject")).isTrue();
        cam.roles().delete(APP_ID, "r");
        cam.roles().create(APP_ID, "r", List.of());
        cam.roles().attach(APP_ID, "r", "allow");
        assertThat(may(assumed, "GetObject")).isFalse();
    }

    @Test
    void rolesAreTrustedToWhomTheySay() {
        String owner = account.uin();
        RoleInfo ofUser = cam.roles().create(APP_ID, "u", List.of("qcs::cam::uin/" + owner + ":uin/" + ann.uin()));
        RoleInfo ofAll = cam.roles().create(APP_ID, "a", List.of("qcs::cam::uin/" + owner + ":uin/" + owner));
        Principal bob =
                new Principal.User(account, cam.users().create(APP_ID, "bob").uin());
        Principal root = new Principal.Root(account);
        assertThat(List.of(ann, bob, root, new Principal.Anonymous()).stream()
                        .map(who -> !(who instanceof Principal.Anonymous) && Roles.trusts(ofUser, who)))
                .containsExactly(true, false, false, false);
        assertThat(List.of(ann, bob, root).stream().map(who -> Roles.trusts(ofAll, who)))
                .containsExactly(true, true, true);
        assertThat(refusal(() -> cam.roles().trust(APP_ID, "a", List.of("everybody"))))
                .isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(cam.roles().trust(APP_ID, "a", List.of()).trusted()).isEmpty();
    }

    private boolean may(Principal principal, String action) {
        return may(cam.requesters().of(principal, Optional.empty()), action);
    }

    private boolean may(Requester requester, String action) {
        Resource bucket = Resource.bucket("ap-guangzhou", account, "b-" + APP_ID);
        Resource asked = action.equals("GetService")
                ? Resource.SERVICE
                : action.contains("Bucket") ? bucket : bucket.object("k");
        Decision decision = Authorizer.decide(
                new AccessRequest(requester, action, asked, ConditionValues.NONE),
                BucketAccess.PRIVATE,
                Optional::empty);
        return decision.isAllowed();
    }
}

package coffer.sts;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets which temporary key, and who is who. */
class TokenIssuerTest {
    private static final String APPID = StsStage.ACCOUNT.appId();
    private static final String UIN = StsStage.ACCOUNT.uin();
    private static final String ROLE = "qcs::cam::uin/" + UIN + ":roleName/reader";
    private static final Map<String, String> WISH = Map.of("Name", "cos-sts-java", "Policy", StsStage.READ_A);
    private static final Map<String, String> ROLE_WISH = Map.of("RoleArn", ROLE, "RoleSessionName", "nightly");

    private final StsStage stage = new StsStage();
    private AccessKey ann = StsStage.ROOT;

    @BeforeEach
    void userAndRole() {
        ann = stage.user("ann");
        stage.cam.roles().create(APPID, "reader", List.of("qcs::cam::uin/" + UIN + ":uin/" + UIN));
    }

    private JsonNode ask(AccessKey key, String action, Map<String, ?> parameters) {
        return stage.answer(Calls.of(key, stage.now).json(action, parameters));
    }

    private String error(AccessKey key, String action, Map<String, ?> parameters) {
        return stage.error(Calls.of(key, stage.now).json(action, parameters));
    }

    private static Map<String, Object> with(Map<String, ?> parameters, String name, Object value) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }

    private SessionToken token(JsonNode answer) {
        return stage.tokens
                .open(answer.path("Credentials").path("Token").asString())
                .orElseThrow(() -> new AssertionError(answer));
    }

    private Calls temporary(JsonNode answer) {
        JsonNode made = answer.path("Credentials");
        return new Calls(
                made.path("TmpSecretId").asString(),
                made.path("TmpSecretKey").asString(),
                Optional.of(made.path("Token").asString()),
                stage.now);
    }

    private void give(String policy, String statement) {
        stage.cam.policies().put(APPID, policy, "{\"version\":\"2.0\",\"statement\":[" + statement + "]}");
        stage.cam.users().attach(APPID, "ann", policy);
    }

    @Test
    void aFederationTokenActsAsItsMaker() {
        SessionToken roots = token(ask(StsStage.ROOT, "GetFederationToken", WISH));
        assertThat(roots.principal()).isEqualTo(new Principal.Root(StsStage.ACCOUNT));
        assertThat(roots.policy()).contains(StsStage.READ_A);
        assertThat(roots.expires()).isEqualTo(stage.now.plusSeconds(1800));
        SessionToken anns = token(ask(ann, "GetFederationToken", WISH));
        assertThat(anns.principal()).isEqualTo(ann.principal());
        assertThat(anns.issuerKeyId()).isEqualTo(ann.secretId());
    }

    @ParameterizedTest
    @CsvSource({
        "root, GetFederationToken, 7200, 7201",
        "ann, GetFederationToken, 129600, 129601",
        "root, AssumeRole, 43200, 43201"
    })
    void limitsItsTime(String who, String action, long most, long more) {
        AccessKey key = who.equals("ann") ? ann : StsStage.ROOT;
        Map<String, String> wish = action.equals("AssumeRole") ? ROLE_WISH : WISH;
        assertThat(token(ask(key, action, with(wish, "DurationSeconds", most))).expires())
                .isEqualTo(stage.now.plusSeconds(most));
        assertThat(error(key, action, with(wish, "DurationSeconds", more))).isEqualTo("InvalidParameter.OverTimeError");
        assertThat(error(key, action, with(wish, "DurationSeconds", 0))).isEqualTo("InvalidParameter.ParamError");
        assertThat(error(key, action, with(wish, "DurationSeconds", -1))).isEqualTo("InvalidParameter.ParamError");
        assertThat(error(key, action, with(wish, "DurationSeconds", "soon"))).isEqualTo("InvalidParameter");
        assertThat(error(key, action, with(wish, "DurationSeconds", Long.MAX_VALUE)))
                .isEqualTo("InvalidParameter.OverTimeError");
    }

    @Test
    void needsNameAndPolicy() {
        assertThat(error(ann, "GetFederationToken", Map.of("Name", "n"))).isEqualTo("MissingParameter");
        assertThat(error(ann, "GetFederationToken", Map.of("Policy", StsStage.READ_A)))
                .isEqualTo("MissingParameter");
        assertThat(error(ann, "GetFederationToken", with(WISH, "Policy", "{}")))
                .isEqualTo("InvalidParameter.StrategyFormatError");
        assertThat(error(ann, "GetFederationToken", with(WISH, "Name", "n\nAKID: refused")))
                .isEqualTo("InvalidParameter.ParamError");
        assertThat(error(ann, "GetFederationToken", with(WISH, "Name", "n".repeat(129))))
                .isEqualTo("InvalidParameter.ParamError");
    }

    /** What packs badly makes a token that would not fit beside the other headers of a request. */
    @Test
    void refusesAPolicyThatMakesTheTokenTooLong() {
        StringBuilder resources = new StringBuilder("[");
        java.util.Random random = new java.util.Random(5);
        for (int i = 0; i < 40; i++) {
            resources
                    .append("\"qcs::cos:::demo-1250000000/")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",");
        }
        String statement = "{\"effect\":\"allow\",\"action\":\"*\",\"resource\":" + resources + "\"*\"]}";
        String policy = "{\"statement\":[" + statement + "," + statement.replace("demo", "other") + "]}";
        assertThat(token(ask(ann, "GetFederationToken", with(WISH, "Policy", policy))))
                .isNotNull();
        StringBuilder many = new StringBuilder("{\"statement\":[");
        for (int i = 0; i < 60; i++) {
            many.append(i == 0 ? "" : ",").append("{\"effect\":\"allow\",\"action\":\"*\",\"resource\":[\"qcs::cos:::");
            for (int j = 0; j < 10; j++) {
                many.append(Long.toHexString(random.nextLong()));
            }
            many.append("\"]}");
        }
        assertThat(error(ann, "GetFederationToken", with(WISH, "Policy", many + "]}")))
                .isEqualTo("InvalidParameter.PolicyTooLong");
    }

    @Test
    void aUserMayBeDeniedFederation() {
        give("nothing", "{\"effect\":\"deny\",\"action\":\"name/sts:GetFederationToken\",\"resource\":\"*\"}");
        assertThat(error(ann, "GetFederationToken", WISH)).isEqualTo("UnauthorizedOperation");
        assertThat(error(StsStage.ROOT, "GetFederationToken", WISH)).startsWith("{");
    }

    @Test
    void aTemporaryKeyMakesNoOther() {
        JsonNode made = ask(ann, "GetFederationToken", WISH);
        assertThat(stage.error(temporary(made).json("GetFederationToken", WISH)))
                .isEqualTo("FailedOperation.TempKeyNotAllowed");
        assertThat(stage.error(temporary(made).form("AssumeRole", ROLE_WISH)))
                .isEqualTo("FailedOperation.TempKeyNotAllowed");
        Calls without = new Calls(temporary(made).secretId(), temporary(made).secretKey(), Optional.empty(), stage.now);
        assertThat(stage.error(without.json("GetCallerIdentity", Map.of()))).isEqualTo("AuthFailure.TokenFailure");
        stage.pass(java.time.Duration.ofMinutes(30));
        assertThat(stage.error(temporary(made).json("GetCallerIdentity", Map.of())))
                .isEqualTo("AuthFailure.TokenFailure");
    }

    @Test
    void aRoleNeedsTrustAndUsersAPolicy() {
        assertThat(token(ask(StsStage.ROOT, "AssumeRole", ROLE_WISH)).expires()).isEqualTo(stage.now.plusSeconds(7200));
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
        give("other", "{\"effect\":\"allow\",\"action\":\"name/sts:AssumeRole\",\"resource\":\"" + ROLE + "s\"}");
        give("cos", "{\"effect\":\"allow\",\"action\":\"name/cos:*\",\"resource\":\"*\"}");
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
        give("assume", "{\"effect\":\"allow\",\"action\":\"name/sts:AssumeRole\",\"resource\":\"" + ROLE + "\"}");
        assertThat(token(ask(ann, "AssumeRole", ROLE_WISH)).principal())
                .isEqualTo(new Principal.Role(
                        StsStage.ACCOUNT,
                        stage.cam.roles().find(APPID, "reader").orElseThrow().id(),
                        "reader"));
        give("deny", "{\"effect\":\"deny\",\"action\":\"sts:*\",\"resource\":\"qcs::cam::uin/" + UIN + ":role*\"}");
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
        stage.cam.users().detach(APPID, "ann", "deny");
        stage.cam.roles().trust(APPID, "reader", List.of("qcs::cam::uin/" + UIN + ":uin/999"));
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
        assertThat(error(StsStage.ROOT, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
    }

    @Test
    void conditionsOfPoliciesCount() {
        give(
                "assume",
                "{\"effect\":\"allow\",\"action\":\"name/sts:AssumeRole\",\"resource\":\"*\","
                        + "\"condition\":{\"ip_equal\":{\"qcs:ip\":\"192.0.2.0/24\"}}}");
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).startsWith("{");
        give(
                "deny",
                "{\"effect\":\"deny\",\"action\":\"*\",\"resource\":\"*\","
                        + "\"condition\":{\"ip_equal\":{\"qcs:ip\":\"192.0.2.7\"}}}");
        assertThat(error(ann, "AssumeRole", ROLE_WISH)).isEqualTo("UnauthorizedOperation");
    }

    @Test
    void namesARoleByIdToo() {
        String id = stage.cam.roles().find(APPID, "reader").orElseThrow().id();
        for (String arn : List.of(ROLE, "qcs::cam::uin/" + UIN + ":role/" + id, coffer.api.PercentCode.encode(ROLE))) {
            assertThat(token(ask(StsStage.ROOT, "AssumeRole", with(ROLE_WISH, "RoleArn", arn))))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qcs::cam::uin/100000000001:roleName/writer",
                "qcs::cam::uin/100000000001:role/reader",
                "qcs::cam::uin/100000000002:roleName/reader"
            })
    void saysThatARoleIsNotThere(String arn) {
        assertThat(error(StsStage.ROOT, "AssumeRole", with(ROLE_WISH, "RoleArn", arn)))
                .isEqualTo("ResourceNotFound.RoleNotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reader",
                "qcs::cam::uin/100000000001:role/tencentcloudServiceRole/4611",
                "qcs::cam::uin/100000000001:roleName/",
                "qcs::cam::uin/x:roleName/reader",
                "%",
                "qcs::cam::uin/100000000001:uin/100000000001"
            })
    void refusesOtherNamesOfRoles(String arn) {
        assertThat(error(StsStage.ROOT, "AssumeRole", with(ROLE_WISH, "RoleArn", arn)))
                .isEqualTo("InvalidParameter.ParamError");
    }

    @Test
    void aRoleOfAnotherAccountCanBeAssumed() {
        Account other = new Account("1250000001", "100000000701");
        stage.cam.accounts().adopt(other, "other");
        stage.cam.roles().create(other.appId(), "guest", List.of("qcs::cam::uin/" + UIN + ":uin/" + UIN));
        Map<String, Object> wish = with(ROLE_WISH, "RoleArn", "qcs::cam::uin/" + other.uin() + ":roleName/guest");
        assertThat(token(ask(StsStage.ROOT, "AssumeRole", wish)).principal().account())
                .isEqualTo(other);
    }

    @Test
    void aSessionOfARoleMayHaveAPolicy() {
        SessionToken token = token(ask(StsStage.ROOT, "AssumeRole", with(ROLE_WISH, "Policy", StsStage.READ_A)));
        assertThat(token.policy()).contains(StsStage.READ_A);
        assertThat(error(StsStage.ROOT, "AssumeRole", with(ROLE_WISH, "RoleSessionName", "x")))
                .isEqualTo("InvalidParameter.ParamError");
    }

    /** Each as the API reference has it in its examples. */
    @Test
    void tellsWhoCalls() {
        String uin = ((Principal.User) ann.principal()).uin();
        String id = stage.cam.roles().find(APPID, "reader").orElseThrow().id();
        assertThat(identity(Calls.of(StsStage.ROOT, stage.now)))
                .containsExactly("CAMUser", UIN, UIN, UIN, "qcs::cam:" + UIN + ":uin/" + UIN);
        assertThat(identity(Calls.of(ann, stage.now)))
                .containsExactly("CAMUser", UIN, uin, uin, "qcs::cam:" + UIN + ":uin/" + uin);
        assertThat(identity(temporary(ask(ann, "GetFederationToken", WISH))))
                .containsExactly(
                        "CAMUser", UIN, uin + ":cos-sts-java", uin, "qcs::sts:" + UIN + ":federated-user/" + uin);
        assertThat(identity(temporary(ask(StsStage.ROOT, "AssumeRole", ROLE_WISH))))
                .containsExactly("CAMRole", UIN, id + ":nightly", UIN, "qcs::sts:" + UIN + ":assumed-role/" + id);
    }

    private List<String> identity(Calls caller) {
        JsonNode answer = stage.answer(caller.json("GetCallerIdentity", Map.of()));
        return List.of("Type", "AccountId", "UserId", "PrincipalId", "Arn").stream()
                .map(name -> answer.path(name).asString())
                .toList();
    }
}

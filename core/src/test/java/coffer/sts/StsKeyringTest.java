package coffer.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.AccessKey;
import coffer.identity.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StsKeyringTest {
    private static final String APPID = StsStage.ACCOUNT.appId();

    private final StsStage stage = new StsStage();

    private record Temporary(String id, String secret, String token) {}

    private Temporary temporary(AccessKey issuer, String action, Map<String, ?> parameters) {
        JsonNode made = stage.answer(Calls.of(issuer, stage.now).json(action, parameters))
                .path("Credentials");
        assertThat(made.isObject()).isTrue();
        return new Temporary(
                made.path("TmpSecretId").asString(),
                made.path("TmpSecretKey").asString(),
                made.path("Token").asString());
    }

    private Temporary federated(AccessKey issuer) {
        return temporary(issuer, "GetFederationToken", Map.of("Name", "n", "Policy", StsStage.READ_A));
    }

    private Optional<AccessKey> find(Temporary key) {
        return stage.sts.keyring().find(key.id, Optional.of(key.token));
    }

    private CosError refused(Temporary key, Optional<String> token) {
        return catchThrowableOfType(
                        CosException.class, () -> stage.sts.keyring().find(key.id, token))
                .error();
    }

    private CosError refused(Temporary key) {
        return refused(key, Optional.of(key.token));
    }

    @Test
    void findsATemporaryKeyWithItsPolicy() {
        AccessKey user = stage.user("ann");
        Temporary key = federated(user);
        assertThat(find(key))
                .contains(new AccessKey(key.id, key.secret, user.principal(), Optional.of(StsStage.READ_A)));
        assertThat(find(federated(StsStage.ROOT)).orElseThrow().principal())
                .isEqualTo(new Principal.Root(StsStage.ACCOUNT));
    }

    @Test
    void permanentKeysIgnoreTokens() {
        AccessKey user = stage.user("ann");
        assertThat(stage.sts.keyring().find(user.secretId(), Optional.of("nonsense")))
                .contains(user);
        assertThat(stage.sts.keyring().find("AKIDunknown", Optional.of("nonsense")))
                .isEmpty();
    }

    @Test
    void refusesATokenThatIsMissingBrokenOrOfAnotherKey() {
        Temporary one = federated(StsStage.ROOT);
        Temporary other = federated(StsStage.ROOT);
        assertThat(refused(one, Optional.empty())).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        assertThat(refused(one, Optional.of(""))).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        assertThat(refused(one, Optional.of(other.token))).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        assertThat(refused(one, Optional.of(one.token + "A"))).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        assertThat(find(one)).isPresent();
    }

    @Test
    void refusesATokenBeforeAndAfterItsTime() {
        Temporary key = federated(StsStage.ROOT);
        stage.pass(Duration.ofSeconds(1799));
        assertThat(find(key)).isPresent();
        stage.pass(Duration.ofSeconds(1));
        assertThat(refused(key)).isEqualTo(CosError.EXPIRED_TOKEN);
        stage.now = StsStage.START.minus(Duration.ofMinutes(5));
        assertThat(find(key)).as("clocks differ").isPresent();
        stage.pass(Duration.ofSeconds(-1));
        assertThat(refused(key)).isEqualTo(CosError.ACCESS_DENIED);
    }

    @Test
    void refusesAKeyWhoseIssuerIsDisabledOrDeleted() {
        AccessKey user = stage.user("ann");
        Temporary key = federated(user);
        stage.cam.keys().setEnabled(APPID, user.secretId(), false);
        assertThat(refused(key)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        stage.cam.keys().setEnabled(APPID, user.secretId(), true);
        assertThat(find(key)).isPresent();
        stage.cam.keys().delete(APPID, user.secretId());
        assertThat(refused(key)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
    }

    @Test
    void refusesAKeyWhoseUserOrAccountIsGone() {
        AccessKey ann = stage.user("ann");
        AccessKey bob = stage.user("bob");
        Temporary annsKey = federated(ann);
        Temporary bobsKey = federated(bob);
        stage.cam.users().delete(APPID, "ann");
        assertThat(refused(annsKey)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        assertThat(find(bobsKey)).isPresent();
        stage.cam.accounts().delete(APPID, () -> false);
        assertThat(refused(bobsKey)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
    }

    @Test
    void refusesAKeyWhoseRoleIsGoneOrAnotherOne() {
        stage.cam.roles().create(APPID, "reader", List.of("qcs::cam::uin/100000000001:uin/100000000001"));
        Temporary key = temporary(
                StsStage.ROOT,
                "AssumeRole",
                Map.of("RoleArn", "qcs::cam::uin/100000000001:roleName/reader", "RoleSessionName", "session"));
        assertThat(find(key).orElseThrow().principal()).isInstanceOf(Principal.Role.class);
        assertThat(find(key).orElseThrow().sessionPolicy()).isEmpty();
        stage.cam.roles().delete(APPID, "reader");
        assertThat(refused(key)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        stage.cam.roles().create(APPID, "reader", List.of());
        assertThat(refused(key)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
    }
}

package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private final Cam cam = new CamFixture().cam;
    private final Users users = cam.users();

    @Test
    void aUserIsFoundByUinAndByName() {
        UserInfo ann = users.create(APP_ID, "ann");
        assertThat(users.require(APP_ID, "ann")).isEqualTo(ann);
        assertThat(users.require(APP_ID, ann.uin())).isEqualTo(ann);
        assertThat(cam.accounts().ofUin(ann.uin()))
                .map(account -> account.account().appId())
                .contains(APP_ID);
        assertThat(refusal(() -> users.require(APP_ID, "bob"))).isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @Test
    void aNameIsTakenOnceInAnAccount() {
        users.create(APP_ID, "ann");
        assertThat(refusal(() -> users.create(APP_ID, "ann"))).isEqualTo(CamError.ENTITY_ALREADY_EXISTS);
        String other =
                cam.accounts().create("other", Optional.empty()).account().appId();
        assertThat(users.create(other, "ann").name()).isEqualTo("ann");
        assertThat(users.list(APP_ID)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-x", "100000000001", "ü", "a/b", "a\n"})
    void namesAreWordsAndNoNumbers(String name) {
        assertThat(refusal(() -> users.create(APP_ID, name))).isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @Test
    void namesHaveAtMost64Characters() {
        assertThat(users.create(APP_ID, "a".repeat(64)).name()).hasSize(64);
        assertThat(refusal(() -> users.create(APP_ID, "a".repeat(65)))).isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @Test
    void aUserOfNoAccountIsNotMade() {
        assertThat(refusal(() -> users.create("99999", "ann"))).isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @Test
    void aDeletedUserIsGoneWithHisKeys() {
        UserInfo ann = users.create(APP_ID, "ann");
        String key = cam.keys().create(APP_ID, Optional.of("ann")).secretId();
        users.delete(APP_ID, "ann");
        assertThat(users.list(APP_ID)).isEmpty();
        assertThat(cam.keyring().find(key, Optional.empty())).isEmpty();
        assertThat(refusal(() -> users.delete(APP_ID, "ann"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(users.create(APP_ID, "ann").uin()).isNotEqualTo(ann.uin());
    }

    @Test
    void groupsAndPoliciesMustBeThere() {
        users.create(APP_ID, "ann");
        assertThat(refusal(() -> users.join(APP_ID, "ann", "g"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(refusal(() -> users.attach(APP_ID, "ann", "p"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        cam.groups().create(APP_ID, "g");
        cam.policies().put(APP_ID, "p", CamFixture.ALLOW_ALL);
        users.join(APP_ID, "ann", "g");
        users.join(APP_ID, "ann", "g");
        UserInfo ann = users.attach(APP_ID, "ann", "p");
        assertThat(ann.groups()).isEqualTo(List.of("g"));
        assertThat(ann.policies()).isEqualTo(List.of("p"));
    }

    @Test
    void whatIsInUseIsNotDeleted() {
        users.create(APP_ID, "ann");
        cam.groups().create(APP_ID, "g");
        cam.policies().put(APP_ID, "p", CamFixture.ALLOW_ALL);
        users.join(APP_ID, "ann", "g");
        cam.groups().attach(APP_ID, "g", "p");
        assertThat(refusal(() -> cam.groups().delete(APP_ID, "g"))).isEqualTo(CamError.DELETE_CONFLICT);
        assertThat(refusal(() -> cam.policies().delete(APP_ID, "p"))).isEqualTo(CamError.DELETE_CONFLICT);
        users.leave(APP_ID, "ann", "g");
        cam.groups().delete(APP_ID, "g");
        cam.policies().delete(APP_ID, "p");
        assertThat(cam.groups().list(APP_ID)).isEmpty();
    }

    @Test
    void twoHundredPoliciesAreEnough() {
        users.create(APP_ID, "ann");
        for (int i = 0; i < 200; i++) {
            cam.policies().put(APP_ID, "p" + i, CamFixture.ALLOW_ALL);
            users.attach(APP_ID, "ann", "p" + i);
        }
        assertThat(refusal(() -> users.attach(APP_ID, "ann", "QcloudCOSFullAccess")))
                .isEqualTo(CamError.LIMIT_EXCEEDED);
        users.detach(APP_ID, "ann", "p7");
        assertThat(users.attach(APP_ID, "ann", "QcloudCOSFullAccess").policies())
                .hasSize(200);
    }
}

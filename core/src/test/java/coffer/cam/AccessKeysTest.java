package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.identity.AccessKey;
import coffer.identity.Principal;
import coffer.store.RowCursor;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CamFixture fixture = new CamFixture();
    private final Cam cam = fixture.cam;
    private final AccessKeys keys = cam.keys();

    @BeforeEach
    void user() {
        cam.users().create(APP_ID, "ann");
    }

    @Test
    void aKeyIsOfWhomItWasMadeFor() {
        AccessKeys.NewKey ofRoot = keys.create(APP_ID, Optional.empty());
        AccessKeys.NewKey ofAnn = keys.create(APP_ID, Optional.of("ann"));
        assertThat(ofRoot.secretId()).matches("AKID[A-Za-z0-9]{32}");
        assertThat(ofRoot.secretKey()).matches("[A-Za-z0-9]{32}").isNotEqualTo(ofAnn.secretKey());
        AccessKey root = cam.keyring().find(ofRoot.secretId(), Optional.empty()).orElseThrow();
        AccessKey ann = cam.keyring().find(ofAnn.secretId(), Optional.empty()).orElseThrow();
        assertThat(root.principal())
                .isEqualTo(new Principal.Root(cam.accounts().require(APP_ID).account()));
        assertThat(ann.principal())
                .isEqualTo(new Principal.User(
                        root.account(), cam.users().require(APP_ID, "ann").uin()));
        assertThat(ann.secretKey()).isEqualTo(ofAnn.secretKey());
        assertThat(cam.keyring().find(ofAnn.secretId(), Optional.empty())).contains(ann);
    }

    @Test
    void thereAreTwoAtATimeForRotation() {
        for (Optional<String> owner :
                Stream.of(Optional.<String>empty(), Optional.of("ann")).toList()) {
            String first = keys.create(APP_ID, owner).secretId();
            String second = keys.create(APP_ID, owner).secretId();
            assertThat(refusal(() -> keys.create(APP_ID, owner))).isEqualTo(CamError.LIMIT_EXCEEDED);
            keys.delete(APP_ID, first);
            assertThat(keys.list(APP_ID, owner)).extracting(KeyInfo::secretId).containsExactly(second);
            assertThat(keys.create(APP_ID, owner).secretId()).isNotEqualTo(second);
        }
    }

    @Test
    void aDisabledKeyWorksAgainWhenEnabled() {
        String key = keys.create(APP_ID, Optional.of("ann")).secretId();
        assertThat(keys.setEnabled(APP_ID, key, false).enabled()).isFalse();
        assertThat(cam.keyring().find(key, Optional.empty())).isEmpty();
        assertThat(keys.find(key)).isPresent();
        keys.setEnabled(APP_ID, key, true);
        assertThat(cam.keyring().find(key, Optional.empty())).isPresent();
    }

    @Test
    void keysOfOtherAccountsAreNotThere() {
        String other =
                cam.accounts().create("other", Optional.empty()).account().appId();
        String key = keys.create(APP_ID, Optional.empty()).secretId();
        assertThat(refusal(() -> keys.setEnabled(other, key, false))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(refusal(() -> keys.delete(other, key))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(cam.keyring().find(key, Optional.empty())).isPresent();
    }

    @Test
    void secretsAreNeitherStoredNorShownAsTheyAre() {
        AccessKeys.NewKey key = keys.create(APP_ID, Optional.empty());
        assertThat(key.toString()).doesNotContain(key.secretKey());
        assertThat(keys.find(key.secretId()).orElseThrow().toString()).doesNotContain(key.secretKey());
        assertThat(cam.keyring()
                        .find(key.secretId(), Optional.empty())
                        .orElseThrow()
                        .toString())
                .doesNotContain(key.secretKey());
        try (RowCursor rows = fixture.metadata.scan(Cam.SPACE, 'k', "", "")) {
            String stored = new String(rows.next().orElseThrow().value(), ISO_8859_1);
            assertThat(stored).contains(key.secretId()).doesNotContain(key.secretKey());
        }
    }

    @Test
    void theLastUseIsKnownToTenMinutes() throws InterruptedException {
        String key = keys.create(APP_ID, Optional.empty()).secretId();
        assertThat(lastUse(key)).isEmpty();
        use(key);
        awaitLastUse(key);
        fixture.pass(Duration.ofMinutes(9));
        use(key);
        assertThat(lastUse(key)).isNotEqualTo(Optional.of(fixture.clock.instant()));
        fixture.pass(Duration.ofMinutes(2));
        use(key);
        awaitLastUse(key);
    }

    private void awaitLastUse(String key) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!lastUse(key).equals(Optional.of(fixture.clock.instant()))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Optional<java.time.Instant> lastUse(String key) {
        return keys.find(key).orElseThrow().lastUsed();
    }

    private void use(String key) {
        assertThat(cam.keyring().find(key, Optional.empty())).isPresent();
    }
}

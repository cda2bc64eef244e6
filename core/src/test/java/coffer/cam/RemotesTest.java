package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemotesTest {
    static final Remotes.Wanted MINIO = new Remotes.Wanted(
            "minio",
            "http://10.1.2.3:9000",
            RemoteInfo.Dialect.S3,
            Optional.empty(),
            Optional.of("us-east-1"),
            "minio-user",
            "minio-secret/+=");

    private static final Remotes.Wanted CLOUD = new Remotes.Wanted(
            "ap-beijing",
            "https://cos.ap-beijing.myqcloud.com",
            RemoteInfo.Dialect.COS,
            Optional.empty(),
            Optional.empty(),
            "AKIDcloud",
            "cloud-secret");

    private static final List<String> SERVED = List.of("ap-guangzhou", "eu-north");

    private final CamFixture fixture = new CamFixture();
    private final Remotes remotes = fixture.cam.remotes();

    private static Remotes.Wanted at(String endpoint, RemoteInfo.Dialect dialect, Optional<Boolean> pathStyle) {
        return new Remotes.Wanted("there", endpoint, dialect, pathStyle, Optional.empty(), "id", "key");
    }

    private static Remotes.Wanted named(String region) {
        return new Remotes.Wanted(
                region, "http://there", RemoteInfo.Dialect.S3, Optional.empty(), Optional.empty(), "id", "key");
    }

    @Test
    void aRemoteStoreIsFoundByItsRegionAlsoWhenTheStoreIsOpenedAnew() {
        remotes.put(APP_ID, MINIO, SERVED);
        remotes.put(APP_ID, CLOUD, SERVED);
        Remotes reopened = fixture.reopened().remotes();
        RemoteInfo minio = reopened.find(APP_ID, "minio").orElseThrow();
        assertThat(minio.endpoint()).isEqualTo(URI.create("http://10.1.2.3:9000"));
        assertThat(minio.dialect()).isEqualTo(RemoteInfo.Dialect.S3);
        assertThat(minio.pathStyle()).isTrue();
        assertThat(minio.signingRegion()).isEqualTo("us-east-1");
        assertThat(minio.secretId()).isEqualTo("minio-user");
        assertThat(minio.created()).isEqualTo(fixture.clock.instant());
        assertThat(reopened.secretKey(minio)).isEqualTo("minio-secret/+=");
        RemoteInfo cloud = reopened.require(APP_ID, "ap-beijing");
        assertThat(cloud.dialect()).isEqualTo(RemoteInfo.Dialect.COS);
        assertThat(cloud.pathStyle()).isFalse();
        assertThat(cloud.signingRegion()).isEqualTo("ap-beijing");
        assertThat(reopened.secretKey(cloud)).isEqualTo("cloud-secret");
        assertThat(reopened.list(APP_ID)).extracting(RemoteInfo::region).containsExactly("ap-beijing", "minio");
        assertThat(reopened.find("1250000002", "minio")).isEmpty();
    }

    @Test
    void secretsAreNeitherStoredNorShownAsTheyAre() {
        RemoteInfo remote = remotes.put(APP_ID, MINIO, SERVED);
        assertThat(fixture.stored('s')).contains("minio-user").doesNotContain("minio-secret");
        assertThat(remote + " " + MINIO).doesNotContain("minio-secret");
        RemoteInfo forged = new RemoteInfo(
                APP_ID,
                "other",
                remote.endpoint(),
                remote.dialect(),
                true,
                "other",
                "id",
                remote.created(),
                remote.sealedSecretKey());
        assertThat(catchThrowableOfType(RuntimeException.class, () -> remotes.secretKey(forged)))
                .isNotNull();
    }

    @Test
    void whatIsPutAgainReplacesAllButTheTimeItWasMade() {
        Instant first = remotes.put(APP_ID, MINIO, SERVED).created();
        fixture.pass(Duration.ofDays(1));
        remotes.put(
                APP_ID,
                new Remotes.Wanted(
                        "minio",
                        "https://other",
                        RemoteInfo.Dialect.COS,
                        Optional.of(true),
                        Optional.empty(),
                        "id2",
                        "key2"),
                SERVED);
        RemoteInfo now = remotes.require(APP_ID, "minio");
        assertThat(now.endpoint()).hasToString("https://other");
        assertThat(now.dialect()).isEqualTo(RemoteInfo.Dialect.COS);
        assertThat(now.signingRegion()).isEqualTo("minio");
        assertThat(now.secretId()).isEqualTo("id2");
        assertThat(remotes.secretKey(now)).isEqualTo("key2");
        assertThat(now.created()).isEqualTo(first);
        assertThat(remotes.list(APP_ID)).hasSize(1);
    }

    @Test
    void aDeletedOneIsGone() {
        remotes.put(APP_ID, MINIO, SERVED);
        remotes.delete(APP_ID, "minio");
        assertThat(remotes.find(APP_ID, "minio")).isEmpty();
        assertThat(fixture.stored('s')).isEmpty();
        assertThat(refusal(() -> remotes.delete(APP_ID, "minio"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(refusal(() -> remotes.require(APP_ID, "minio"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(refusal(() -> remotes.put("99999", MINIO, SERVED))).isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Upper", "a_b", "a/b", "ap-guangzhou", "eu-north"})
    void regionsAreNamesThatTheServerDoesNotServe(String region) {
        assertThat(refusal(() -> remotes.put(APP_ID, named(region), SERVED))).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(remotes.list(APP_ID)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "there",
                "s3://there",
                "http://there/path",
                "http://there//",
                "http://there?x=t0ps3cret",
                "http://there/?",
                "http://there#x",
                "http://id:t0ps3cret@there",
            })
    void endpointsAreHostsAndPorts(String endpoint) {
        CamException refused = catchThrowableOfType(
                CamException.class,
                () -> remotes.put(APP_ID, at(endpoint, RemoteInfo.Dialect.S3, Optional.empty()), SERVED));
        assertThat(refused.error()).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refused.sentence())
                .startsWith("The endpoint of a remote store ")
                .doesNotContain("t0ps3cret");
    }

    @Test
    void endpointsAreKeptInOneForm() {
        RemoteInfo remote =
                remotes.put(APP_ID, at("HTTPS://There:8443/", RemoteInfo.Dialect.COS, Optional.empty()), SERVED);
        assertThat(remote.endpoint()).hasToString("https://there:8443");
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.1.2.3, COS, , false",
        "http://10.1.2.3, S3, false, false",
        "'http://[::1]:9000', COS, , false",
        "http://10.1.2.3, COS, true, true",
        "http://10.1.2.3, S3, , true",
        "http://a10.example, COS, , true",
    })
    void noBucketIsNamedBeforeAnAddress(
            String endpoint, RemoteInfo.Dialect dialect, Boolean pathStyle, boolean allowed) {
        Remotes.Wanted wanted = at(endpoint, dialect, Optional.ofNullable(pathStyle));
        if (allowed) {
            assertThat(remotes.put(APP_ID, wanted, SERVED).endpoint()).hasToString(endpoint);
        } else {
            assertThat(refusal(() -> remotes.put(APP_ID, wanted, SERVED))).isEqualTo(CamError.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', id, key",
        "us/east, id, key",
        "us-east-1, '', key",
        "us-east-1, a/b, key",
        "us-east-1, id, ''",
        "us-east-1, id, 'k0m1ng soon'",
        "us-east-1, id, 'k0m1ng\n'",
    })
    void whatCannotStandInASignatureIsRefused(String signingRegion, String id, String key) {
        Remotes.Wanted wanted = new Remotes.Wanted(
                "there", "http://there", RemoteInfo.Dialect.S3, Optional.empty(), Optional.of(signingRegion), id, key);
        CamException refused = catchThrowableOfType(CamException.class, () -> remotes.put(APP_ID, wanted, SERVED));
        assertThat(refused.error()).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refused.sentence()).doesNotContain("k0m1ng");
    }

    @Test
    void aHundredAreEnoughAndCanStillBeReplaced() {
        for (int i = 0; i < Remotes.MAX_REMOTES; i++) {
            remotes.put(APP_ID, named("there-" + i), SERVED);
        }
        assertThat(refusal(() -> remotes.put(APP_ID, named("more"), SERVED))).isEqualTo(CamError.LIMIT_EXCEEDED);
        assertThat(remotes.put(APP_ID, named("there-7"), SERVED).region()).isEqualTo("there-7");
        assertThat(remotes.list(APP_ID)).hasSize(100);
    }
}

package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coffer.restore.RestoreDelays;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CofferConfigTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9000, 127.0.0.1:9000",
        "localhost:0, 127.0.0.1:0",
        "[::1]:80, '[0:0:0:0:0:0:0:1]:80'",
        "0.0.0.0:65535, 0.0.0.0:65535",
    })
    void readsAddresses(String text, String meaning) {
        assertThat(CofferConfig.text(CofferConfig.address("--listen", text))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "9000", ":9000", "localhost", "localhost:", "localhost:http", "localhost:65536", "a:-1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CofferConfig.address("--listen", text))
                .withMessageContaining("--listen")
                .withMessageContaining("127.0.0.1:9000");
    }

    @ParameterizedTest
    @CsvSource({"AP-GUANGZHOU, --region", "'', --region", "ap guangzhou, --region"})
    void refusesWhatIsNoRegion(String region, String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(List.of(region), List.of()))
                .withMessageContaining(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".cos.local", "cos.local:9000", "http://cos.local", "COS.local"})
    void refusesWhatIsNoHostSuffix(String suffix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(List.of("ap-guangzhou"), List.of(suffix)))
                .withMessageContaining("--host-suffix");
    }

    @ParameterizedTest
    @CsvSource({
        "1234, AKIDgiven1, secret-key, COFFER_APPID",
        "0123456789, AKIDgiven1, secret-key, COFFER_APPID",
        "demo, AKIDgiven1, secret-key, COFFER_APPID",
        "1250000000, AKID, secret-key, COFFER_SECRET_ID",
        "1250000000, AKID&given, secret-key, COFFER_SECRET_ID",
        "1250000000, AKIDgiven1, short, COFFER_SECRET_KEY",
        "1250000000, AKIDgiven1, '', both",
        "1250000000, '', secret-key, both",
    })
    void refusesWhatIsNoAccount(String appId, String secretId, String secretKey, String named) {
        Map<String, String> environment =
                Map.of("COFFER_APPID", appId, "COFFER_SECRET_ID", secretId, "COFFER_SECRET_KEY", secretKey);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CofferConfig.Root.of(environment))
                .withMessageContaining(named)
                .satisfies(refused -> {
                    if (secretKey.length() > 5) {
                        assertThat(refused).message().doesNotContain(secretKey);
                    }
                });
    }

    @Test
    void doesNotPrintTheSecret() {
        CofferConfig.Root root =
                CofferConfig.Root.of(Map.of("COFFER_SECRET_ID", "AKIDgiven1", "COFFER_SECRET_KEY", "a-secret-key"));
        assertThat(root).asString().contains("AKIDgiven1").doesNotContain("a-secret-key");
    }

    @Test
    void refusesTlsThatIsHalfConfigured() {
        Optional<Path> file = Optional.of(Path.of("f.pem"));
        Optional<InetSocketAddress> listen = Optional.of(CofferConfig.address("--tls-listen", "127.0.0.1:9443"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CofferConfig.Tls(file, Optional.empty(), false, Optional.empty()))
                .withMessageContaining("--tls-key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CofferConfig.Tls(file, file, true, Optional.empty()))
                .withMessageContaining("--dev-tls");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CofferConfig.Tls(Optional.empty(), Optional.empty(), false, listen))
                .withMessageContaining("--tls-listen");
        assertThat(new CofferConfig.Tls(file, file, false, listen).dev()).isFalse();
    }

    private static CofferConfig config(List<String> regions, List<String> suffixes) {
        return new CofferConfig(
                Path.of("data"),
                new StoreConfig.Local(Path.of("data")),
                CofferConfig.address("--listen", "127.0.0.1:0"),
                regions,
                suffixes,
                0,
                RestoreDelays.NONE,
                Path.of("keys"),
                CofferConfig.Admin.of("off", false, Map.of()),
                CofferConfig.Root.of(Map.of()),
                CofferConfig.Tls.NONE,
                CofferConfig.Outgoing.PUBLIC_ONLY,
                false);
    }
}

package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.PercentCode;
import java.net.URLEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
    private static final String ALLOW = "\"effect\":\"allow\",\"action\":\"name/cos:GetObject\",\"resource\":\"*\"";

    private static StsException refused(String policy) {
        return catchThrowableOfType(StsException.class, () -> SessionPolicy.parse(policy));
    }

    @Test
    void readsItPlainAndEncodedOnce() {
        String spaced = StsStage.READ_A.replace("\":", "\" :\n ");
        assertThat(SessionPolicy.parse(StsStage.READ_A)).isEqualTo(StsStage.READ_A);
        assertThat(SessionPolicy.parse(" \n" + spaced)).isEqualTo(StsStage.READ_A);
        assertThat(SessionPolicy.parse(PercentCode.encode(spaced))).isEqualTo(StsStage.READ_A);
        assertThat(SessionPolicy.parse(URLEncoder.encode(spaced, UTF_8))).isEqualTo(StsStage.READ_A);
    }

    @Test
    void aPlusInAKeyStaysOne() {
        String policy = StsStage.READ_A.replace("/a/*", "/1+1/*");
        assertThat(SessionPolicy.parse(policy)).isEqualTo(policy);
        assertThat(SessionPolicy.parse(URLEncoder.encode(policy, UTF_8))).isEqualTo(policy);
    }

    @Test
    void leavesOutAPrincipalThatSaysNothing() {
        String plain = "{\"statement\":[{" + ALLOW + "}]}";
        assertThat(SessionPolicy.parse("{\"statement\":[{\"principal\":{\"qcs\":\"*\"}," + ALLOW + "}]}"))
                .isEqualTo(plain);
        assertThat(SessionPolicy.parse("{\"statement\":[{\"principal\":{\"qcs\":[\"*\"]}," + ALLOW + "}]}"))
                .isEqualTo(plain);
        assertThat(SessionPolicy.parse("{\"statement\":{\"principal\":{\"qcs\":[\"*\"]}," + ALLOW + "}}"))
                .isEqualTo("{\"statement\":{" + ALLOW + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"*\"",
                "{\"qcs\":[\"qcs::cam::uin/1:uin/1\"]}",
                "{\"qcs\":[\"*\",\"*\"]}",
                "{\"qcs\":[]}",
                "{\"qcs\":\"*\",\"service\":\"*\"}",
                "{}",
                "null"
            })
    void refusesAnyOtherPrincipal(String principal) {
        StsException refused = refused("{\"statement\":[{\"principal\":" + principal + "," + ALLOW + "}]}");
        assertThat(refused.error()).isEqualTo(StsError.STRATEGY_FORMAT_ERROR);
        assertThat(refused.message()).contains("principal");
        assertThat(refused("{\"principal\":" + principal + ",\"statement\":[{" + ALLOW + "}]}"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "[]",
                "{}",
                "{\"statement\":null}",
                "{\"statement\":[{\"effect\":\"maybe\"}]}",
                "%7B%",
                "%FF",
                "x",
                "{\"statement\":[],\"statement\":[]}",
                "{\"statement\":[{\"effect\":\"allow\",\"effect\":\"deny\",\"action\":\"*\",\"resource\":\"*\"}]}",
                "{\"statement\":[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]}",
                "{\"statement\":[{\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"qcs::cos\"}]}"
            })
    void refusesWhatIsNoPolicy(String policy) {
        assertThat(refused(policy).error()).isEqualTo(StsError.STRATEGY_FORMAT_ERROR);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(refused("{\"statement\":[]," + " ".repeat(20 * 1024) + "}").error())
                .isEqualTo(StsError.POLICY_TOO_LONG);
        String resources = "\"qcs::cos:ap-guangzhou:uid/1250000000:demo-1250000000/a/*\",".repeat(80);
        assertThat(refused(StsStage.READ_A.replace("[\"qcs::cos:", "[" + resources + "\"qcs::cos:"))
                        .error())
                .isEqualTo(StsError.POLICY_TOO_LONG);
    }
}

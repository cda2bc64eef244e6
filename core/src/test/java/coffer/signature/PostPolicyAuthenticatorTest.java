package coffer.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Caller;
import coffer.identity.SignedParts;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostPolicyAuthenticatorTest {
    private static final String BUCKET = "album-1300000007";
    private static final String TIME = "1770019200;1770022800";
    private static final String WORKED = "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":["
            + "{\"bucket\":\"album-1300000007\"},[\"starts-with\",\"$key\",\"uploads/\"],"
            + "[\"content-length-range\",1,1048576],{\"q-sign-algorithm\":\"sha1\"},"
            + "{\"q-ak\":\"AKIDspecVectorKeyId00000000000000001\"},{\"q-sign-time\":\"1770019200;1770022800\"}]}";

    @Test
    void acceptsTheWorkedExample() {
        Map<String, String> form = form(WORKED, "cd5e093dd732adb5f32060becdf1fdfb16a389d5");
        assertThat(authenticate(form))
                .isEqualTo(new FormGrant(Caller.Signed.with(SpecVectors.KEY, SignedParts.OF_FORM), 1, 1_048_576));
    }

    @Test
    void noticesAnotherPolicy() {
        Map<String, String> form =
                form(WORKED.replace("1048576", "2048576"), "cd5e093dd732adb5f32060becdf1fdfb16a389d5");
        assertThat(refused(form).error()).isEqualTo(CosError.SIGNATURE_DOES_NOT_MATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "key, elsewhere/a, key",
        "q-sign-algorithm, sha256, q-sign-algorithm",
    })
    void refusesAFieldThatIsNotAsItMustBe(String field, String value, String named) {
        Map<String, String> form = signed(WORKED);
        form.put(field, value);
        assertThat(refused(form).error()).isEqualTo(CosError.ACCESS_DENIED);
        assertThat(refused(form).message()).startsWith("Condition key " + named + " doesn't match");
    }

    @Test
    void refusesAnotherBucket() {
        CosException refused = catchThrowableOfType(
                CosException.class,
                () -> new PostPolicyAuthenticator(SpecVectors.KEYS, SpecVectors.attempts(), () -> SpecVectors.NOW)
                        .authenticate(signed(WORKED), "other-1300000007", "127.0.0.1"));
        assertThat(refused.message()).startsWith("Condition key bucket");
    }

    @Test
    void refusesAFieldThatTheConditionNamesAndTheFormLacks() {
        Map<String, String> form =
                signed(WORKED.replace("{\"bucket\"", "[\"eq\",\"$X-Cos-Meta-A\",\"1\"],{\"bucket\""));
        assertThat(refused(form).message()).startsWith("Condition key x-cos-meta-a");
        form.put("x-cos-meta-a", "1");
        assertThat(authenticate(form).caller()).isInstanceOf(Caller.Signed.class);
    }

    @Test
    void refusesAPolicyThatHasExpired() {
        Map<String, String> form = signed(WORKED.replace("09:00:00", "08:00:59"));
        assertThat(refused(form).error()).isEqualTo(CosError.ACCESS_DENIED);
        assertThat(refused(form).message()).contains("1770019259").contains("1770019260");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{not json",
                "[]",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\"}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[{}]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[{\"bucket\":\"album-1300000007\"}]}",
                "{\"expiration\":\"tomorrow\",\"conditions\":[{\"bucket\":\"b\"}]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[[\"ends-with\",\"$key\",\"x\"]]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[[\"eq\",\"key\",\"x\"]]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[[\"content-length-range\",\"x\",1]]}",
                "{\"expiration\":\"2026-02-02T09:00:00.000Z\",\"conditions\":[{\"key\":{}}]}",
            })
    void refusesAPolicyThatIsNone(String policy) {
        assertThat(refused(signed(policy)).error()).isEqualTo(CosError.INVALID_POLICY_DOCUMENT);
    }

    @Test
    void refusesAPolicyThatIsNotBase64() {
        Map<String, String> form = signed(WORKED);
        form.put("policy", "{}");
        assertThat(refused(form).error()).isEqualTo(CosError.INVALID_POLICY_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "q-sign-algorithm", "q-ak", "q-key-time", "q-signature"})
    void refusesHalfASignature(String missing) {
        Map<String, String> form = signed(WORKED);
        form.remove(missing);
        assertThat(refused(form).error()).isEqualTo(CosError.ACCESS_DENIED);
    }

    @Test
    void isAnonymousWithoutAnyOfThem() {
        assertThat(authenticate(Map.of("key", "uploads/a")).caller()).isEqualTo(new Caller.Anonymous());
    }

    private static Map<String, String> signed(String policy) {
        String signKey = Hmac.sha1(SpecVectors.KEY.secretKey(), TIME);
        return form(policy, Hmac.sha1(signKey, Hmac.digest(policy.getBytes(UTF_8))));
    }

    private static Map<String, String> form(String policy, String signature) {
        return new HashMap<>(Map.of(
                "key",
                "uploads/a",
                "policy",
                Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)),
                "q-sign-algorithm",
                "sha1",
                "q-ak",
                SpecVectors.KEY.secretId(),
                "q-key-time",
                TIME,
                "q-signature",
                signature));
    }

    private static FormGrant authenticate(Map<String, String> form) {
        return new PostPolicyAuthenticator(SpecVectors.KEYS, SpecVectors.attempts(), () -> SpecVectors.NOW)
                .authenticate(form, BUCKET, "127.0.0.1");
    }

    private static CosException refused(Map<String, String> form) {
        return catchThrowableOfType(CosException.class, () -> authenticate(form));
    }
}

package coffer.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAuthorizerTest {
    private static final List<String> NAMES = List.of("qcs::cam::uin/1:roleName/reader", "qcs::cam::uin/1:role/4611");

    private static IdentityPolicy policy(String effect, String action, String resource) {
        String statement =
                "{\"effect\":\"%s\",\"action\":\"%s\",\"resource\":\"%s\"}".formatted(effect, action, resource);
        return new IdentityPolicy(effect, Policy.ofIdentity(("{\"statement\":[" + statement + "]}").getBytes(UTF_8)));
    }

    private static Decision decide(IdentityPolicy... policies) {
        return ServiceAuthorizer.decide(Arrays.asList(policies), "sts:AssumeRole", NAMES, ConditionValues.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, true",
        "name/sts:*, *, true",
        "name/sts:AssumeRole, qcs::cam::uin/1:roleName/reader, true",
        "sts:Assume*, qcs::cam::uin/1:role/4611, true",
        "sts:AssumeRole, qcs::cam::uin/1:roleName/*, true",
        "sts:AssumeRole, qcs::cam::uin/2:roleName/*, false",
        "sts:AssumeRole, qcs::cam::uin/1:roleName/read, false",
        "sts:GetFederationToken, *, false",
        "name/cos:*, *, false",
        "cos:AssumeRole, *, false",
        "name/cam:*, *, false"
    })
    void allowsWhatAPolicyNames(String action, String resource, boolean allowed) {
        assertThat(decide(policy("allow", action, resource)).isAllowed()).isEqualTo(allowed);
    }

    @Test
    void whatIsDeniedIsDenied() {
        IdentityPolicy allow = policy("allow", "*", "*");
        assertThat(decide(allow, policy("deny", "sts:*", "*")))
                .hasToString("denied: identity policy deny statement[0]");
        assertThat(decide(allow)).hasToString("allowed: identity policy allow statement[0]");
        assertThat(decide(allow, policy("deny", "cos:*", "*")).isAllowed()).isTrue();
        assertThat(decide()).isEqualTo(new Decision.Denied(new Reason.NothingAllows()));
        assertThat(decide(allow, new IdentityPolicy("lost", Policy.storedOfIdentity("{"))))
                .isEqualTo(new Decision.Denied(
                        new Reason.Unreadable(new Reason.PolicyName(Reason.PolicyKind.IDENTITY, "lost"))));
    }
}

package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken as a policy, how long it may be, and what a stored one is worth. */
class PolicyTest {
    /** With lower-case names, single values and a deny by address. */
    private static final String LOWER_CASE = """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "principal": {"qcs": ["qcs::cam::uin/100000000042:uin/100000000077"]},
                 "action": ["name/cos:GetBucket"], "resource": ["qcs::cos:ap-nanjing:uid/1300000007:album-1300000007/*"],
                 "condition": {"string_like": {"cos:prefix": "2024%2F*"}}},
                {"effect": "deny", "principal": "*", "action": "name/cos:*", "resource": "qcs::cos:ap-nanjing:uid/1300000007:album-1300000007/*",
                 "condition": {"ip_not_equal": {"qcs:ip": ["198.51.100.0/24"]}}}
              ]
            }
            """;

    /** With capitals, as the answer of GET Bucket policy shows it. */
    private static final String CAPITALS = """
            {"Statement":[{"Principal":{"qcs":["qcs::cam::uin/100000000042:uin/100000000077"]},"Effect":"Allow",
            "Action":["name/cos:GetBucket"],"Resource":["qcs::cos:ap-nanjing:uid/1300000007:album-1300000007/*"],
            "Condition":{"string_equal":{"vpc:requester_vpc":["vpc-aqp5jrc1"]}}}],"version":"2.0"}""";

    /** With the principal once for all statements, numbers, a sid and one statement without an array. */
    private static final String PRINCIPAL_ON_TOP = """
            {"version":"2.0","principal":{"qcs":"qcs::cam::anonymous:anonymous"},
             "statement":{"sid":"读","effect":"ALLOW","action":"cos:PutObject",
                "resource":"qcs:id/0:cos:ap-nanjing:uid/1300000007:prefix//1300000007/album/docs/*",
                "condition":{"numeric_less_than_equal":{"cos:content-length":10},
                             "numeric_greater_than_if_exist ":{" cos:tls-version":1.1}}}}""";

    @ParameterizedTest
    @ValueSource(strings = {LOWER_CASE, CAPITALS, PRINCIPAL_ON_TOP})
    void keepsTheDocumentToTheLetter(String document) {
        Policy policy = Policy.ofBucket(utf8(document), AccessTable.BUCKET);
        assertThat(policy.text()).isEqualTo(document);
        assertThat(policy.trouble()).isEmpty();
        Policy stored = Policy.storedOfBucket(policy.text(), AccessTable.BUCKET);
        assertThat(stored.text()).isEqualTo(document);
        assertThat(stored.trouble()).isEmpty();
    }

    @Test
    void understandsTheExamplesOfTheReference() {
        assertThat(decide("sub", "GetBucket", LOWER_CASE, "cos:prefix", "2024%2Fa", "qcs:ip", "198.51.100.1"))
                .hasToString("allowed: bucket policy statement[0]");
        assertThat(decide("sub", "GetBucket", LOWER_CASE, "cos:prefix", "2024%2Fa", "qcs:ip", "198.51.101.1"))
                .hasToString("denied: bucket policy statement[1]");
        assertThat(decide("sub", "GetBucket", CAPITALS, "vpc:requester_vpc", "vpc-aqp5jrc1"))
                .hasToString("allowed: bucket policy statement[0]");
        assertThat(decide("anonymous", "PutObject", PRINCIPAL_ON_TOP, "cos:content-length", "10"))
                .hasToString("allowed: bucket policy statement[0] 读");
        assertThat(decide(
                        "anonymous",
                        "PutObject",
                        PRINCIPAL_ON_TOP,
                        "cos:content-length",
                        "10",
                        "cos:tls-version",
                        "1.0"))
                .hasToString("denied: nothing allows it");
    }

    @Test
    void takesAByteOrderMarkAndKeepsIt() {
        String document = "\ufeff" + CAPITALS;
        assertThat(Policy.ofBucket(utf8(document), AccessTable.BUCKET).text()).isEqualTo(document);
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        byte[] document = utf8(CAPITALS);
        document[document.length - 5] = (byte) 0xff;
        CosException refused = refused(() -> Policy.ofBucket(document, AccessTable.BUCKET));
        assertThat(refused.error().code()).isEqualTo("MalformedPolicy");
        assertThat(refused.message()).isEqualTo("The policy is not UTF-8.");
    }

    @Test
    void hasALimitForTheWhole() {
        String blanks = " ".repeat(Policy.MAX_BYTES - utf8(CAPITALS).length);
        assertThat(Policy.ofBucket(utf8(CAPITALS + blanks), AccessTable.BUCKET).trouble())
                .isEmpty();
        assertThat(refused(() -> Policy.ofBucket(utf8(CAPITALS + blanks + " "), AccessTable.BUCKET))
                        .error()
                        .code())
                .isEqualTo("PolicyFull");
        assertThat(refused(() -> Policy.ofIdentity(new byte[Policy.MAX_BYTES + 1]))
                        .error()
                        .code())
                .isEqualTo("PolicyFull");
    }

    @Test
    void hasALimitForEachStatement() {
        String start = "{\"sid\":\"";
        String end = "\",\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"*\"}";
        String longest = start + "x".repeat(Policy.MAX_STATEMENT_BYTES - start.length() - end.length()) + end;
        String document = "{\"statement\":[" + longest + "," + longest.replace(",", " , ") + "]}";
        assertThat(Policy.ofIdentity(utf8(document)).trouble()).isEmpty();
        String longer = "{\"statement\":[" + longest + "," + longest.replace("x\"", "xx\"") + "]}";
        CosException refused = refused(() -> Policy.ofIdentity(utf8(longer)));
        assertThat(refused.error().code()).isEqualTo("PolicyFull");
        assertThat(refused.message()).startsWith("statement[1]: ");
        assertThat(Policy.storedOfIdentity(longer).trouble()).isEmpty();
    }

    @Test
    void manyStatementsAreSoonRead() {
        String statement = "{\"effect\":\"allow\",\"action\":\"cos:Get*\",\"resource\":\"*\"}";
        String document = IntStream.range(0, 300)
                .mapToObj(i -> statement)
                .collect(Collectors.joining(",", "{\"statement\":[", "]}"));
        assertThat(Policy.ofIdentity(utf8(document)).trouble()).isEmpty();
    }

    @Test
    void aStoredPolicyThatCannotBeReadSaysWhy() {
        Policy policy = Policy.storedOfBucket("{\"version\":\"3.0\",\"statement\":[]}", AccessTable.BUCKET);
        assertThat(policy.trouble()).contains("version: '3.0' is not 2.0");
        assertThat(policy.text()).isEqualTo("{\"version\":\"3.0\",\"statement\":[]}");
    }

    /** The policies of users speak of other services too, and of buckets everywhere. */
    @Test
    void takesPoliciesOfUsersAsTheCloudHasThem() {
        String document = """
                {"version":"2.0","statement":[
                  {"effect":"allow","action":["cvm:*","name/vpc:DescribeVpcs"],"resource":["qcs::cvm:sh::instance/*","*"],
                   "condition":{"string_equal_if_exist":{"vpc:region":"sh"}}},
                  {"effect":"allow","action":"*:*","resource":"qcs::cos:ap-tokyo:uid/1:a-1/*"},
                  {"effect":"allow","action":"*","resource":"qcs::cos:*:uid/1:*"}]}""";
        assertThat(Policy.ofIdentity(utf8(document)).trouble()).isEmpty();
    }

    private static Decision decide(String who, String action, String policy, String... conditions) {
        Resource resource = action.endsWith("Bucket") ? AccessTable.BUCKET : AccessTable.BUCKET.object("docs/a");
        ConditionValues values = ConditionValues.NONE;
        for (int i = 0; i < conditions.length; i += 2) {
            values = values.with(conditions[i], Optional.of(conditions[i + 1]));
        }
        Requester requester = Requester.of(java.util.Objects.requireNonNull(AccessTable.PRINCIPALS.get(who)));
        BucketAccess bucket =
                new BucketAccess(Acl.PRIVATE, Optional.of(Policy.ofBucket(utf8(policy), AccessTable.BUCKET)));
        return Authorizer.decide(new AccessRequest(requester, action, resource, values), bucket, Optional::empty);
    }

    private static CosException refused(ThrowingCallable call) {
        return catchThrowableOfType(CosException.class, call);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

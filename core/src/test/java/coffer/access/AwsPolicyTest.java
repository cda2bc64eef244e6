package coffer.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.identity.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies in the grammar of AWS: what they mean, and what is said about those that mean nothing. */
class AwsPolicyTest {
    private static final String ALLOW_ALL = "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"*"`                                                   | anonymous other othersub- sub owner
            `{"AWS":"*"}`                                           | anonymous other othersub- sub owner
            `{"AWS":["*"]}`                                         | anonymous other othersub- sub owner
            `{"AWS":"1300000099"}`                                  | other othersub- owner
            `{"AWS":"100000000099"}`                                | other othersub- owner
            `{"AWS":"arn:aws:iam::1300000099:root"}`                | other othersub- owner
            `{"AWS":"arn:aws:iam::100000000099:root"}`              | other othersub- owner
            `{"AWS":"arn:aws-cn:iam::1300000099:root"}`             | other othersub- owner
            `{"CanonicalUser":"qcs::cam::uin/100000000099:uin/100000000099"}` | other othersub- owner
            `{"CanonicalUser":"100000000099"}`                      | other othersub- owner
            `{"AWS":"arn:aws:iam::1300000099:user/100000000098"}`   | othersub- owner
            `{"AWS":"arn:aws:iam::1300000099:user/staff/paul"}`     | othersub- owner
            `{"AWS":"arn:aws:iam::1300000007:user/100000000077"}`   | sub owner
            `{"AWS":"arn:aws:iam::1300000007:root"}`                | owner
            `{"AWS":"arn:aws:iam::1300000007:role/ci/deployer"}`    | role owner
            `{"AWS":"arn:aws:sts::1300000007:assumed-role/deployer/session"}` | role owner
            `{"AWS":["arn:aws:iam::somebody:root","100000000099"]}` | other othersub- owner
            `{"Service":"logging.s3.amazonaws.com"}`                | owner
            """)
    void principals(String principal, String expected) {
        Policy policy = bucketPolicy("\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::album/*\"");
        List<String> allowed = new ArrayList<>();
        for (String name : List.of("anonymous", "other", "othersub", "sub", "role", "owner")) {
            boolean isAllowed =
                    decide(policy, name, "GetObject", "cat", Map.of()).isAllowed();
            boolean onlyLacksItsAccount =
                    decide(policy, name, "GetObject", "cat", Map.of()).reason().equals(new Reason.AccountLacks());
            if (isAllowed || onlyLacksItsAccount) {
                allowed.add(onlyLacksItsAccount ? name + "-" : name);
            }
        }
        List<String> wanted = new ArrayList<>(List.of(expected.strip().split(" +", -1)));
        // users of other accounts and roles get what everybody gets
        if (expected.startsWith("anonymous")) {
            wanted = List.of("anonymous", "other", "othersub", "sub", "role", "owner");
        }
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:GetObject          | GetObject HeadObject
            s3:GETOBJECT          | GetObject HeadObject
            s3:Get*               | GetObject HeadObject GetObjectACL GetObjectTagging
            s3:GetObject?cl       | GetObjectACL
            s3:PutObject          | PutObject InitiateMultipartUpload UploadPart CompleteMultipartUpload PostObject
            s3:AbortMultipartUpload | AbortMultipartUpload
            s3:ListMultipartUploadParts | ListParts
            s3:DeleteObject       | DeleteObject
            ec2:*                 |
            """)
    void actions(String pattern, String expected) {
        Policy policy = bucketPolicy("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"" + pattern
                + "\",\"Resource\":\"arn:aws:s3:::album/*\"");
        List<String> actions = List.of(
                "GetObject",
                "HeadObject",
                "GetObjectACL",
                "GetObjectTagging",
                "PutObject",
                "InitiateMultipartUpload",
                "UploadPart",
                "CompleteMultipartUpload",
                "PostObject",
                "AbortMultipartUpload",
                "ListParts",
                "DeleteObject");
        assertThat(actions.stream()
                        .filter(action -> decide(policy, "anonymous", action, "cat", Map.of())
                                .isAllowed()))
                .containsExactlyInAnyOrder(
                        expected == null ? new String[0] : expected.strip().split(" +", -1));
    }

    @Test
    void aNamedVersionIsAnActionOfItsOwn() {
        Policy current = bucketPolicy(ALLOW_ALL.replace("s3:*", "s3:GetObject") + "\"Resource\":\"*\"");
        Policy versions = bucketPolicy(ALLOW_ALL.replace("s3:*", "s3:GetObjectVersion") + "\"Resource\":\"*\"");
        Map<String, String> named = Map.of("s3:versionid", "null");
        assertThat(decide(current, "anonymous", "GetObject", "cat", Map.of()).isAllowed())
                .isTrue();
        assertThat(decide(current, "anonymous", "GetObject", "cat", named).isAllowed())
                .isFalse();
        assertThat(decide(versions, "anonymous", "HeadObject", "cat", Map.of()).isAllowed())
                .isFalse();
        assertThat(decide(versions, "anonymous", "HeadObject", "cat", named).isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:s3:::album                | /
            arn:aws:s3:::album-1300000007     | /
            arn:aws:s3:::album/*              | cat cats/1
            arn:aws:s3:::album-1300000007/*   | cat cats/1
            arn:aws:s3:::album/cat            | cat
            arn:aws:s3:::album/ca?            | cat
            arn:aws:s3:::album/c*s/?          | cats/1
            arn:aws:s3:::album*               | / cat cats/1
            arn:aws:s3:::*                    | / cat cats/1
            arn:aws:s3:::*/*                  | cat cats/1
            *                                 | / cat cats/1
            """)
    void resources(String pattern, String expected) {
        Policy policy = bucketPolicy(ALLOW_ALL + "\"Resource\":\"" + pattern + "\"");
        assertThat(List.of("/", "cat", "cats/1").stream()
                        .filter(key -> decide(
                                        policy, "anonymous", key.equals("/") ? "GetBucket" : "GetObject", key, Map.of())
                                .isAllowed()))
                .containsExactlyInAnyOrder(expected.strip().split(" +", -1));
    }

    @Test
    void whatIsListedCanBeInverted() {
        Policy policy = bucketPolicy("\"Effect\":\"Allow\",\"Principal\":\"*\",\"NotAction\":\"s3:Delete*\","
                + "\"NotResource\":\"arn:aws:s3:::album/private/*\"");
        assertThat(decide(policy, "anonymous", "GetObject", "cat", Map.of()).isAllowed())
                .isTrue();
        assertThat(decide(policy, "anonymous", "DeleteObject", "cat", Map.of()).isAllowed())
                .isFalse();
        assertThat(decide(policy, "anonymous", "GetObject", "private/cat", Map.of())
                        .isAllowed())
                .isFalse();
    }

    /** A named account is denied with all in it, and exempted alone. */
    @Test
    void denials() {
        Policy denied = bucketPolicy(ALLOW_ALL + "\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Principal\":"
                + "{\"AWS\":\"arn:aws:iam::1300000007:root\"},\"Action\":\"s3:GetObject\",\"Resource\":\"*\"");
        assertThat(decide(denied, "sub", "GetObject", "cat", Map.of()))
                .hasToString("denied: bucket policy statement[1]");
        assertThat(decide(denied, "owner", "GetObject", "cat", Map.of()).isAllowed())
                .isFalse();
        assertThat(decide(denied, "other", "GetObject", "cat", Map.of()).isAllowed())
                .isTrue();
        Policy exempted = bucketPolicy(ALLOW_ALL + "\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"NotPrincipal\":"
                + "{\"AWS\":\"arn:aws:iam::1300000007:root\"},\"Action\":\"s3:*\",\"Resource\":\"*\"");
        assertThat(decide(exempted, "owner", "GetObject", "cat", Map.of()).isAllowed())
                .isTrue();
        assertThat(decide(exempted, "sub", "GetObject", "cat", Map.of()).isAllowed())
                .isFalse();
        assertThat(decide(exempted, "anonymous", "GetObject", "cat", Map.of()).isAllowed())
                .isFalse();
    }

    /** What holds where a key is absent is not what holds in COS. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            `{"StringEquals":{"s3:prefix":"a"}}`                       | a           | true
            `{"StringEquals":{"s3:prefix":["b","a"]}}`                 | a           | true
            `{"StringEquals":{"s3:prefix":"a"}}`                       | -           | false
            `{"StringEqualsIfExists":{"s3:prefix":"a"}}`               | -           | true
            `{"StringNotEquals":{"s3:prefix":"a"}}`                    | a           | false
            `{"StringNotEquals":{"s3:prefix":"a"}}`                    | b           | true
            `{"StringNotEquals":{"s3:prefix":"a"}}`                    | -           | true
            `{"StringEqualsIgnoreCase":{"S3:Prefix":"A"}}`             | a           | true
            `{"StringNotEqualsIgnoreCase":{"s3:prefix":"A"}}`          | a           | false
            `{"StringLike":{"s3:prefix":"h?me/*"}}`                    | home/ann    | true
            `{"StringLike":{"s3:prefix":"h?me/*"}}`                    | hme/ann     | false
            `{"StringNotLike":{"s3:prefix":"home/*"}}`                 | home/ann    | false
            `{"Null":{"s3:prefix":"true"}}`                            | -           | true
            `{"Null":{"s3:prefix":true}}`                              | a           | false
            `{"NumericLessThanEquals":{"s3:prefix":10}}`               | 10          | true
            `{"NumericGreaterThan":{"s3:prefix":"10"}}`                | 10          | false
            `{"DateGreaterThan":{"s3:prefix":"2026-01-01T00:00:00Z"}}` | 2026-02-01T00:00:00Z | true
            `{"DateLessThan":{"s3:prefix":"1767225600"}}`              | 2026-02-01T00:00:00Z | false
            `{"IpAddress":{"s3:prefix":"10.0.0.0/8"}}`                 | 10.1.2.3    | true
            `{"NotIpAddress":{"s3:prefix":"10.0.0.0/8"}}`              | 10.1.2.3    | false
            `{"Bool":{"s3:prefix":"true"}}`                            | true        | true
            `{"ArnLike":{"s3:prefix":"arn:aws:*:root"}}`               | arn:aws:iam::1:root | true
            `{"ForAnyValue:StringEquals":{"s3:prefix":["a","b"]}}`     | c,b         | true
            `{"ForAnyValue:StringEquals":{"s3:prefix":"a"}}`           | -           | false
            `{"ForAllValues:StringEquals":{"s3:prefix":["a","b"]}}`    | a,b         | true
            `{"ForAllValues:StringEquals":{"s3:prefix":["a","b"]}}`    | a,c         | false
            `{"ForAllValues:StringEquals":{"s3:prefix":"a"}}`          | -           | true
            `{"StringEquals":{"s3:prefix":"a","s3:delimiter":"/"}}`    | a           | false
            """)
    void conditions(String condition, String value, boolean holds) {
        Policy policy = bucketPolicy(ALLOW_ALL + "\"Resource\":\"*\",\"Condition\":" + condition);
        Map<String, String> values = value == null ? Map.of() : Map.of("s3:prefix", value);
        assertThat(decide(policy, "anonymous", "GetBucket", "/", values).isAllowed())
                .isEqualTo(holds);
    }

    @Test
    void tagsKeepTheirCase() {
        Policy policy = bucketPolicy(ALLOW_ALL
                + "\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"s3:ExistingObjectTag/Team\":\"red\"}}");
        Map<String, String> values = Map.of("s3:existingobjecttag/Team", "red");
        assertThat(decide(policy, "anonymous", "GetObject", "cat", values).isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"Principal":"*"`                                                                          | true
            `"Principal":{"AWS":"*"},"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/32"}}`          | false
            `"Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/32","0.0.0.0/1"]}}`    | true
            `"Principal":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/32"}}`               | true
            `"Principal":"*","Condition":{"IpAddressIfExists":{"aws:SourceIp":"10.0.0.0/32"}}`          | true
            `"Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`                 | false
            `"Principal":"*","Condition":{"StringLike":{"aws:SourceVpce":"vpce-*"}}`                    | true
            `"Principal":"*","Condition":{"StringLike":{"aws:Referer":"http://example.com/"}}`          | true
            `"Principal":{"AWS":"arn:aws:iam::1300000099:root"}`                                        | false
            """)
    void tellsWhatIsPublic(String rest, boolean isPublic) {
        Policy allowed = bucketPolicy("\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"," + rest);
        assertThat(allowed.isPublic()).isEqualTo(isPublic);
        Policy denied = bucketPolicy("\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"," + rest);
        assertThat(denied.isPublic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "0.0.0.0/0"})
    void policiesOfCosArePublicToo(String range) {
        Policy policy = Policy.ofBucket(
                ("{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"principal\":\"*\",\"action\":\"*\","
                                + "\"resource\":\"*\",\"condition\":{\"ip_equal\":{\"qcs:ip\":\"" + range + "\"}}}]}")
                        .getBytes(UTF_8),
                AccessTable.BUCKET);
        assertThat(policy.isPublic()).isEqualTo(range.startsWith("0"));
    }

    @Test
    void usersAndSessionsCanHaveThem() {
        Policy policy = Policy.ofIdentity(document("\"Effect\":\"Allow\",\"Action\":\"s3:ListAllMyBuckets\","
                        + "\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                        + "\"Resource\":\"arn:aws:s3:::album/*\"")
                .getBytes(UTF_8));
        Requester sub = new Requester(
                new Principal.User(AccessTable.OWNER, "100000000077"),
                List.of(new IdentityPolicy("aws", policy)),
                Optional.empty());
        assertThat(decide(sub, BucketAccess.PRIVATE, "GetService", Resource.SERVICE, Map.of())
                        .isAllowed())
                .isTrue();
        assertThat(decide(sub, BucketAccess.PRIVATE, "GetObject", AccessTable.BUCKET.object("cat"), Map.of())
                        .isAllowed())
                .isTrue();
        assertThat(decide(sub, BucketAccess.PRIVATE, "PutObject", AccessTable.BUCKET.object("cat"), Map.of())
                        .isAllowed())
                .isFalse();
    }

    @Test
    void withoutAVersionTheirLooksTell() {
        byte[] document = ("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
                        + "\"Resource\":\"arn:aws:s3:::album/*\"}}")
                .getBytes(UTF_8);
        assertThat(Policy.ofBucket(document, AccessTable.BUCKET).isPublic()).isTrue();
    }

    record Malformed(String statement, String message) {}

    static List<Malformed> malformed() {
        String rest = "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"";
        String whole = "\"Effect\":\"Allow\",\"Principal\":\"*\"," + rest;
        return List.of(
                new Malformed("\"Effect\":\"Allow\"," + rest, "statement[0].principal: is missing"),
                new Malformed("\"Principal\":\"*\"," + rest, "statement[0].effect: is missing"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"",
                        "statement[0].action: is missing"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\"",
                        "statement[0].resource: is missing"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":\"100000000042\"}," + rest,
                        "statement[0].notprincipal: goes together with Deny only; with Allow it would mean nearly everybody"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"ann\"}," + rest,
                        "statement[0].principal.AWS: 'ann' is not *, an account or arn:aws:iam::<account>:root"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"Principal\":{\"GCP\":\"ann\"}," + rest,
                        "statement[0].principal.GCP: unknown kind of principal"),
                new Malformed(
                        "\"Effect\":\"Allow\",\"Principal\":\"ann\"," + rest,
                        "statement[0].principal: 'ann' is not * or an object"),
                new Malformed(
                        whole.replace("s3:GetObject", "GetObject"),
                        "statement[0].action: 'GetObject' is not an action such as s3:GetObject"),
                new Malformed(
                        whole.replace("\"*\"" + "", "\"*\"")
                                .replace("\"Resource\":\"*\"", "\"Resource\":\"arn:aws:s3:::music/*\""),
                        "statement[0].resource: 'arn:aws:s3:::music/*' is not * or in the bucket whose policy this is,"
                                + " arn:aws:s3:::album-1300000007/*"),
                new Malformed(
                        whole + ",\"NotAction\":\"s3:*\"", "statement[0].notaction: does not go together with action"),
                new Malformed(
                        whole + ",\"Condition\":{\"StringIs\":{\"s3:prefix\":\"a\"}}",
                        "statement[0].condition.StringIs: unknown operator"),
                new Malformed(
                        whole + ",\"Condition\":{\"StringEquals\":{\"s3:colour\":\"a\"}}",
                        "statement[0].condition.StringEquals.s3:colour: unknown key"),
                new Malformed(
                        whole + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"here\"}}",
                        "statement[0].condition.IpAddress.aws:SourceIp: 'here' is not an address or a range"),
                new Malformed(
                        whole + ",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"home/${aws:username}/*\"}}",
                        "statement[0].condition.StringLike.s3:prefix: variables are not available"),
                new Malformed(whole + ",\"Colour\":\"red\"", "statement[0].Colour: unknown element"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(Malformed policy) {
        CosException refused = catchThrowableOfType(CosException.class, () -> bucketPolicy(policy.statement));
        assertThat(refused).as(policy.statement).isNotNull();
        assertThat(refused.message()).isEqualTo(policy.message);
        assertThat(refused.error().code()).isEqualTo("MalformedPolicy");
    }

    private static Policy bucketPolicy(String statements) {
        return Policy.ofBucket(document(statements).getBytes(UTF_8), AccessTable.BUCKET);
    }

    private static String document(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{" + statements + "}]}";
    }

    private static Decision decide(Policy policy, String who, String action, String key, Map<String, String> values) {
        Principal principal = Objects.requireNonNull(AccessTable.PRINCIPALS.get(who));
        Requester requester = new Requester(
                principal,
                who.equals("othersub") ? Optional.of("paul") : Optional.empty(),
                List.of(),
                Optional.empty());
        Resource resource = key.equals("/") ? AccessTable.BUCKET : AccessTable.BUCKET.object(key);
        return decide(requester, new BucketAccess(Acl.PRIVATE, Optional.of(policy)), action, resource, values);
    }

    private static Decision decide(
            Requester requester, BucketAccess bucket, String action, Resource resource, Map<String, String> values) {
        Map<String, List<String>> lists = new HashMap<>();
        values.forEach((key, value) -> lists.put(key, List.of(value.split(",", -1))));
        ConditionValues conditions = key -> Optional.ofNullable(lists.get(key));
        return Authorizer.decide(new AccessRequest(requester, action, resource, conditions), bucket, Optional::empty);
    }
}

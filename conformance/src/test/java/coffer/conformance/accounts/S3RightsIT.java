package coffer.conformance.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.Shows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What S3 clients of two accounts, and those of none, let each other do. */
@Shows({
    "GetBucketPolicyStatus",
    "GetPublicAccessBlock",
    "PutPublicAccessBlock",
    "DeletePublicAccessBlock",
    "GetBucketOwnershipControls",
    "PutBucketOwnershipControls",
    "DeleteBucketOwnershipControls"
})
class S3RightsIT {
    private static AdminApi coffer;
    private static String appId;
    private static String otherAppId;
    private static S3Caller owner;
    private static S3Caller other;
    private static S3Caller stranger;

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private String bucket = "";

    @BeforeAll
    static void start() {
        coffer = AdminApi.start();
        appId = coffer.account("owner");
        otherAppId = coffer.account("other");
        owner = new S3Caller(coffer.server(), Optional.of(coffer.rootKey(appId)));
        other = new S3Caller(coffer.server(), Optional.of(coffer.rootKey(otherAppId)));
        stranger = new S3Caller(coffer.server(), Optional.empty());
    }

    @AfterAll
    static void stop() {
        coffer.close();
    }

    @BeforeEach
    void makeBucket() {
        bucket = "rights" + BUCKETS.incrementAndGet();
        done(owner.send("PUT", "/" + bucket, ""));
    }

    @Test
    void aPolicyIsAnsweredAsItWasWritten() {
        String policy = """
                {"Version": "2012-10-17", "Id" : "1",
                 "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root"},
                   "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/pub/*"]}]}
                """.formatted(otherAppId, bucket, bucket);
        assertThat(owner.send("PUT", "/" + bucket + "?policy", policy).status()).isEqualTo(204);
        assertThat(owner.send("GET", "/" + bucket + "?policy", "").text()).isEqualTo(policy);
        put("pub/k");
        put("k");
        assertThat(other.send("GET", "/" + bucket + "/pub/k", "").text()).isEqualTo("text");
        assertThat(other.send("HEAD", "/" + bucket + "/pub/k", "").status()).isEqualTo(200);
        assertThat(other.send("GET", "/" + bucket + "?list-type=2", "").elements("Key"))
                .containsExactly("k", "pub/k");
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/k", ""));
        refused(403, "AccessDenied", other.send("PUT", "/" + bucket + "/pub/k", "mine"));
        refused(403, "AccessDenied", stranger.send("GET", "/" + bucket + "/pub/k", ""));
    }

    @Test
    void aPolicyThatIsWrongSaysWhere() {
        String policy = policy("{\"StringIs\":{\"s3:prefix\":\"a\"}}");
        RawResponse answer = owner.send("PUT", "/" + bucket + "?policy", policy);
        refused(400, "MalformedPolicy", answer);
        assertThat(answer.element("Message")).isEqualTo("statement[0].condition.StringIs: unknown operator");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{"StringEquals":{"s3:ExistingObjectTag/Team":"red"}}`           | GET | -                         | 200
            `{"StringEquals":{"s3:ExistingObjectTag/team":"red"}}`           | GET | -                         | 403
            `{"StringLike":{"aws:Referer":"http://a.example/*"}}`            | GET | referer=http://a.example/b | 200
            `{"StringLike":{"aws:Referer":"http://a.example/*"}}`            | GET | -                         | 403
            `{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}`                   | GET | -                         | 200
            `{"NotIpAddress":{"aws:SourceIp":"127.0.0.0/8"}}`                | GET | -                         | 403
            `{"Bool":{"aws:SecureTransport":"true"}}`                        | GET | -                         | 403
            `{"StringEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}}`    | GET | -                         | 200
            `{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}`  | PUT | -                         | 403
            `{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}`  | PUT | x-amz-acl=bucket-owner-full-control | 200
            `{"StringEquals":{"s3:RequestObjectTag/Team":"red"}}`            | PUT | x-amz-tagging=Team=red    | 200
            `{"StringEquals":{"s3:RequestObjectTag/Team":"red"}}`            | PUT | x-amz-tagging=Team=blue   | 403
            `{"Null":{"s3:x-amz-storage-class":"false"}}`                    | PUT | x-amz-storage-class=STANDARD_IA | 200
            `{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["Team"]}}` | TAG | Team                  | 200
            `{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["Team"]}}` | TAG | Colour                | 403
            """)
    void conditions(String condition, String method, String detail, int status) {
        done(owner.send("PUT", "/" + bucket + "/k", "text", "x-amz-tagging", "Team=red"));
        assertThat(owner.send("PUT", "/" + bucket + "?policy", policy(condition))
                        .status())
                .isEqualTo(204);
        RawResponse answer = switch (method) {
            case "TAG" ->
                other.send(
                        "PUT",
                        "/" + bucket + "/k?tagging",
                        "<Tagging><TagSet><Tag><Key>" + detail + "</Key><Value>v</Value></Tag></TagSet></Tagging>");
            default ->
                other.send(
                        method,
                        "/" + bucket + "/k",
                        method.equals("PUT") ? "more" : "",
                        detail.equals("-") ? new String[0] : detail.split("=", 2));
        };
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void tellsWhetherABucketIsPublic() {
        assertThat(isPublic()).isEqualTo("false");
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "public-read"));
        assertThat(isPublic()).isEqualTo("true");
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "private"));
        owner.send("PUT", "/" + bucket + "?policy", policy("{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.1\"}}"));
        assertThat(isPublic()).isEqualTo("false");
        owner.send("PUT", "/" + bucket + "?policy", policy("{}"));
        assertThat(isPublic()).isEqualTo("true");
    }

    @Test
    void whatIsBlockedIsNotPublic() {
        refused(
                404,
                "NoSuchPublicAccessBlockConfiguration",
                owner.send("GET", "/" + bucket + "?publicAccessBlock", ""));
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "public-read"));
        done(owner.send("PUT", "/" + bucket + "/k", "text", "x-amz-acl", "public-read"));
        block("IgnorePublicAcls");
        refused(403, "AccessDenied", stranger.send("GET", "/" + bucket, ""));
        refused(403, "AccessDenied", stranger.send("GET", "/" + bucket + "/k", ""));
        block("BlockPublicAcls");
        assertThat(owner.send("GET", "/" + bucket + "?publicAccessBlock", "").element("BlockPublicAcls"))
                .isEqualTo("true");
        assertThat(stranger.send("GET", "/" + bucket + "/k", "").status()).isEqualTo(200);
        for (String target : List.of("?acl", "/k?acl", "/k2")) {
            refused(
                    403,
                    "AccessDenied",
                    owner.send("PUT", "/" + bucket + target, "", "x-amz-acl", "authenticated-read"));
            done(owner.send("PUT", "/" + bucket + target, "", "x-amz-acl", "private"));
        }
        block("BlockPublicPolicy");
        refused(403, "AccessDenied", owner.send("PUT", "/" + bucket + "?policy", policy("{}")));
        block("RestrictPublicBuckets");
        assertThat(owner.send("PUT", "/" + bucket + "?policy", policy("{}")).status())
                .isEqualTo(204);
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/k", ""));
        assertThat(owner.send("DELETE", "/" + bucket + "?publicAccessBlock", "").status())
                .isEqualTo(204);
        assertThat(other.send("GET", "/" + bucket + "/k", "").status()).isEqualTo(200);
    }

    @Test
    void ownership() {
        String target = "/" + bucket + "?ownershipControls";
        refused(404, "OwnershipControlsNotFoundError", owner.send("GET", target, ""));
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "public-read-write"));
        done(other.send("PUT", "/" + bucket + "/theirs", "text"));
        assertThat(objectOwner("theirs")).isEqualTo(id(otherAppId));
        refused(400, "InvalidBucketAclWithObjectOwnership", owner.send("PUT", target, controls("BucketOwnerEnforced")));
        done(owner.send("PUT", target, controls("BucketOwnerPreferred")));
        done(other.send("PUT", "/" + bucket + "/given", "text", "x-amz-acl", "bucket-owner-full-control"));
        assertThat(objectOwner("given")).isEqualTo(id(appId));
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "private"));
        done(owner.send("PUT", target, controls("BucketOwnerEnforced")));
        assertThat(owner.send("GET", target, "").element("ObjectOwnership")).isEqualTo("BucketOwnerEnforced");
        assertThat(objectOwner("theirs")).isEqualTo(id(appId));
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/theirs", ""));
        refused(
                400,
                "AccessControlListNotSupported",
                owner.send("PUT", "/" + bucket + "/k", "", "x-amz-acl", "private"));
        done(owner.send("PUT", "/" + bucket + "/k", "", "x-amz-acl", "bucket-owner-full-control"));
        refused(
                400,
                "AccessControlListNotSupported",
                owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "private"));
        assertThat(owner.send("DELETE", target, "").status()).isEqualTo(204);
        assertThat(objectOwner("theirs")).isEqualTo(id(otherAppId));
    }

    @Test
    void aBucketCanBeMadeWithItsOwnership() {
        String enforced = bucket + "-enforced";
        String header = "x-amz-object-ownership";
        refused(
                400,
                "InvalidBucketAclWithObjectOwnership",
                owner.send("PUT", "/" + enforced, "", header, "BucketOwnerEnforced", "x-amz-acl", "public-read"));
        refused(400, "InvalidArgument", owner.send("PUT", "/" + enforced, "", header, "Nobody"));
        done(owner.send("PUT", "/" + enforced, "", header, "BucketOwnerEnforced"));
        assertThat(owner.send("GET", "/" + enforced + "?ownershipControls", "").element("ObjectOwnership"))
                .isEqualTo("BucketOwnerEnforced");
    }

    /** Other than in COS, what a bucket lets others do is not what its objects do. */
    @Test
    void anObjectIsPrivateUnlessItSaysOtherwise() {
        done(owner.send("PUT", "/" + bucket + "?acl", "", "x-amz-acl", "public-read"));
        put("k");
        refused(403, "AccessDenied", stranger.send("GET", "/" + bucket + "/k", ""));
        RawResponse acl = owner.send("GET", "/" + bucket + "?acl", "");
        assertThat(acl.elements("URI")).containsExactly("http://acs.amazonaws.com/groups/global/AllUsers");
        assertThat(acl.elements("Permission")).containsExactly("READ", "FULL_CONTROL");
        done(owner.send("PUT", "/" + bucket + "/k?acl", "", "x-amz-acl", "public-read-write"));
        assertThat(owner.send("GET", "/" + bucket + "/k?acl", "").elements("Permission"))
                .containsExactly("READ", "WRITE", "FULL_CONTROL");
        assertThat(stranger.send("GET", "/" + bucket + "/k", "").text()).isEqualTo("text");
        refused(403, "AccessDenied", stranger.send("PUT", "/" + bucket + "/k", "mine"));
        refused(
                400,
                "UnresolvableGrantByEmailAddress",
                owner.send("PUT", "/" + bucket + "/k?acl", "", "x-amz-grant-read", "emailAddress=a@example.com"));
    }

    @Test
    void whetherThereIsAnObjectIsForThoseToKnowWhoMayList() {
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/absent", ""));
        owner.send("PUT", "/" + bucket + "?policy", policy("{}").replace("s3:*", "s3:GetObject"));
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/absent", ""));
        owner.send(
                "PUT",
                "/" + bucket + "?policy",
                policy("{\"StringLike\":{\"s3:prefix\":\"a*\"}}").replace("s3:*", "s3:ListBucket"));
        refused(404, "NoSuchKey", other.send("GET", "/" + bucket + "/absent", ""));
        refused(403, "AccessDenied", other.send("GET", "/" + bucket + "/missing", ""));
        refused(404, "NoSuchKey", owner.send("GET", "/" + bucket + "/missing", ""));
    }

    @Test
    void anExpectedOwnerMustBeTheOwner() {
        put("k");
        String uin = coffer.call("GET", "/accounts/" + appId).get("uin").asText();
        String header = "x-amz-expected-bucket-owner";
        for (String expected : List.of(appId, uin, id(appId))) {
            assertThat(owner.send("GET", "/" + bucket + "/k", "", header, expected)
                            .status())
                    .isEqualTo(200);
        }
        refused(403, "AccessDenied", owner.send("GET", "/" + bucket + "/k", "", header, otherAppId));
        refused(403, "AccessDenied", owner.send("PUT", "/" + bucket + "/k", "more", header, otherAppId));
        String source = "x-amz-source-expected-bucket-owner";
        String copied = "/" + bucket + "/k";
        refused(
                403,
                "AccessDenied",
                owner.send("PUT", copied + "2", "", "x-amz-copy-source", copied, source, otherAppId));
        done(owner.send("PUT", copied + "2", "", "x-amz-copy-source", copied, source, appId));
    }

    private void put(String key) {
        done(owner.send("PUT", "/" + bucket + "/" + key, "text"));
    }

    private void block(String name) {
        done(owner.send(
                "PUT",
                "/" + bucket + "?publicAccessBlock",
                "<PublicAccessBlockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><" + name + ">true</"
                        + name + "></PublicAccessBlockConfiguration>"));
    }

    private String isPublic() {
        return owner.send("GET", "/" + bucket + "?policyStatus", "").element("IsPublic");
    }

    private String objectOwner(String key) {
        return owner.send("GET", "/" + bucket + "/" + key + "?acl", "")
                .elements("ID")
                .getFirst();
    }

    private static String id(String account) {
        String uin = coffer.call("GET", "/accounts/" + account).get("uin").asText();
        return "qcs::cam::uin/" + uin + ":uin/" + uin;
    }

    private static String controls(String ownership) {
        return "<OwnershipControls><Rule><ObjectOwnership>" + ownership
                + "</ObjectOwnership></Rule></OwnershipControls>";
    }

    /** Everybody may do everything, under a condition. */
    private String policy(String condition) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
                 "Resource":["arn:aws:s3:::%s","arn:aws:s3:::%s/*"],"Condition":%s}]}
                """.formatted(bucket, bucket, condition);
    }

    private static void refused(int status, String code, RawResponse answer) {
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(answer.header("x-amz-request-id")).isPresent();
    }

    private static void done(RawResponse answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.Policies.everybody;
import static coffer.conformance.Policies.resource;
import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Policies;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.CannedAccessControlList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PUT, GET and DELETE Bucket policy, and what policies allow and deny to whom. */
@Shows({"GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"})
@ExtendWith(SharedCoffer.class)
class BucketPolicyIT {
    @Test
    void isAnsweredByteForByte(TestBucket bucket) {
        String text = """
                {
                  "Statement" : {"Sid":"旅行 \\u4e2d", "Effect":"Allow", "Principal":"*",
                     "Action":"cos:GetObject",  "Resource":"%s"}
                }
                """.formatted(resource(bucket, "旅行/*"));
        // The Java SDK announces as many bytes as the text has characters.
        assertThat(bucket.signed(bucket.request("PUT", "/?policy").body(text)).status())
                .isEqualTo(204);
        assertThat(bucket.cos().getBucketPolicy(bucket.name()).getPolicyText()).isEqualTo(text);
        RawResponse answer = bucket.signed(bucket.request("GET", "/?policy"));
        assertThat(answer.body()).isEqualTo(text.getBytes(UTF_8));
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @Test
    void isSetAndDeletedWithoutContent(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/?policy");
        RawResponse set = bucket.signed(put.body(Policies.of(everybody("allow", "GetObject", bucket, "*"))));
        assertThat(set.status()).as(set.text()).isEqualTo(204);
        bucket.put("k", "text");
        assertThat(new Stranger(bucket).get("/k").status()).isEqualTo(200);
        assertThat(bucket.signed(bucket.request("DELETE", "/?policy")).status()).isEqualTo(204);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
        assertAnswered(404, "NoSuchBucketPolicy", bucket.signed(bucket.request("GET", "/?policy")));
        assertThat(bucket.signed(bucket.request("DELETE", "/?policy")).status()).isEqualTo(204);
        bucket.cos().deleteBucketPolicy(bucket.name());
        assertThat(bucket.cos().getBucketPolicy(bucket.name()).getPolicyText()).isNull();
    }

    @Test
    void opensAPrefixToEverybody(TestBucket bucket) {
        bucket.put("docs/a b", "text");
        bucket.put("private", "text");
        set(bucket, everybody("allow", "GetObject,HeadObject", bucket, "docs/*"));
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.get("/docs/a%20b").text()).isEqualTo("text");
        assertThat(stranger.head("/docs/a%20b").status()).isEqualTo(200);
        assertAnswered(404, "NoSuchKey", stranger.get("/docs/absent"));
        assertAnswered(403, "AccessDenied", stranger.get("/private"));
        assertAnswered(403, "AccessDenied", stranger.get("/absent"));
        assertAnswered(403, "AccessDenied", stranger.get("/"));
        assertAnswered(403, "AccessDenied", stranger.put("/docs/a", "mine"));
    }

    @Test
    void opensUploadsWholeAndInParts(TestBucket bucket) {
        set(bucket, everybody("allow", "PutObject", bucket, "in/*"));
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.put("/in/k", "text").status()).isEqualTo(200);
        RawResponse begun = stranger.post("/in/film?uploads", "");
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        assertThat(stranger.put("/in/film?partNumber=1&uploadId=" + begun.element("UploadId"), "x")
                        .status())
                .isEqualTo(200);
        assertAnswered(403, "AccessDenied", stranger.put("/k", "text"));
        assertAnswered(403, "AccessDenied", stranger.get("/in/k"));
    }

    @Test
    void knowsThePeerByItsAddress(TestBucket bucket) {
        bucket.put("here", "text");
        bucket.put("elsewhere", "text");
        set(
                bucket,
                everybody(
                        "allow",
                        "GetObject",
                        bucket,
                        "here",
                        "{\"ip_equal\":{\"qcs:ip\":[\"10.0.0.0/8\",\"127.0.0.1\"]}}"),
                everybody("allow", "GetObject", bucket, "elsewhere", "{\"ip_equal\":{\"qcs:ip\":\"10.0.0.0/8\"}}"));
        assertThat(new Stranger(bucket).get("/here").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/elsewhere"));
        RawRequest forged = bucket.request("GET", "/elsewhere").header("X-Forwarded-For", "10.1.2.3");
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(forged));
    }

    @Test
    void knowsWhatNoTlsProtects(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, everybody("deny", "*", bucket, "*", "{\"bool_equal\":{\"cos:secure-transport\":\"false\"}}"));
        assertRefused(403, "AccessDenied", () -> bucket.text("k"));
        set(bucket, everybody("allow", "GetObject", bucket, "*", "{\"bool_equal\":{\"cos:secure-transport\":false}}"));
        assertThat(new Stranger(bucket).get("/k").status()).isEqualTo(200);
        set(bucket, everybody("allow", "GetObject", bucket, "*", "{\"bool_equal\":{\"cos:secure-transport\":true}}"));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Referer, https://www.site.example/page, 200",
        "Referer, https://evil.example/, 403",
        "Referer, '', 403",
        "X-Other, https://www.site.example/page, 403",
    })
    void knowsThePageByItsReferer(String header, String value, int status, TestBucket bucket) {
        bucket.put("k", "text");
        set(
                bucket,
                everybody(
                        "allow",
                        "GetObject",
                        bucket,
                        "*",
                        "{\"string_like\":{\"cos:referer\":\"https://*.site.example/*\"}}"));
        RawRequest get = bucket.request("GET", "/k").header(header, value);
        assertThat(new Stranger(bucket).send(get).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/?prefix=docs/&max-keys=10, 200",
        "/?prefix=docs%2Fa&max-keys=1, 200",
        "/?prefix=docs/&max-keys=11, 403",
        "/?prefix=docs/, 403",
        "/?prefix=&max-keys=1, 403",
        "/?max-keys=1, 403",
        "/?prefix=private&max-keys=1, 403",
    })
    void limitsLists(String target, int status, TestBucket bucket) {
        set(bucket, everybody("allow", "GetBucket", bucket, "", """
                        {"string_like":{"cos:prefix":"docs%2F*"},"numeric_less_than_equal":{"cos:max-keys":10}}"""));
        assertThat(new Stranger(bucket).get(target).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Content-Type, image/png, 200",
        "Content-Type, image/svg+xml, 403",
        "Content-Type, text/html, 403",
        "x-cos-meta-a, image/png, 403",
    })
    void limitsTheTypeOfUploads(String header, String value, int status, TestBucket bucket) {
        set(bucket, everybody("allow", "PutObject", bucket, "*", """
                        {"string_equal":{"cos:content-type":["image/png","image/jpeg"]}}"""));
        RawRequest put = bucket.request("PUT", "/k").header(header, value).body("text");
        assertThat(new Stranger(bucket).send(put).status()).isEqualTo(status);
    }

    @Test
    void forbidsEvenTheOwnerToMakeObjectsPublic(TestBucket bucket) {
        set(
                bucket,
                everybody(
                        "deny",
                        "Put*",
                        bucket,
                        "*",
                        "{\"string_not_equal\":{\"cos:x-cos-acl\":[\"private\",\"default\"]}}"),
                everybody("deny", "Put*", bucket, "*", """
                        {"string_like":{"cos:x-cos-grant-read":"*anyone*"}}"""));
        bucket.put("k", "text");
        COSClient cos = bucket.cos();
        assertRefused(
                403, "AccessDenied", () -> cos.setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead));
        assertRefused(403, "AccessDenied", () -> cos.setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead));
        cos.setObjectAcl(bucket.name(), "k", CannedAccessControlList.Private);
        RawRequest granted = bucket.request("PUT", "/other")
                .header("x-cos-grant-read", "id=\"qcs::cam::anyone:anyone\"")
                .body("text");
        assertAnswered(403, "AccessDenied", bucket.signed(granted));
        assertAnswered(403, "AccessDenied", grantedTwice(bucket));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
    }

    /** The server acts upon both headers. */
    private static RawResponse grantedTwice(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/other")
                .signed()
                .header("x-cos-grant-read", "id=\"100000000077\"")
                .header("X-Cos-Grant-Read", "id=\"qcs::cam::anyone:anyone\"");
        return new Stranger(bucket).send(put.body("text"));
    }

    @Test
    void whatIsDeniedIsNotAllowedByAnythingElse(TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead);
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        set(bucket, everybody("allow", "*", bucket, "*"), everybody("deny", "GetObject", bucket, "k"));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
        assertRefused(403, "AccessDenied", () -> bucket.text("k"));
        // To ask about an object is another action.
        assertThat(new Stranger(bucket).head("/k").status()).isEqualTo(200);
    }

    @Test
    void theOwnerCanAlwaysMendThePolicy(TestBucket bucket) {
        String everything = Policies.of(everybody("deny", "*", bucket, "*"));
        COSClient cos = bucket.cos();
        cos.setBucketPolicy(bucket.name(), everything);
        assertRefused(403, "AccessDenied", () -> bucket.put("k", "text"));
        assertRefused(403, "AccessDenied", () -> cos.listObjects(bucket.name()));
        assertRefused(403, "AccessDenied", () -> cos.deleteBucket(bucket.name()));
        assertRefused(403, "AccessDenied", () -> cos.getBucketAcl(bucket.name()));
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/?policy"));
        assertAnswered(403, "AccessDenied", stranger.delete("/?policy"));
        assertAnswered(403, "AccessDenied", stranger.put("/?policy", everything));
        assertThat(cos.getBucketPolicy(bucket.name()).getPolicyText()).isEqualTo(everything);
        cos.setBucketPolicy(bucket.name(), everything);
        cos.deleteBucketPolicy(bucket.name());
        bucket.put("k", "text");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("{\"statement\":[", "line 1, column"),
                Arguments.of("[]", "policy: must be an object"),
                Arguments.of("{\"version\":\"2.0\"}", "statement: is missing"),
                Arguments.of("{\"version\":\"3.0\",\"statement\":[]}", "version: '3.0' is not 2.0"),
                Arguments.of("{\"statement\":[%s,{\"effect\":\"allow\"}]}", "statement[1]"),
                Arguments.of("{\"statement\":[{\"effect\":\"perhaps\"}]}", "statement[0].effect: 'perhaps'"),
                Arguments.of("{\"statement\":[],\"statements\":[]}", "statements: unknown element"),
                Arguments.of(
                        "{\"statement\":[{\"effect\":\"allow\",\"principal\":\"*\",\"action\":\"cos:GetObject\","
                                + "\"resource\":\"qcs::cos:ap-guangzhou:uid/1250000000:other-1250000000/*\"}]}",
                        "statement[0].resource"),
                Arguments.of(
                        "{\"statement\":[{\"effect\":\"allow\",\"principal\":\"*\",\"action\":\"cos:GetObject\","
                                + "\"resource\":\"*\",\"condition\":{\"string_alike\":{\"cos:prefix\":\"a\"}}}]}",
                        "statement[0].condition.string_alike: unknown operator"),
                Arguments.of(
                        "{\"statement\":[{\"effect\":\"allow\",\"principal\":\"*\",\"action\":\"cos:GetObject\","
                                + "\"resource\":\"*\",\"condition\":{\"ip_equal\":{\"qcs:ip\":\"10.0.0.0/33\"}}}]}",
                        "statement[0].condition.ip_equal.qcs:ip"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsRefusedWithItsPlace(String document, String place, TestBucket bucket) {
        String valid = everybody("allow", "GetObject", bucket, "*");
        RawResponse answer = bucket.signed(bucket.request("PUT", "/?policy").body(document.replace("%s", valid)));
        assertAnswered(400, "MalformedPolicy", answer);
        assertThat(answer.element("Message")).contains(place);
        assertAnswered(404, "NoSuchBucketPolicy", bucket.signed(bucket.request("GET", "/?policy")));
    }

    @ParameterizedTest(name = "{0} blanks")
    @CsvSource({"20480", "30000", "60000"})
    void isTwentyKilobytesAtMost(int blanks, TestBucket bucket) {
        String policy = Policies.of(everybody("allow", "GetObject", bucket, "*")) + " ".repeat(blanks);
        assertAnswered(
                400,
                "PolicyFull",
                bucket.signed(bucket.request("PUT", "/?policy").body(policy)));
    }

    @Test
    void aStatementHasFourKilobytesAtMost(TestBucket bucket) {
        String statement = everybody("allow", "GetObject", bucket, "a".repeat(4095));
        assertAnswered(
                400,
                "PolicyFull",
                bucket.signed(bucket.request("PUT", "/?policy").body(Policies.of(statement))));
    }

    @Test
    void anEmptyDocumentIsNone(TestBucket bucket) {
        assertAnswered(
                400,
                "MissingRequestBodyError",
                bucket.signed(bucket.request("PUT", "/?policy").body("")));
    }

    private static void set(TestBucket bucket, String... statements) {
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(statements));
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.ObjectMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUT, GET and DELETE Bucket strict-signature, and what must be signed then. No SDK knows it. */
@Shows({"GetBucketStrictSignature", "PutBucketStrictSignature", "DeleteBucketStrictSignature"})
@ExtendWith(SharedCoffer.class)
class StrictSignatureIT {
    @Test
    void isAnsweredAndDeleted(TestBucket bucket) {
        set(bucket, rule("Delete*", "<header>Host</header>", "<param>all</param>"));
        RawResponse answer = bucket.signed(bucket.request("GET", "/?strict-signature"));
        assertThat(answer.xml().getNodeName()).isEqualTo("StrictSignatureConfiguration");
        assertThat(answer.element("action")).isEqualTo("Delete*");
        assertThat(answer.element("header")).isEqualTo("Host");
        assertThat(answer.element("param")).isEqualTo("all");
        RawRequest delete = bucket.request("DELETE", "/?strict-signature");
        assertThat(bucket.signed(delete).status()).isEqualTo(204);
        assertAnswered(
                404, "NoSuchStrictSignatureConfiguration", bucket.signed(bucket.request("GET", "/?strict-signature")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "x-cos-acl, private",
        "x-cos-meta-colour, red",
        "Content-Type, text/css",
        "Content-MD5, HLJR7A1WjeapKbUgxK7Y0Q==",
    })
    void aHeaderThatIsThereMustBeSigned(String name, String value, TestBucket bucket) {
        String headers = "<header>x-cos-*</header><header>content-type</header><header>Content-MD5</header>";
        set(bucket, rule("PutObject", headers, ""));
        RawRequest afterwards = bucket.request("PUT", "/k").signed().header(name, value);
        RawResponse refused = new Stranger(bucket).send(afterwards.body("text"));
        assertAnswered(403, "AccessDenied", refused);
        assertThat(refused.element("Message")).isEqualTo("Strict signature missing header that must be signed");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
        RawRequest signed = bucket.request("PUT", "/k").header(name, value).body("text");
        RawResponse stored = bucket.signed(signed);
        assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    }

    @Test
    void aParameterThatIsThereMustBeSigned(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, rule("Get*", "", "<param>response-content-type</param><param>versionid</param>"));
        String authorization = authorization(bucket.request("GET", "/k").signed());
        RawRequest added = bucket.request("GET", "/k?response-content-type=text/html");
        RawResponse refused = new Stranger(bucket).send(added.header("Authorization", authorization));
        assertAnswered(403, "AccessDenied", refused);
        assertThat(refused.element("Message")).isEqualTo("Strict signature missing param that must be signed");
        RawRequest version = bucket.request("GET", "/k?versionId=null");
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(version.header("Authorization", authorization)));
        RawRequest other = bucket.request("GET", "/k?x=1");
        assertThat(new Stranger(bucket)
                        .send(other.header("Authorization", authorization))
                        .status())
                .isEqualTo(200);
        assertThat(bucket.signed(bucket.request("GET", "/k?response-content-type=text/html"))
                        .header("Content-Type"))
                .contains("text/html");
    }

    @Test
    void allParametersLeaveOutTheSignatureItself(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, rule("*", "", "<param>all</param>"));
        String authorization = authorization(bucket.request("GET", "/k").signed());
        assertThat(new Stranger(bucket).get("/k?" + authorization).status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k?x=1&" + authorization));
    }

    /** The Java SDK signs neither Content-Type nor Content-Length, and adds notes of its own after it has signed. */
    @Test
    void theSdkGoesOnWorkingUnderAStrictRule(TestBucket bucket) {
        set(
                bucket,
                rule(
                        "*",
                        "<header>host</header><header>content-md5</header><header>range</header>"
                                + "<header>x-cos-*</header>",
                        "<param>all</param>"));
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        bucket.put("k", new byte[] {1}, metadata);
        assertThat(bucket.bytes("k")).hasSize(1);
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.Private);
        bucket.cos().copyObject(bucket.name(), "k", bucket.name(), "copy");
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).hasSize(2);
        bucket.cos().deleteObject(bucket.name(), "copy");
    }

    @Test
    void isNotAboutThoseWhoDoNotSignOrOtherActions(TestBucket bucket) {
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        bucket.put("k", "text");
        set(bucket, rule("PutObject", "<header>x-cos-*</header>", ""));
        RawRequest anonymous =
                bucket.request("PUT", "/new").header("x-cos-acl", "private").body("text");
        assertThat(new Stranger(bucket).send(anonymous).status()).isEqualTo(200);
        RawRequest get = bucket.request("GET", "/k").signed().header("x-cos-acl", "private");
        assertThat(new Stranger(bucket).send(get).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "PostObject, <header>Host</header>, ''",
        "GetService, <header>Host</header>, ''",
        "Get*Object, <header>Host</header>, ''",
        "GetObject, <header>User-Agent</header>, ''",
        "GetObject, '', <param>a b</param>",
    })
    void refusesWhatCannotBeStrict(String action, String headers, String parameters, TestBucket bucket) {
        assertAnswered(400, "InvalidArgument", put(bucket, document(rule(action, headers, parameters))));
    }

    @Test
    void refusesDocumentsThatAreNoRules(TestBucket bucket) {
        assertAnswered(400, "MalformedXML", put(bucket, document("")));
        assertAnswered(400, "MalformedXML", put(bucket, "<CORSConfiguration/>"));
        String twice = rule("GetObject", "<header>Host</header>", "").repeat(2);
        assertAnswered(400, "InvalidArgument", put(bucket, document(twice)));
    }

    private static String rule(String action, String headers, String parameters) {
        return "<Rule><ID>a</ID><actionlist><action>" + action + "</action></actionlist><headerlist>" + headers
                + "</headerlist><paramlist>" + parameters + "</paramlist></Rule>";
    }

    private static String document(String rules) {
        return "<StrictSignatureConfiguration>" + rules + "</StrictSignatureConfiguration>";
    }

    private static void set(TestBucket bucket, String rules) {
        RawResponse answer = put(bucket, document(rules));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static RawResponse put(TestBucket bucket, String document) {
        return bucket.signed(bucket.request("PUT", "/?strict-signature").body(document));
    }

    private static String authorization(RawRequest signed) {
        return new String(signed.head(), ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Authorization: "))
                .map(line -> line.substring("Authorization: ".length()))
                .findFirst()
                .orElseThrow();
    }
}

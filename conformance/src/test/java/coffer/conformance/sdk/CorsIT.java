package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketCrossOriginConfiguration;
import com.qcloud.cos.model.CORSRule;
import com.qcloud.cos.model.CORSRule.AllowedMethods;
import com.qcloud.cos.model.CannedAccessControlList;
import java.util.List;
import java.util.Map.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT, GET and DELETE Bucket cors, preflights, and what real requests of pages are answered. */
@Shows({"GetBucketCors", "PutBucketCors", "DeleteBucketCors", "OptionsBucket", "OptionsObject"})
@ExtendWith(SharedCoffer.class)
class CorsIT {
    private static final String SITE = "https://www.site.example";

    @Test
    void theSdkReadsTheRulesThatItSet(TestBucket bucket) {
        CORSRule rule = new CORSRule()
                .withId("web")
                .withAllowedOrigins(List.of(SITE, "http://*.site.example:8080"))
                .withAllowedMethods(List.of(AllowedMethods.PUT, AllowedMethods.GET))
                .withAllowedHeaders(List.of("x-cos-*", "Content-MD5"))
                .withExposedHeaders(List.of("ETag", "x-cos-request-id"))
                .withMaxAgeSeconds(300);
        CORSRule least =
                new CORSRule().withAllowedOrigins(List.of("*")).withAllowedMethods(List.of(AllowedMethods.HEAD));
        bucket.cos()
                .setBucketCrossOriginConfiguration(
                        bucket.name(), new BucketCrossOriginConfiguration().withRules(rule, least));
        List<CORSRule> read =
                bucket.cos().getBucketCrossOriginConfiguration(bucket.name()).getRules();
        assertThat(read).hasSize(2);
        assertThat(read.getFirst()).usingRecursiveComparison().isEqualTo(rule);
        assertThat(read.getLast().getAllowedOrigins()).containsExactly("*");
        bucket.cos().deleteBucketCrossOriginConfiguration(bucket.name());
        assertThat(bucket.cos().getBucketCrossOriginConfiguration(bucket.name()))
                .isNull();
        bucket.cos().deleteBucketCrossOriginConfiguration(bucket.name());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/k",
                "/absent",
                "/",
                "/k?uploads",
                "/k?partNumber=1&uploadId=x",
                "/k?acl",
                "/?delete",
                "/k?restore",
                "/a%20b/%E6%97%85?x=1"
            })
    void aPreflightNeedsNeitherAnObjectNorRights(String target, TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, rule(SITE, "PUT", "<AllowedHeader>*</AllowedHeader><MaxAgeSeconds>60</MaxAgeSeconds>"));
        RawResponse answer = preflight(bucket, target, SITE, "PUT", "authorization, Content-Type,x-cos-meta-a");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(crossOriginHeaders(answer))
                .containsExactly(
                        "Access-Control-Allow-Origin: " + SITE,
                        "Access-Control-Allow-Methods: PUT",
                        "Access-Control-Allow-Headers: authorization, Content-Type,x-cos-meta-a",
                        "Access-Control-Max-Age: 60",
                        "Access-Control-Allow-Credentials: true",
                        "Vary: Origin");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "https://evil.example, PUT, content-type",
        "https://www.site.example.evil.example, PUT, content-type",
        "http://www.site.example, PUT, content-type",
        "https://www.site.example:8443, PUT, content-type",
        "https://WWW.site.example, PUT, content-type",
        "https://www.site.example, DELETE, content-type",
        "https://www.site.example, put, content-type",
        "https://www.site.example, PUT, 'content-type, x-other'",
        "null, PUT, content-type",
    })
    void aPreflightThatNoRuleAllowsIsForbidden(String origin, String method, String headers, TestBucket bucket) {
        set(bucket, rule(SITE, "PUT", "<AllowedHeader>Content-Type</AllowedHeader>"));
        RawResponse answer = preflight(bucket, "/k", origin, method, headers);
        assertAnswered(403, "AccessForbidden", answer);
        assertThat(crossOriginHeaders(answer)).isEmpty();
    }

    @Test
    void withoutRulesEveryPreflightIsForbidden(TestBucket bucket) {
        assertAnswered(403, "AccessForbidden", preflight(bucket, "/k", SITE, "GET", ""));
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        assertAnswered(403, "AccessForbidden", preflight(bucket, "/k", SITE, "GET", ""));
    }

    @Test
    void aPreflightNamesOriginAndMethodAndABucketThatIsThere(TestBucket bucket) {
        set(bucket, rule("*", "GET", ""));
        RawRequest noMethod = bucket.request("OPTIONS", "/k").header("Origin", SITE);
        assertAnswered(400, "InvalidRequest", new Stranger(bucket).send(noMethod));
        RawRequest noOrigin = bucket.request("OPTIONS", "/k").header("Access-Control-Request-Method", "GET");
        assertAnswered(400, "InvalidRequest", new Stranger(bucket).send(noOrigin));
        bucket.cos().deleteBucket(bucket.name());
        assertAnswered(404, "NoSuchBucket", preflight(bucket, "/k", SITE, "GET", ""));
    }

    @Test
    void theFirstRuleThatAllowsAllOfItAnswers(TestBucket bucket) {
        set(
                bucket,
                rule(SITE, "GET", "<MaxAgeSeconds>1</MaxAgeSeconds>")
                        + rule(SITE, "PUT", "<AllowedHeader>a</AllowedHeader><MaxAgeSeconds>2</MaxAgeSeconds>")
                        + rule(
                                "https://*.site.example",
                                "PUT",
                                "<AllowedHeader>x-*</AllowedHeader><MaxAgeSeconds>3</MaxAgeSeconds>")
                        + rule("*", "PUT", "<AllowedHeader>*</AllowedHeader><MaxAgeSeconds>4</MaxAgeSeconds>"));
        assertThat(maxAge(preflight(bucket, "/k", SITE, "GET", ""))).isEqualTo("1");
        assertThat(maxAge(preflight(bucket, "/k", SITE, "PUT", "A"))).isEqualTo("2");
        assertThat(maxAge(preflight(bucket, "/k", SITE, "PUT", "X-b"))).isEqualTo("3");
        RawResponse last = preflight(bucket, "/k", SITE, "PUT", "a, X-b");
        assertThat(maxAge(last)).isEqualTo("4");
        // Everybody may, so that nobody's cookies go along.
        assertThat(last.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(last.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void realRequestsAreAnsweredWithTheHeaders(TestBucket bucket) {
        set(
                bucket,
                rule(SITE, "GET", "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-cos-request-id</ExposeHeader>"));
        bucket.put("k", "text");
        RawResponse answer = bucket.signed(bucket.request("GET", "/k").header("Origin", SITE));
        assertThat(answer.text()).isEqualTo("text");
        assertThat(crossOriginHeaders(answer))
                .containsExactly(
                        "Access-Control-Allow-Origin: " + SITE,
                        "Access-Control-Allow-Methods: GET",
                        "Access-Control-Expose-Headers: ETag,x-cos-request-id",
                        "Access-Control-Allow-Credentials: true");
        RawRequest fresh = bucket.request("GET", "/k")
                .header("Origin", SITE)
                .header("If-None-Match", answer.header("ETag").orElseThrow());
        RawResponse notModified = bucket.signed(fresh);
        assertThat(notModified.status()).isEqualTo(304);
        assertThat(notModified.header("Access-Control-Allow-Origin")).contains(SITE);
    }

    /** Else a page could not tell why it failed. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /absent, 404, true",
        "GET, /k?uploadId=x, 404, true",
        "GET, /k?versionId=x, 404, true",
        "GET, /?delete, 405, true",
        "GET, /k?imageMogr2/thumbnail, 501, true",
        "GET, /k, 403, false",
        "GET, /?policy, 403, false",
        "PUT, /k, 403, false",
        "PUT, /k?restore, 405, false",
    })
    void errorsCarryTheHeadersToo(String method, String target, int status, boolean isSigned, TestBucket bucket) {
        set(bucket, rule(SITE, "GET", "") + rule(SITE, "PUT", ""));
        RawRequest request = bucket.request(method, target).header("Origin", SITE);
        if (method.equals("PUT")) {
            request.body("text");
        }
        RawResponse answer = isSigned ? bucket.signed(request) : new Stranger(bucket).send(request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(SITE);
    }

    @Test
    void rulesDecideNothingOfRights(TestBucket bucket) {
        set(bucket, rule(SITE, "GET", ""));
        bucket.put("k", "text");
        RawRequest get = bucket.request("GET", "/k").header("Origin", "https://evil.example");
        RawResponse answer = bucket.signed(get);
        assertThat(answer.text()).isEqualTo("text");
        assertThat(crossOriginHeaders(answer)).isEmpty();
        RawRequest put = bucket.request("PUT", "/k").header("Origin", SITE).body("new");
        RawResponse written = bucket.signed(put);
        assertThat(written.status()).isEqualTo(200);
        assertThat(crossOriginHeaders(written)).isEmpty();
    }

    @Test
    void cachesAreToldOfTheOriginWhereAsked(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, rule(SITE, "GET", "") + "<ResponseVary>true</ResponseVary>");
        RawRequest allowed = bucket.request("GET", "/k").header("Origin", SITE);
        assertThat(bucket.signed(allowed).header("Vary")).contains("Origin");
        RawRequest other = bucket.request("GET", "/k").header("Origin", "https://evil.example");
        RawResponse answer = bucket.signed(other);
        assertThat(crossOriginHeaders(answer)).containsExactly("Vary: Origin");
        RawResponse rules = bucket.signed(bucket.request("GET", "/?cors"));
        assertThat(rules.element("ResponseVary")).isEqualTo("true");
    }

    @Test
    void aFormOfAPageIsAnsweredToIt(TestBucket bucket) {
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        set(bucket, rule(SITE, "POST", ""));
        String form = """
                --b
                Content-Disposition: form-data; name="key"

                k
                --b
                Content-Disposition: form-data; name="file"; filename="f"

                text
                --b--
                """.replace("\n", "\r\n");
        RawRequest post = bucket.request("POST", "/")
                .header("Origin", SITE)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .body(form);
        RawResponse answer = new Stranger(bucket).send(post);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(SITE);
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        "<CORSConfiguration/>, MalformedXML",
        "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>, MalformedXML",
        "<CORSConfiguration><CORSRule>, MalformedXML",
        "'', MissingRequestBodyError",
    })
    void refusesDocumentsThatAreNoRules(String document, String code, TestBucket bucket) {
        assertAnswered(400, code, bucket.signed(bucket.request("PUT", "/?cors").body(document)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "*, OPTIONS, ''",
        "site.example, GET, ''",
        "https://*.*.example, GET, ''",
        "*, GET, <ExposeHeader>*</ExposeHeader>",
        "*, GET, <MaxAgeSeconds>-1</MaxAgeSeconds>",
    })
    void refusesRulesThatCannotBe(String origin, String method, String rest, TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/?cors").body(document(rule(origin, method, rest)));
        assertAnswered(400, "InvalidArgument", bucket.signed(put));
        assertAnswered(404, "NoSuchCORSConfiguration", bucket.signed(bucket.request("GET", "/?cors")));
    }

    private static String rule(String origin, String method, String rest) {
        return "<CORSRule><AllowedOrigin>" + origin + "</AllowedOrigin><AllowedMethod>" + method + "</AllowedMethod>"
                + rest + "</CORSRule>";
    }

    private static String document(String rules) {
        return "<CORSConfiguration>" + rules + "</CORSConfiguration>";
    }

    private static void set(TestBucket bucket, String rules) {
        RawResponse answer = bucket.signed(bucket.request("PUT", "/?cors").body(document(rules)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static RawResponse preflight(
            TestBucket bucket, String target, String origin, String method, String headers) {
        RawRequest request = bucket.request("OPTIONS", target)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
        return new Stranger(bucket)
                .send(headers.isEmpty() ? request : request.header("Access-Control-Request-Headers", headers));
    }

    private static String maxAge(RawResponse answer) {
        return answer.header("Access-Control-Max-Age").orElseThrow();
    }

    private static List<String> crossOriginHeaders(RawResponse answer) {
        return answer.headers().stream()
                .filter(header -> header.getKey().startsWith("Access-Control-")
                        || header.getKey().equals("Vary"))
                .map(CorsIT::line)
                .toList();
    }

    private static String line(Entry<String, String> header) {
        return header.getKey() + ": " + header.getValue();
    }
}

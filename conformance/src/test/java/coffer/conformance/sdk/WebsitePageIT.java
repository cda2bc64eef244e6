package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Website.assertErrorPage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Policies;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.Website;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.ObjectMetadata;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are answered by a bucket that is a website. */
@Shows({"GetWebsitePage", "HeadWebsitePage", "OptionsWebsitePage"})
@ExtendWith(SharedCoffer.class)
class WebsitePageIT {
    private static final String OOPS = "<ErrorDocument><Key>oops.html</Key>%s</ErrorDocument>";

    private static void page(TestBucket bucket, String key, String text) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/html");
        bucket.put(key, text.getBytes(UTF_8), metadata);
    }

    private static String rule(String condition, String redirect) {
        return "<RoutingRules><RoutingRule><Condition>" + condition + "</Condition><Redirect>" + redirect
                + "</Redirect></RoutingRule></RoutingRules>";
    }

    private static void assertSent(int status, String location, RawResponse answer) {
        assertThat(answer.status() + " " + answer.header("Location").orElse(""))
                .as(answer.text())
                .isEqualTo(status + " " + location);
        assertThat(answer.header("x-cos-request-id")).isPresent();
    }

    @Test
    void hasPagesFoldersAndParameters(TestBucket bucket) {
        page(bucket, "index.html", "home");
        page(bucket, "docs/index.html", "docs");
        page(bucket, "a b.html", "blank");
        Website site = Website.open(bucket, "");
        RawResponse home = site.get("/");
        assertThat(home.text()).isEqualTo("home");
        assertThat(home.header("Content-Type")).contains("text/html");
        assertThat(home.header("Content-Disposition")).isEmpty();
        assertThat(site.get("/docs/").text()).isEqualTo("docs");
        assertThat(site.get("/a%20b.html?v=2&response-content-type=x&versionId=1&acl")
                        .text())
                .isEqualTo("blank");
        assertSent(302, "/docs/?a=b", site.get("/docs?a=b"));
        assertErrorPage(404, "NoSuchKey", site.get("/absent/"));
        assertErrorPage(404, "NoSuchKey", site.get("/absent"));
        assertErrorPage(400, "InvalidURI", site.get("/%zz"));
        RawResponse head = site.send(site.request("HEAD", "/docs/"));
        assertThat(head.status() + " " + head.header("Content-Length").orElse(""))
                .isEqualTo("200 4");
        assertThat(site.send(site.request("HEAD", "/absent")).status()).isEqualTo(404);
    }

    /** The host of the bucket stays what it was. */
    @Test
    void isNotOnTheHostOfTheBucket(TestBucket bucket) {
        page(bucket, "index.html", "home");
        Website.open(bucket, "");
        Website plain = new Website(bucket, bucket.host());
        assertThat(plain.get("/").text()).contains("<ListBucketResult>");
        assertAnswered(404, "NoSuchKey", plain.get("/absent"));
    }

    @Test
    void needsAWebsiteAndABucket(TestBucket bucket) {
        assertErrorPage(404, "NoSuchWebsiteConfiguration", Website.of(bucket).get("/"));
        Website none = new Website(bucket, Website.of(bucket).host().replace(bucket.name(), "none-1250000000"));
        assertErrorPage(404, "NoSuchBucket", none.get("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH"})
    void takesNothing(String method, TestBucket bucket) {
        Website site = Website.open(bucket, "");
        RawResponse answer = site.send(site.request(method, "/k").body("x"));
        assertErrorPage(405, "MethodNotAllowed", answer);
        assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void rangesAndConditionsWork(TestBucket bucket) {
        page(bucket, "index.html", "0123456789");
        page(bucket, "oops.html", "oops");
        Website site = Website.open(bucket, OOPS.formatted(""));
        RawResponse part = site.send(site.request("GET", "/").header("Range", "bytes=2-4"));
        assertThat(part.status() + " " + part.text()).isEqualTo("206 234");
        String etag = site.get("/").header("ETag").orElseThrow();
        assertThat(site.send(site.request("GET", "/").header("If-None-Match", etag))
                        .status())
                .isEqualTo(304);
        assertErrorPage(
                412, "PreconditionFailed", site.send(site.request("GET", "/").header("If-Match", "\"0\"")));
        assertErrorPage(416, "InvalidRange", site.send(site.request("GET", "/").header("Range", "bytes=99-")));
        RawResponse missing = site.send(
                site.request("GET", "/absent").header("Range", "bytes=1-2").header("If-None-Match", "*"));
        assertThat(missing.status() + " " + missing.text()).isEqualTo("404 oops");
    }

    @ParameterizedTest
    @CsvSource({"'', 404", "<OriginalHttpStatus>Disabled</OriginalHttpStatus>, 200"})
    void answersTheErrorPage(String status, int expected, TestBucket bucket) {
        page(bucket, "oops.html", "oops");
        Website site = Website.open(bucket, OOPS.formatted(status));
        RawResponse answer = site.get("/absent");
        assertThat(answer.status() + " " + answer.text()).isEqualTo(expected + " oops");
        assertThat(answer.header("Content-Type")).contains("text/html");
        assertThat(answer.header("ETag")).isEmpty();
        RawResponse head = site.send(site.request("HEAD", "/absent"));
        assertThat(head.status() + " " + head.header("Content-Length").orElse(""))
                .isEqualTo(expected + " 4");
    }

    @Test
    void saysThatTheErrorPageIsNotThere(TestBucket bucket) {
        Website site = Website.open(bucket, OOPS.formatted("").replace("oops", "&lt;script>"));
        RawResponse answer = site.get("/%3Cscript%3Ealert(1)%3C/script%3E");
        assertErrorPage(404, "NoSuchKey", answer);
        assertThat(answer.text()).contains("&lt;script&gt;.html").doesNotContain("<script");
    }

    @Test
    void findsPagesWithoutTheirEnding(TestBucket bucket) {
        page(bucket, "about.html", "about");
        Website site = Website.open(bucket, "<AutoAddressing><Status>Enabled</Status></AutoAddressing>");
        assertThat(site.get("/about").text()).isEqualTo("about");
        assertErrorPage(404, "NoSuchKey", site.get("/about/"));
        Website.open(bucket, "");
        assertErrorPage(404, "NoSuchKey", site.get("/about"));
    }

    @Test
    void followsRules(TestBucket bucket) {
        page(bucket, "old/a", "old");
        Website site = Website.open(
                bucket,
                rule(
                        "<KeyPrefixEquals>old/</KeyPrefixEquals>",
                        "<Protocol>https</Protocol><ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith>"));
        assertSent(302, "https://" + site.host() + "/new/a", site.get("/old/a"));
        Website.open(
                bucket,
                rule(
                        "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>",
                        "<HttpRedirectCode>301</HttpRedirectCode><ReplaceKeyPrefixWith>#!/</ReplaceKeyPrefixWith>"));
        assertThat(site.get("/old/a").text()).isEqualTo("old");
        assertSent(301, "http://" + site.host() + "/#!/a%20b", site.get("/a%20b"));
    }

    @Test
    void sendsEverybodyToHttps(TestBucket bucket) {
        Website site =
                Website.open(bucket, "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo>");
        assertSent(301, "https://" + site.host() + "/a/b?c=d", site.get("/a/b?c=d"));
    }

    /** No answer has a header that the request brought. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%0D%0ASet-Cookie:%20a=b",
                "/docs%0D%0ASet-Cookie:%20a=b",
                "/docs?x=%0D%0ASet-Cookie:%20a=b",
                "//evil.example",
                "/%2Fevil.example",
                "/%5Cevil.example",
            })
    void isNoWayOut(String target, TestBucket bucket) {
        page(bucket, "docs/index.html", "docs");
        page(bucket, "/evil.example/index.html", "evil");
        page(bucket, "\\evil.example/index.html", "evil");
        page(bucket, "docs\r\nSet-Cookie: a=b/index.html", "evil");
        Website site = Website.open(bucket, "");
        Website.open(
                bucket,
                rule(
                        "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>",
                        "<ReplaceKeyPrefixWith>x/</ReplaceKeyPrefixWith>"));
        RawResponse answer = site.get(target);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers()).extracting(Entry::getKey).doesNotContain("Set-Cookie");
        assertThat(answer.header("Location").orElseThrow())
                .matches("/[^/\\\\].*|http://" + site.host() + "/.*")
                .doesNotContainPattern("[^!-~]");
    }

    @Test
    void objectsLeadElsewhere(TestBucket bucket) {
        Website site = Website.open(bucket, "");
        String header = "x-cos-website-redirect-location";
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setHeader(header, "/new page");
        bucket.put("old", "x".getBytes(UTF_8), metadata);
        assertSent(301, "/new%20page", site.get("/old"));
        RawResponse plain = bucket.exchange("GET", "/old");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.header(header)).contains("/new page");
        bucket.cos().copyObject(bucket.name(), "old", bucket.name(), "copy");
        assertSent(301, "/new%20page", site.get("/copy"));
        Map<String, String> form = PostObjectIT.form(bucket, "posted");
        form.put(header, "https://www.example.com/");
        assertThat(PostObjectIT.post(bucket, form, "x").statusCode()).isEqualTo(204);
        assertSent(301, "https://www.example.com/", site.get("/posted"));
        RawResponse begun = bucket.exchange(bucket.request("POST", "/parts?uploads")
                .header(header, "/parts.html")
                .header("Content-Length", "0"));
        String upload = begun.element("UploadId");
        String etag = bucket.exchange(bucket.request("PUT", "/parts?partNumber=1&uploadId=" + upload)
                        .body("x"))
                .header("ETag")
                .orElseThrow();
        assertThat(bucket.exchange(bucket.request("POST", "/parts?uploadId=" + upload)
                                .body("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag
                                        + "</ETag></Part></CompleteMultipartUpload>"))
                        .status())
                .isEqualTo(200);
        assertSent(301, "/parts.html", site.get("/parts"));
    }

    @Test
    void objectsLeadNowhereButThere(TestBucket bucket) {
        for (String target : new String[] {"page.html", "javascript:alert(1)", "/" + "x".repeat(2048)}) {
            RawResponse answer = bucket.exchange(bucket.request("PUT", "/k")
                    .header("x-cos-website-redirect-location", target)
                    .body("x"));
            assertAnswered(400, "WebsiteURLInvalid", answer);
        }
        Map<String, String> form = PostObjectIT.form(bucket, "k");
        form.put("x-cos-website-redirect-location", "/a\r\nSet-Cookie: b=c");
        assertThat(PostObjectIT.post(bucket, form, "x").statusCode()).isEqualTo(400);
    }

    @Test
    void showsWhatEverybodyMayReadAndNothingElse(TestBucket bucket) {
        page(bucket, "index.html", "home");
        page(bucket, "secret.html", "secret");
        page(bucket, "oops.html", "oops");
        Website site = Website.open(bucket, OOPS.formatted(""));
        bucket.cos().setObjectAcl(bucket.name(), "secret.html", CannedAccessControlList.Private);
        RawResponse refused = site.get("/secret.html");
        assertThat(refused.status() + " " + refused.text()).isEqualTo("403 oops");
        bucket.cos().setObjectAcl(bucket.name(), "oops.html", CannedAccessControlList.Private);
        assertErrorPage(403, "AccessDenied", site.get("/secret.html"));
        assertErrorPage(
                403,
                "AccessDenied",
                site.send(site.request("GET", "/secret.html").signed()));
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.Private);
        assertErrorPage(403, "AccessDenied", site.get("/"));
        assertErrorPage(403, "AccessDenied", site.get("/absent"));
        bucket.cos()
                .setBucketPolicy(
                        bucket.name(), Policies.of(Policies.everybody("allow", "GetObject", bucket, "index.html")));
        assertThat(site.get("/").text()).isEqualTo("home");
    }

    @Test
    void keepsToReferersAndAnswersPagesOfOtherOrigins(TestBucket bucket) {
        page(bucket, "index.html", "home");
        Website site = Website.open(bucket, "");
        set(bucket, "cors", """
                <CORSConfiguration><CORSRule><AllowedOrigin>https://a.example</AllowedOrigin>\
                <AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>""");
        RawResponse preflight = site.send(site.request("OPTIONS", "/")
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "GET"));
        assertThat(preflight.status()).isEqualTo(200);
        for (String target : new String[] {"/", "/absent"}) {
            assertThat(site.send(site.request("GET", target).header("Origin", "https://a.example"))
                            .header("Access-Control-Allow-Origin"))
                    .as(target)
                    .contains("https://a.example");
        }
        set(bucket, "referer", """
                <RefererConfiguration><Status>Enabled</Status><RefererType>Black-List</RefererType><DomainList>\
                <Domain>thief.example</Domain></DomainList><EmptyReferConfiguration>Allow</EmptyReferConfiguration>\
                </RefererConfiguration>""");
        assertThat(site.get("/").status()).isEqualTo(200);
        assertErrorPage(
                403, "AccessDenied", site.send(site.request("GET", "/").header("Referer", "http://thief.example/")));
    }

    @Test
    void whatIsDeletedIsMissing(TestBucket bucket) {
        bucket.enableVersioning();
        page(bucket, "index.html", "home");
        Website site = Website.open(bucket, "");
        assertThat(site.get("/").status()).isEqualTo(200);
        bucket.cos().deleteObject(bucket.name(), "index.html");
        assertErrorPage(404, "NoSuchKey", site.get("/"));
    }

    private static void set(TestBucket bucket, String setting, String document) {
        RawResponse answer = bucket.signed(bucket.request("PUT", "/?" + setting).body(document));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}

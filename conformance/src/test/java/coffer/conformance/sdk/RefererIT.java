package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import coffer.conformance.Web;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.BucketRefererConfiguration;
import com.qcloud.cos.model.CannedAccessControlList;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUT, GET and DELETE Bucket referer, and which pages may show what is public. */
@Shows({"GetBucketReferer", "PutBucketReferer", "DeleteBucketReferer"})
@ExtendWith(SharedCoffer.class)
class RefererIT {
    private static final String HOSTS = "<Domain>*.site.example</Domain><Domain>10.0.0.7:8080/app</Domain>";

    @Test
    void theSdkReadsTheListThatItSet(TestBucket bucket) {
        BucketRefererConfiguration set = new BucketRefererConfiguration();
        set.setStatus(BucketRefererConfiguration.ENABLED);
        set.setRefererType(BucketRefererConfiguration.WHITELIST);
        set.setEmptyReferConfiguration(BucketRefererConfiguration.ALLOW);
        set.setDomainList(List.of("*.site.example", "10.0.0.7:8080/app"));
        bucket.cos().setBucketRefererConfiguration(bucket.name(), set);
        assertThat(bucket.cos().getBucketRefererConfiguration(bucket.name()))
                .usingRecursiveComparison()
                .isEqualTo(set);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "White-List, Deny, http://www.site.example/page?x=1, 200",
        "White-List, Deny, https://a.b.site.example, 200",
        "White-List, Deny, http://10.0.0.7:8080/app/page, 200",
        "White-List, Deny, http://10.0.0.7:8080/other, 403",
        "White-List, Deny, http://10.0.0.7/app, 403",
        "White-List, Deny, http://evil.example/www.site.example, 403",
        "White-List, Deny, http://site.example/, 403",
        "White-List, Deny, '', 403",
        "White-List, Allow, '', 200",
        "White-List, Allow, http://evil.example/, 403",
        "Black-List, Deny, http://www.site.example/page, 403",
        "Black-List, Deny, http://evil.example/, 200",
        "Black-List, Deny, '', 403",
        "Black-List, Allow, '', 200",
    })
    void letsPagesOfTheListInOrKeepsThemOut(String list, String empty, String referer, int status, TestBucket bucket) {
        open(bucket);
        set(bucket, document("Enabled", list, HOSTS, empty));
        RawResponse answer = new Stranger(bucket).send(get(bucket, referer));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.element("Message")).isEqualTo("You are denied by bucket referer rule");
        }
        RawRequest head = bucket.request("HEAD", "/k").header("Referer", referer);
        assertThat(new Stranger(bucket).send(head).status()).isEqualTo(status);
    }

    @Test
    void isAboutTheReadingOfObjectsOnly(TestBucket bucket) {
        open(bucket);
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        set(bucket, document("Enabled", "White-List", HOSTS, "Deny"));
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.get("/").status()).isEqualTo(200);
        assertThat(stranger.put("/new", "text").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", stranger.get("/new"));
    }

    @Test
    void opensNothingThatIsNotPublic(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, document("Enabled", "White-List", HOSTS, "Allow"));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(get(bucket, "http://www.site.example/")));
    }

    @Test
    void whoSignsNeedsNoPage(TestBucket bucket) throws URISyntaxException {
        open(bucket);
        set(bucket, document("Enabled", "White-List", HOSTS, "Deny"));
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(bucket.signed(get(bucket, "http://evil.example/")).status()).isEqualTo(200);
        assertThat(presigned(bucket).statusCode()).isEqualTo(200);
    }

    /** What the Go SDK can ask for. */
    @Test
    void signedLinksAreCheckedWhereAsked(TestBucket bucket) throws URISyntaxException {
        open(bucket);
        set(
                bucket,
                document("Enabled", "White-List", HOSTS, "Deny")
                        .replace(
                                "</RefererConfiguration>",
                                "<VerifySignatureURL>Enabled</VerifySignatureURL></RefererConfiguration>"));
        assertThat(presigned(bucket).statusCode()).isEqualTo(403);
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void isNotLookedAtWhileDisabled(TestBucket bucket) {
        open(bucket);
        set(bucket, document("Disabled", "White-List", HOSTS, "Deny"));
        assertThat(new Stranger(bucket)
                        .send(get(bucket, "http://evil.example/"))
                        .status())
                .isEqualTo(200);
    }

    /** Python and Go delete by putting nothing. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"DELETE, 204", "PUT, 200"})
    void isClearedByDeleteAndByAnEmptyBody(String method, int status, TestBucket bucket) {
        open(bucket);
        set(bucket, document("Enabled", "White-List", HOSTS, "Deny"));
        RawRequest clear = bucket.request(method, "/?referer");
        if (method.equals("PUT")) {
            clear.header("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==").body("");
        }
        assertThat(bucket.signed(clear).status()).isEqualTo(status);
        assertThat(bucket.signed(bucket.request("GET", "/?referer")).elementNames())
                .isEmpty();
        assertThat(new Stranger(bucket).get("/k").status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoList(TestBucket bucket) {
        String domains = "<Domain>a.example</Domain>".repeat(31);
        assertAnswered(400, "MalformedXML", put(bucket, "<RefererConfiguration/>"));
        assertAnswered(400, "MalformedXML", put(bucket, document("Enabled", "White-List", "", "Deny")));
        assertAnswered(400, "InvalidArgument", put(bucket, document("Enabled", "Grey-List", HOSTS, "Deny")));
        assertAnswered(400, "InvalidArgument", put(bucket, document("Enabled", "White-List", domains, "Deny")));
    }

    private static void open(TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead);
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
    }

    private static RawRequest get(TestBucket bucket, String referer) {
        RawRequest request = bucket.request("GET", "/k");
        return referer.isEmpty() ? request : request.header("Referer", referer);
    }

    private static HttpResponse<byte[]> presigned(TestBucket bucket) throws URISyntaxException {
        URI url = bucket.cos()
                .generatePresignedUrl(
                        bucket.name(), "k", Date.from(Instant.now().plusSeconds(600)), HttpMethodName.GET)
                .toURI();
        try (Web web = Web.of(bucket.server())) {
            return web.send(HttpRequest.newBuilder(url).header("Referer", "http://evil.example/"));
        }
    }

    private static String document(String status, String list, String domains, String empty) {
        return """
                <RefererConfiguration><Status>%s</Status><RefererType>%s</RefererType><DomainList>%s</DomainList>\
                <EmptyReferConfiguration>%s</EmptyReferConfiguration></RefererConfiguration>""".formatted(status, list, domains, empty);
    }

    private static void set(TestBucket bucket, String document) {
        RawResponse answer = put(bucket, document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static RawResponse put(TestBucket bucket, String document) {
        return bucket.signed(bucket.request("PUT", "/?referer").body(document));
    }
}

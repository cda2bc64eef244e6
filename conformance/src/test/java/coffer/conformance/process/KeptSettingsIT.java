package coffer.conformance.process;

import static coffer.conformance.Policies.everybody;
import static coffer.conformance.Refusals.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Policies;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.CannedAccessControlList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was set on a bucket holds as long as the bucket does, however the server ends. */
class KeptSettingsIT {
    private static final String SITE = "https://www.site.example";

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("settings-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "kept-1250000000");
    private final Stranger stranger = new Stranger(bucket);

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void surviveAStopAndAKill() {
        setEverything();
        server.askToStop();
        assertThat(server.exitCode()).isIn(0, 143);
        server.startAgain();
        assertEverythingHolds();
        cos.setObjectAcl(bucket.name(), "closed", CannedAccessControlList.PublicRead);
        cos.deleteBucketPolicy(bucket.name());
        server.kill();
        server.startAgain();
        assertThat(get("/closed").status()).isEqualTo(200);
        assertAnswered(404, "NoSuchBucketPolicy", bucket.signed(bucket.request("GET", "/?policy")));
        assertThat(cos.getBucketAcl(bucket.name()).getCannedAccessControl())
                .isEqualTo(CannedAccessControlList.PublicRead);
    }

    @Test
    void dieWithTheBucket() {
        setEverything();
        cos.deleteBucketPolicy(bucket.name());
        for (String key : List.of("closed", "open", "denied")) {
            cos.deleteObject(bucket.name(), key);
        }
        cos.deleteBucket(bucket.name());
        assertAnswered(404, "NoSuchBucket", preflight());
        cos.createBucket(bucket.name());
        assertNothingIsSet();
        server.kill();
        server.startAgain();
        assertNothingIsSet();
    }

    private void setEverything() {
        bucket.put("open", "text");
        bucket.put("denied", "text");
        bucket.put("closed", "text");
        cos.setObjectAcl(bucket.name(), "closed", CannedAccessControlList.Private);
        cos.setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        cos.setBucketPolicy(bucket.name(), Policies.of(everybody("deny", "GetObject", bucket, "denied")));
        put("cors", """
                <CORSConfiguration><CORSRule><AllowedOrigin>%s</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
                </CORSRule></CORSConfiguration>""".formatted(SITE));
        put("referer", """
                <RefererConfiguration><Status>Enabled</Status><RefererType>White-List</RefererType>\
                <DomainList><Domain>www.site.example</Domain></DomainList></RefererConfiguration>""");
        put("strict-signature", """
                <StrictSignatureConfiguration><Rule><ID>a</ID><actionlist><action>Put*</action></actionlist>\
                <headerlist><header>x-cos-*</header></headerlist></Rule></StrictSignatureConfiguration>""");
        put("website", """
                <WebsiteConfiguration><IndexDocument><Suffix>open</Suffix></IndexDocument></WebsiteConfiguration>""");
        put("domain", """
                <DomainConfiguration><DomainRule><Status>ENABLED</Status><Name>www.site.example</Name>                <Type>WEBSITE</Type></DomainRule></DomainConfiguration>""");
        assertEverythingHolds();
    }

    private void put(String setting, String document) {
        RawResponse answer = bucket.signed(bucket.request("PUT", "/?" + setting).body(document));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void assertEverythingHolds() {
        assertThat(get("/open").text()).isEqualTo("text");
        assertAnswered(403, "AccessDenied", get("/closed"));
        assertAnswered(403, "AccessDenied", get("/denied"));
        assertAnswered(403, "AccessDenied", bucket.signed(bucket.request("GET", "/denied")));
        assertAnswered(403, "AccessDenied", stranger.get("/open"));
        assertThat(preflight().status()).isEqualTo(200);
        assertThat(website().text()).isEqualTo("text");
        RawRequest unsigned = bucket.request("PUT", "/k").signed().header("x-cos-acl", "private");
        assertAnswered(403, "AccessDenied", stranger.send(unsigned.body("text")));
    }

    private void assertNothingIsSet() {
        assertAnswered(403, "AccessDenied", get("/"));
        assertAnswered(403, "AccessForbidden", preflight());
        assertThat(cos.getBucketAcl(bucket.name()).getCannedAccessControl()).isEqualTo(CannedAccessControlList.Private);
        for (String setting : List.of("policy", "cors", "strict-signature", "website", "domain")) {
            assertThat(bucket.signed(bucket.request("GET", "/?" + setting)).status())
                    .as(setting)
                    .isEqualTo(404);
        }
        assertThat(bucket.signed(bucket.request("GET", "/?referer")).elementNames())
                .isEmpty();
        assertThat(website().text()).doesNotContain("text");
    }

    private RawResponse get(String target) {
        return stranger.send(bucket.request("GET", target).header("Referer", SITE + "/page"));
    }

    private RawResponse website() {
        return stranger.send(RawRequest.to("GET", "www.site.example", "/").header("Referer", SITE + "/page"));
    }

    private RawResponse preflight() {
        return stranger.send(
                bucket.request("OPTIONS", "/k").header("Origin", SITE).header("Access-Control-Request-Method", "GET"));
    }
}

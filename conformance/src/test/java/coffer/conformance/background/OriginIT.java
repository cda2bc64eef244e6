package coffer.conformance.background;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What a bucket lacks comes from its origin. The SDK for Java cannot set rules, so requests written by hand do. */
@Shows({"GetBucketOrigin", "PutBucketOrigin", "DeleteBucketOrigin"})
class OriginIT {
    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;
    private OwnOrigin origin;

    @BeforeEach
    void start() {
        start(AdminApi.startReachingOut());
    }

    private void start(AdminApi server) {
        admin = server;
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "pulling-" + Account.APPID);
        origin = new OwnOrigin();
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        origin.close();
        admin.close();
    }

    private String document(String type, String status, String parameter, String host, String info) {
        return "<OriginConfiguration><OriginRule><RulePriority>1</RulePriority><OriginType>" + type
                + "</OriginType><OriginCondition><HTTPStatusCode>" + status
                + "</HTTPStatusCode><Prefix>in/</Prefix></OriginCondition><OriginParameter><Protocol>HTTP</Protocol>"
                + parameter + "</OriginParameter><OriginInfo><HostInfo><HostName>" + origin.host() + "</HostName>"
                + host
                + "</HostInfo>" + info + "</OriginInfo></OriginRule></OriginConfiguration>";
    }

    private RawResponse set(String document) {
        return bucket.exchange(bucket.request("PUT", "/?origin").body(document));
    }

    private void pull(String type, String parameter, String host, String info) {
        RawResponse answer = set(document(type, "404", parameter, host, info));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void mirror() {
        pull("Mirror", "", "", "");
    }

    @Test
    void rulesAreKeptAsTheyWereSet() {
        assertAnswered(404, "OriginConfigurationNotFoundError", bucket.exchange("GET", "/?origin"));
        String document = document("Mirror", "404", "<FollowQueryString>false</FollowQueryString>", "", "");
        assertThat(set(document).status()).isEqualTo(200);
        assertThat(bucket.exchange("GET", "/?origin").text()).endsWith(document);
        admin.server().kill();
        admin.server().startAgain();
        assertThat(bucket.exchange("GET", "/?origin").text()).endsWith(document);
        assertThat(bucket.exchange("DELETE", "/?origin").status()).isEqualTo(204);
        assertThat(bucket.exchange("DELETE", "/?origin").status()).isEqualTo(204);
        assertAnswered(404, "OriginConfigurationNotFoundError", bucket.exchange("GET", "/?origin"));
        assertRefused(404, "NoSuchKey", () -> bucket.text("in/a"));
        assertThat(origin.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Copy, 404, '', 400, InvalidArgument",
        "Mirror, 403, '', 400, InvalidArgument",
        "Mirror, 404, <CopyOriginData>true</CopyOriginData>, 501, NotImplemented",
        "Mirror, 404, <Unheard/>, 501, NotImplemented",
        "Redirect, 302, '', 400, InvalidArgument"
    })
    void whatCannotWorkIsRefused(String type, String condition, String parameter, int status, String code) {
        mirror();
        assertAnswered(status, code, set(document(type, condition, parameter, "", "")));
        assertAnswered(400, "MalformedXML", set("<OriginConfiguration/>"));
        assertThat(bucket.exchange("GET", "/?origin").text()).endsWith(document("Mirror", "404", "", "", ""));
    }

    @Test
    void aMirroredObjectIsAnsweredAndStored() {
        mirror();
        origin.has(
                "/in/a%20b",
                200,
                Map.of(
                        "Content-Type",
                        "text/css",
                        "Cache-Control",
                        "max-age=9",
                        "x-cos-meta-k",
                        "v",
                        "Set-Cookie",
                        "secret=1"),
                "0123456789".getBytes(UTF_8));
        assertThat(bucket.exchange(bucket.request("GET", "/in/a%20b").header("Range", "bytes=2-4"))
                        .text())
                .isEqualTo("234");
        ObjectMetadata stored = cos.getObjectMetadata(bucket.name(), "in/a b");
        assertThat(stored.getContentType()).isEqualTo("text/css");
        assertThat(stored.getCacheControl()).isEqualTo("max-age=9");
        assertThat(stored.getUserMetaDataOf("k")).isEqualTo("v");
        assertThat(stored.getRawMetadata()).doesNotContainKey("Set-Cookie");
        assertThat(bucket.text("in/a b")).isEqualTo("0123456789");
        origin.close();
        admin.server().kill();
        admin.server().startAgain();
        assertThat(bucket.text("in/a b")).isEqualTo("0123456789");
        assertThat(origin.asked()).hasSize(1);
        assertRefused(404, "NoSuchKey", () -> bucket.text("out/a"));
    }

    @Test
    void allWhoReadFetchObjects() {
        mirror();
        origin.has("/in/head", "by HEAD");
        origin.has("/in/s3", "by S3");
        assertThat(cos.getObjectMetadata(bucket.name(), "in/head").getContentLength())
                .isEqualTo(7);
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            assertThat(s3.getObjectAsBytes(request ->
                                    request.bucket(S3Sdk.name(bucket)).key("in/s3"))
                            .asUtf8String())
                    .isEqualTo("by S3");
        }
        assertThat(bucket.text("in/s3")).isEqualTo("by S3");
        assertThat(origin.asked()).hasSize(2);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/in/other"));
        assertThat(origin.asked()).hasSize(2);
    }

    @Test
    void whatIsStoredIsAnnouncedAndKeptAsTheBucketWantsIt() {
        mirror();
        try (Receiver receiver = new Receiver()) {
            String hook = "{\"name\":\"ears\",\"url\":\"" + receiver.url() + "\"}";
            receiver.share(admin.call("POST", "/accounts/" + Account.APPID + "/webhooks", hook)
                    .get("secret")
                    .asText());
            RawResponse listening = bucket.exchange(bucket.request("PUT", "/?notification")
                    .body("<NotificationConfiguration><QueueConfiguration><Id>all</Id><Queue>ears</Queue>"
                            + "<Event>cos:ObjectCreated:Origin</Event></QueueConfiguration>"
                            + "</NotificationConfiguration>"));
            assertThat(listening.status()).as(listening.text()).isEqualTo(200);
            RawResponse encrypting = bucket.exchange(bucket.request("PUT", "/?encryption")
                    .body("<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>"
                            + "AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                            + "</ServerSideEncryptionConfiguration>"));
            assertThat(encrypting.status()).as(encrypting.text()).isEqualTo(200);
            origin.has("/in/a", "text");
            RawResponse answer = bucket.exchange("GET", "/in/a");
            assertThat(answer.text()).isEqualTo("text");
            assertThat(answer.header("x-cos-server-side-encryption")).contains("AES256");
            Eventually.holds(() -> assertThat(receiver.records()).hasSize(1));
            assertThat(receiver.records()
                            .getFirst()
                            .get("event")
                            .get("eventName")
                            .asText())
                    .isEqualTo("cos:ObjectCreated:Origin");
        }
    }

    @Test
    void manyWhoWaitForOneObjectFetchItOnce() throws Exception {
        mirror();
        byte[] bytes = OwnOrigin.large();
        origin.has("/in/large", 200, Map.of(), bytes);
        origin.stall();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> read = () -> Arrays.equals(bucket.bytes("in/large"), bytes);
            List<Future<Boolean>> readers =
                    IntStream.range(0, 20).mapToObj(_ -> threads.submit(read)).toList();
            Eventually.holds(() -> assertThat(origin.asked()).hasSize(1));
            origin.goOn();
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
        }
        assertThat(origin.asked()).hasSize(1);
    }

    @Test
    void originsHearWhatTheyAreToHear() {
        pull(
                "Mirror",
                "<HttpHeader><FollowAllHeaders>true</FollowAllHeaders><NewHttpHeaders><Header><Key>x-key</Key>"
                        + "<Value>v</Value></Header></NewHttpHeaders><ForbidFollowHeaders><Header><Key>x-not</Key>"
                        + "</Header></ForbidFollowHeaders></HttpHeader>",
                "",
                "<FileInfo><PrefixConfiguration><Prefix>old/</Prefix></PrefixConfiguration><SuffixConfiguration>"
                        + "<Suffix>.v1</Suffix></SuffixConfiguration></FileInfo>");
        origin.has("/old/in/a.v1", "text");
        RawRequest request = bucket.request("GET", "/in/a?size=9&response-content-type=a")
                .header("x-own", "o")
                .header("x-not", "n");
        assertThat(bucket.exchange(request).text()).isEqualTo("text");
        OwnOrigin.Asked asked = origin.asked().getFirst();
        assertThat(asked.target()).isEqualTo("/old/in/a.v1?size=9");
        assertThat(asked.header("x-key")).isEqualTo("v");
        assertThat(asked.header("x-own")).isEqualTo("o");
        assertThat(asked.header("x-not")).isEmpty();
        assertThat(asked.header("Authorization")).isEmpty();
        assertThat(asked.header("Host")).isEqualTo(origin.host());
        assertThat(asked.header("CDN-Loop")).startsWith("coffer-");
    }

    @Test
    void anotherHostStandsBy() throws Exception {
        try (OwnOrigin standby = new OwnOrigin()) {
            String host = "<StandbyHostName_1>" + standby.host() + "</StandbyHostName_1>";
            set(document("Mirror", "404", "", host, "")
                    .replace(
                            "</OriginRule>",
                            "<HTTPStandbyCode><StatusCode>403</StatusCode></HTTPStandbyCode></OriginRule>"));
            for (String key : List.of("/in/500", "/in/403", "/in/404", "/in/down")) {
                standby.has(key, "standby " + key);
            }
            origin.has("/in/500", 500, Map.of(), new byte[0]);
            origin.has("/in/403", 403, Map.of(), new byte[0]);
            assertThat(bucket.text("in/500")).isEqualTo("standby /in/500");
            assertThat(bucket.text("in/403")).isEqualTo("standby /in/403");
            assertRefused(404, "NoSuchKey", () -> bucket.text("in/404"));
            origin.close();
            assertThat(bucket.text("in/down")).isEqualTo("standby /in/down");
        }
    }

    @Test
    void whatTheOriginRefusesIsAFailedDependency() {
        mirror();
        origin.has("/in/a", 403, Map.of("Content-Type", "text/html"), "no".getBytes(UTF_8));
        assertRefused(424, "FailedDependency", () -> bucket.text("in/a"));
        assertRefused(404, "NoSuchKey", () -> bucket.text("in/b"));
        origin.has("/in/damaged", 200, Map.of("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="), OwnOrigin.large());
        assertRefused(424, "FailedDependency", () -> bucket.text("in/damaged"));
        pull("Mirror", "<TransparentErrorCode>true</TransparentErrorCode>", "", "");
        RawResponse passed = bucket.exchange("GET", "/in/a");
        assertThat(passed.status()).isEqualTo(403);
        assertThat(passed.text()).isEqualTo("no");
        origin.close();
        assertRefused(424, "FailedDependency", () -> bucket.text("in/c"));
        assertThat(cos.listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }

    @Test
    void redirectionsAreFollowedOrPassedOn() {
        mirror();
        origin.has("/in/a", 302, Map.of("Location", "/elsewhere"), new byte[0]);
        origin.has("/elsewhere", "found");
        assertThat(bucket.text("in/a")).isEqualTo("found");
        pull("Mirror", "<FollowRedirection>false</FollowRedirection>", "", "");
        origin.has("/in/b", 302, Map.of("Location", "/elsewhere"), new byte[0]);
        RawResponse answer = bucket.exchange("GET", "/in/b");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).contains("/elsewhere");
    }

    @Test
    void clientsOfAProxyAreSentToTheOriginAndFindTheObjectLater() {
        pull("Proxy", "<HttpRedirectCode>307</HttpRedirectCode>", "", "");
        byte[] bytes = OwnOrigin.large();
        origin.has("/in/a", 200, Map.of(), bytes);
        origin.stall();
        RawResponse answer = bucket.exchange("GET", "/in/a?v=1");
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location")).contains("http://" + origin.host() + "/in/a?v=1");
        Eventually.holds(() -> assertThat(origin.asked()).hasSize(1));
        admin.server().kill();
        origin.goOn();
        admin.server().startAgain();
        Eventually.holds(() ->
                assertThat(cos.listObjects(bucket.name()).getObjectSummaries()).hasSize(1));
        assertThat(bucket.bytes("in/a")).isEqualTo(bytes);
        assertThat(origin.asked().getLast().target()).isEqualTo("/in/a?v=1");
        assertThat(admin.figures("origin").get("stored").asLong()).isEqualTo(1);
    }

    @Test
    void redirectsStoreNothing() {
        assertThat(set(document("Redirect", "4XX", "", "", "")).status()).isEqualTo(200);
        origin.has("/in/a", "text");
        RawResponse answer = bucket.exchange("GET", "/in/a");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).contains("http://" + origin.host() + "/in/a");
        bucket.put("in/b", "text");
        assertThat(bucket.exchange(bucket.request("GET", "/in/b").header("If-Match", "\"other\""))
                        .status())
                .isEqualTo(302);
        assertThat(bucket.text("in/b")).isEqualTo("text");
        assertThat(origin.asked()).isEmpty();
    }

    @Test
    void versionsThatAreNamedAreNotFetched() {
        bucket.enableVersioning();
        mirror();
        origin.has("/in/a", "from the origin");
        String first = bucket.put("in/a", "own").getVersionId();
        cos.deleteObject(bucket.name(), "in/a");
        cos.deleteVersion(bucket.name(), "in/a", first);
        assertRefused(404, "NoSuchVersion", () -> cos.getObject(new GetObjectRequest(bucket.name(), "in/a", first)));
        assertThat(origin.asked()).isEmpty();
        assertThat(bucket.text("in/a")).isEqualTo("from the origin");
        assertThat(bucket.versions()).hasSize(2);
    }

    @Test
    void aKillDuringAFetchLeavesNothingHalf() throws Exception {
        mirror();
        byte[] bytes = OwnOrigin.large();
        origin.has("/in/large", 200, Map.of(), bytes);
        origin.stall();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                bucket.bytes("in/large");
            } catch (RuntimeException e) {
                // the server dies
            }
        });
        Eventually.holds(() -> assertThat(origin.asked()).hasSize(1));
        admin.server().kill();
        reader.join();
        // What had come of the blob lies there, or does not yet: that is freed, and nothing else is found.
        CofferProcess.Ended verified = CofferProcess.verify(admin.server().dataDirectory(), "--repair");
        assertThat(verified.output()).doesNotContain("LOSS").doesNotContain("DAMAGE");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        admin.server().startAgain();
        assertThat(cos.listObjects(bucket.name()).getObjectSummaries()).isEmpty();
        origin.goOn();
        assertThat(bucket.bytes("in/large")).isEqualTo(bytes);
    }

    @Test
    void aBucketThatIsItsOwnOriginHasNothing() {
        cos.setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        assertThat(set(document(
                                        "Mirror",
                                        "404",
                                        "",
                                        "",
                                        "<FileInfo><PrefixConfiguration><Prefix>" + bucket.name()
                                                + "/</Prefix></PrefixConfiguration></FileInfo>")
                                .replace(origin.host(), admin.server().authority()))
                        .status())
                .isEqualTo(200);
        assertRefused(404, "NoSuchKey", () -> bucket.text("in/a"));
        assertThat(admin.figures("origin").get("missing").asLong()).isEqualTo(1);
    }

    @Test
    void privateAddressesAreRefusedUnlessTheyAreAllowed() {
        stop();
        start(AdminApi.startInDevelopment());
        mirror();
        origin.has("/in/a", "secret");
        assertRefused(424, "FailedDependency", () -> bucket.text("in/a"));
        assertThat(origin.asked()).isEmpty();
    }
}

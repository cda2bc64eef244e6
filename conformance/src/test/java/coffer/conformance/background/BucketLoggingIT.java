package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.background.DeliveredLogs.only;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.BucketLoggingConfiguration;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.SetBucketLoggingConfigurationRequest;
import com.qcloud.cos.model.UploadPartRequest;
import com.qcloud.cos.region.Region;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access logs by the official SDKs: what is set, what is delivered when, and what stands in it. */
@Shows({"GetBucketLogging", "PutBucketLogging"})
class BucketLoggingIT {
    private static final int MIB = 1024 * 1024;

    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;
    private TestBucket logs;
    private DeliveredLogs delivered;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "photos-" + Account.APPID);
        logs = TestBucket.create(admin.server(), cos, "logs-" + Account.APPID);
        delivered = new DeliveredLogs(admin, logs);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    private void log(String target, String prefix) {
        BucketLoggingConfiguration logging = new BucketLoggingConfiguration();
        logging.setDestinationBucketName(target);
        logging.setLogFilePrefix(prefix);
        cos.setBucketLoggingConfiguration(new SetBucketLoggingConfigurationRequest(bucket.name(), logging));
    }

    @Test
    void isSetReadAndTurnedOff() {
        BucketLoggingConfiguration none = cos.getBucketLoggingConfiguration(bucket.name());
        assertThat(none.isLoggingEnabled()).isFalse();
        log(logs.name(), "a b/");
        BucketLoggingConfiguration set = cos.getBucketLoggingConfiguration(bucket.name());
        assertThat(set.getDestinationBucketName()).isEqualTo(logs.name());
        assertThat(set.getLogFilePrefix()).isEqualTo("a b/");
        RawResponse answer = bucket.exchange("GET", "/?logging");
        assertThat(answer.text()).doesNotContain("LogFormat");
        assertThat(answer.elementNames()).containsExactly("LoggingEnabled");
        cos.setBucketLoggingConfiguration(
                new SetBucketLoggingConfigurationRequest(bucket.name(), new BucketLoggingConfiguration()));
        assertThat(cos.getBucketLoggingConfiguration(bucket.name()).isLoggingEnabled())
                .isFalse();
        admin.advance("PT5M");
        int before = delivered.keys("").size();
        bucket.put("k", "text");
        admin.advance("PT10M");
        assertThat(delivered.keys("")).hasSize(before);
    }

    @Test
    void wrongTargetsAreRefusedAndTheOneBeforeStays() {
        log(logs.name(), "p/");
        assertRefused(400, "InvalidTargetBucketForLogging", () -> log("missing-" + Account.APPID, "p/"));
        assertRefused(400, "LoggingPrefixInvalid", () -> log(logs.name(), "x".repeat(513)));
        RawResponse answer = bucket.exchange(bucket.request("PUT", "/?logging")
                .body("<BucketLoggingStatus><LoggingEnabled><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>"));
        assertThat(answer.status() + answer.errorCode()).isEqualTo("400MalformedXML");
        answer = bucket.exchange(bucket.request("PUT", "/?logging").body("<Logging/>"));
        assertThat(answer.status() + answer.errorCode()).isEqualTo("400MalformedXML");
        assertThat(cos.getBucketLoggingConfiguration(bucket.name()).getLogFilePrefix())
                .isEqualTo("p/");
    }

    @Test
    void theBucketOfAnotherAccountIsNoTarget() {
        String appId = admin.account("Others");
        COSClient others = admin.cos(admin.rootKey(appId));
        others.createBucket("logs-" + appId);
        assertRefused(400, "InvalidTargetBucketForLogging", () -> log("logs-" + appId, ""));
    }

    @Test
    void everyKindOfRequestIsOneLine() throws Exception {
        log(logs.name(), "");
        bucket.put("a b/旅.txt", "text");
        bucket.text("a b/旅.txt");
        cos.getObjectMetadata(bucket.name(), "a b/旅.txt");
        cos.getObject(new GetObjectRequest(bucket.name(), "a b/旅.txt").withRange(1, 2))
                .close();
        assertRefused(404, "NoSuchKey", () -> bucket.text("missing"));
        cos.listObjects(bucket.name());
        cos.copyObject(
                new CopyObjectRequest(new Region(Account.REGION), bucket.name(), "a b/旅.txt", bucket.name(), "copy"));
        cos.deleteObject(bucket.name(), "copy");
        upload();
        RawConnection.exchange(
                admin.server(),
                RawRequest.to("GET", bucket.host(), "/a%20b/%E6%97%85.txt")
                        .header("User-Agent", "curl \"8\" (x)")
                        .header("Referer", "https://example.com/?q-signature=SECRET"));
        List<LogLine> lines = delivered.parsed(12);

        LogLine put = only(lines, "PutObject");
        assertThat(put.field(1)).isEqualTo("1.0");
        assertThat(put.field(2)).isEqualTo(bucket.name());
        assertThat(put.field(3)).isEqualTo(Account.REGION);
        assertThat(Instant.parse(put.field(4)))
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plus(Duration.ofHours(3)));
        assertThat(put.field(5)).isEqualTo(bucket.host());
        assertThat(put.field(7)).isEqualTo("127.0.0.1");
        assertThat(put.field(8)).isEqualTo(Account.SECRET_ID);
        assertThat(put.field(9)).isEqualTo("-");
        assertThat(put.number(10)).isEqualTo(4);
        assertThat(put.number(11)).isEqualTo(4);
        assertThat(put.field(12)).isEqualTo("/a%20b/%E6%97%85.txt");
        assertThat(put.field(13)).isEqualTo("put");
        assertThat(put.field(14)).startsWith("cos-java-sdk-v5");
        assertThat(put.number(15)).isEqualTo(200);
        assertThat(put.field(16)).isEqualTo("-");
        assertThat(put.field(17)).isEqualTo("-");
        assertThat(put.number(18)).isEqualTo(0);
        assertThat(put.number(19)).isBetween(put.number(23), 60_000L);
        assertThat(put.field(20)).isEqualTo("USER");
        assertThat(put.field(21)).isEqualTo("STANDARD");
        String owner = put.field(22);
        assertThat(cos.getBucketAcl(bucket.name()).getOwner().getId()).contains(owner);
        assertThat(put.field(24)).isEqualTo(owner + ":" + owner);
        assertThat(put.field(25)).hasSize(32);
        assertThat(put.number(26)).isEqualTo(4);
        assertThat(put.field(27)).isEqualTo("-");
        assertThat(put.field(30)).isEqualTo("PUT /a%20b/%E6%97%85.txt HTTP/1.1");
        assertThat(put.field(31)).isEqualTo("0");

        LogLine get = only(
                lines,
                line -> line.operation().equals("GetObject")
                        && line.field(14).startsWith("cos-java")
                        && line.field(15).equals("200"));
        assertThat(get.number(18)).isEqualTo(4);
        assertThat(get.number(26)).isEqualTo(4);
        assertThat(get.number(11)).isEqualTo(0);
        LogLine range = only(lines, line -> line.field(15).equals("206"));
        assertThat(range.number(18)).isEqualTo(2);
        assertThat(range.number(26)).isEqualTo(4);
        LogLine head = only(lines, line -> line.operation().equals("HeadObject"));
        assertThat(head.number(18)).isEqualTo(0);
        assertThat(head.number(26)).isEqualTo(4);
        LogLine missing = only(lines, line -> line.field(15).equals("404"));
        assertThat(missing.field(16)).isEqualTo("NoSuchKey");
        assertThat(missing.field(17)).contains(" ");
        assertThat(missing.number(18)).isGreaterThan(100);
        assertThat(missing.field(26)).isEqualTo("-");
        LogLine copy = only(lines, "CopyObject");
        assertThat(copy.field(28)).isEqualTo("STANDARD");
        assertThat(copy.number(11)).isEqualTo(4);
        assertThat(only(lines, "DeleteObject").number(11)).isEqualTo(-4);
        assertThat(only(lines, "ListObjects").field(12)).isEqualTo("/");
        assertThat(only(lines, "InitiateMultipartUpload").field(30)).contains("?uploads");
        LogLine part = only(lines, "UploadPart");
        assertThat(part.number(10)).isEqualTo(MIB);
        assertThat(part.field(26)).isEqualTo("-");
        assertThat(only(lines, "CompleteMultipartUpload").number(26)).isEqualTo(MIB);
        LogLine anonymous = only(lines, line -> line.field(15).equals("403"));
        assertThat(anonymous.field(8)).isEqualTo("-");
        assertThat(anonymous.field(24)).isEqualTo("-");
        assertThat(anonymous.field(14)).isEqualTo("curl %228%22 (x)");
        assertThat(anonymous.field(29)).isEqualTo("https://example.com/?q-signature=***");
        assertThat(anonymous.field(16)).isEqualTo("AccessDenied");
    }

    private void upload() {
        String id = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "film"))
                .getUploadId();
        PartETag part = cos.uploadPart(new UploadPartRequest()
                        .withBucketName(bucket.name())
                        .withKey("film")
                        .withUploadId(id)
                        .withPartNumber(1)
                        .withPartSize(MIB)
                        .withInputStream(new ByteArrayInputStream(new byte[MIB])))
                .getPartETag();
        cos.completeMultipartUpload(
                new CompleteMultipartUploadRequest(bucket.name(), "film", id, new ArrayList<>(List.of(part))));
    }

    @Test
    void noSignatureIsInALogAndLogsAreNotLogged() throws Exception {
        log(bucket.name(), "logs/");
        bucket.put("k", "text");
        URI url = cos.generatePresignedUrl(
                        bucket.name(), "k", Date.from(Instant.now().plusSeconds(36_000)), HttpMethodName.GET)
                .toURI();
        String target = url.getRawPath() + "?" + url.getRawQuery();
        RawConnection.exchange(admin.server(), RawRequest.to("GET", bucket.host(), target));
        RawConnection.exchange(
                admin.server(),
                RawRequest.to("GET", bucket.host(), target.replaceAll("q-signature=.", "q-signature=!")));
        admin.advance("PT5M");
        admin.advance("PT5M");
        List<String> keys = cos.listObjects(bucket.name(), "logs/").getObjectSummaries().stream()
                .map(COSObjectSummary::getKey)
                .toList();
        assertThat(keys).hasSize(1).first().asString().matches("logs/\\d{4}/\\d\\d/\\d\\d/\\d{14}_[0-9a-f]{16}_0");
        String text = bucket.text(keys.getFirst());
        assertThat(text.lines()).hasSize(3);
        assertThat(text).contains("q-signature=***", "SignatureDoesNotMatch", "q-ak=" + Account.SECRET_ID);
        assertThat(text).doesNotContain(target.replaceAll(".*q-signature=([0-9a-f]+).*", "$1"));
    }

    @Test
    void formsPreflightsAndStrangersAreLogged() {
        cos.setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        bucket.put("k", "text");
        log(logs.name(), "");
        RawConnection.exchange(
                admin.server(),
                RawRequest.to("OPTIONS", bucket.host(), "/k")
                        .header("Origin", "https://example.com")
                        .header("Access-Control-Request-Method", "GET"));
        RawConnection.exchange(admin.server(), RawRequest.to("GET", bucket.host(), "/k"));
        bucket.exchange("DELETE", "/k?acl");
        List<LogLine> lines = delivered.parsed(3);
        assertThat(only(lines, "OptionsObject").field(15)).isEqualTo("403");
        assertThat(only(lines, "GetObject").field(24)).isEqualTo("-");
        LogLine unknown = only(lines, "-");
        assertThat(unknown.field(15)).isEqualTo("405");
        assertThat(unknown.field(16)).isEqualTo("MethodNotAllowed");
    }

    @Test
    void aBucketIsDeletedAndItsLogIsDelivered() {
        log(logs.name(), "");
        cos.deleteBucket(bucket.name());
        LogLine line = only(delivered.parsed(1), "DeleteBucket");
        assertThat(line.field(15)).isEqualTo("204");
    }

    @Test
    void versionsAreNamed() {
        bucket.enableVersioning();
        log(logs.name(), "");
        String version = bucket.put("k", "text").getVersionId();
        bucket.text("k");
        List<LogLine> lines = delivered.parsed(2);
        assertThat(only(lines, "PutObject").field(27)).isEqualTo(version);
        assertThat(only(lines, "GetObject").field(27)).isEqualTo(version);
    }

    /** Up to a second may be lost; what was waiting longer is delivered by the next server, once. */
    @Test
    void aServerThatIsKilledLeavesItsLogsToTheNext() throws Exception {
        log(logs.name(), "");
        for (int i = 0; i < 10; i++) {
            bucket.put("k" + i, "text");
        }
        Thread.sleep(2000);
        admin.server().kill();
        admin.server().startAgain();
        bucket.put("after", "text");
        assertThat(delivered.parsed(11)).extracting(line -> line.field(12)).doesNotHaveDuplicates();
        admin.server().kill();
        admin.server().startAgain();
        admin.advance("PT5M");
        assertThat(delivered.lines("", 11)).hasSize(11);
    }

    @Test
    void aServerThatIsStoppedLosesNothing() {
        log(logs.name(), "");
        bucket.put("k", "text");
        admin.server().askToStop();
        assertThat(admin.server().exitCode()).isZero();
        admin.server().startAgain();
        assertThat(delivered.parsed(1)).extracting(LogLine::operation).containsExactly("PutObject");
    }

    @Test
    void withoutItsTargetARequestIsAnsweredAllTheSame() {
        log(logs.name(), "");
        cos.deleteBucket(logs.name());
        bucket.put("k", "text");
        admin.advance("PT5M");
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(admin.figures("access-logs").get("dropped").asInt()).isEqualTo(1);
    }
}

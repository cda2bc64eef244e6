package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.BucketLifecycleConfiguration;
import com.qcloud.cos.model.BucketLifecycleConfiguration.NoncurrentVersionTransition;
import com.qcloud.cos.model.BucketLifecycleConfiguration.Rule;
import com.qcloud.cos.model.BucketLifecycleConfiguration.Transition;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListMultipartUploadsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.StorageClass;
import com.qcloud.cos.model.Tag.LifecycleTagPredicate;
import com.qcloud.cos.model.Tag.Tag;
import com.qcloud.cos.model.lifecycle.LifecycleAndOperator;
import com.qcloud.cos.model.lifecycle.LifecycleFilter;
import com.qcloud.cos.model.lifecycle.LifecyclePrefixPredicate;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** A month of lifecycle rules in a second, by the official SDKs. */
@Shows({"GetBucketLifecycle", "PutBucketLifecycle", "DeleteBucketLifecycle"})
class LifecycleIT {
    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "aging-" + Account.APPID);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    private static Rule rule(String id, String prefix) {
        Rule rule = new Rule();
        rule.setId(id);
        rule.setFilter(new LifecycleFilter(new LifecyclePrefixPredicate(prefix)));
        rule.setStatus(BucketLifecycleConfiguration.ENABLED);
        return rule;
    }

    private void set(Rule... rules) {
        cos.setBucketLifecycleConfiguration(bucket.name(), new BucketLifecycleConfiguration(List.of(rules)));
    }

    private List<String> keys() {
        return cos.listObjects(bucket.name()).getObjectSummaries().stream()
                .map(object -> object.getKey())
                .toList();
    }

    private List<COSVersionSummary> versions() {
        return cos.listVersions(bucket.name(), "").getVersionSummaries();
    }

    @Test
    void rulesAreKeptAsTheyWereSet() {
        assertThat(cos.getBucketLifecycleConfiguration(bucket.name())).isNull();
        Rule rule = rule("thumbs", "");
        rule.setFilter(new LifecycleFilter(new LifecycleAndOperator(
                List.of(new LifecyclePrefixPredicate("thumbs/"), new LifecycleTagPredicate(new Tag("tier", "cold"))))));
        Transition colder = new Transition();
        colder.setDays(45);
        colder.setStorageClass(StorageClass.Standard_IA.toString());
        rule.setTransitions(List.of(colder));
        rule.setExpirationInDays(400);
        rule.setNoncurrentVersionExpirationInDays(30);
        NoncurrentVersionTransition later = new NoncurrentVersionTransition();
        later.setDays(10);
        later.setStorageClass(StorageClass.Standard_IA.toString());
        rule.setNoncurrentVersionTransitions(List.of(later));
        set(rule);
        Rule read =
                cos.getBucketLifecycleConfiguration(bucket.name()).getRules().getFirst();
        assertThat(read.getId()).isEqualTo("thumbs");
        assertThat(read.getExpirationInDays()).isEqualTo(400);
        assertThat(read.getTransitions().getFirst().getDays()).isEqualTo(45);
        assertThat(read.getNoncurrentVersionExpirationInDays()).isEqualTo(30);
        assertThat(read.getNoncurrentVersionTransitions().getFirst().getDays()).isEqualTo(10);
        assertThat(read.getFilter().getPredicate()).isInstanceOf(LifecycleAndOperator.class);
        cos.deleteBucketLifecycleConfiguration(bucket.name());
        assertThat(cos.getBucketLifecycleConfiguration(bucket.name())).isNull();
        assertRefused(404, "NoSuchLifecycleConfiguration", () -> cos.deleteBucketLifecycleConfiguration(bucket.name()));
    }

    @Test
    void wrongRulesAreRefusedAndThoseBeforeStay() {
        Rule good = rule("good", "a");
        good.setExpirationInDays(1);
        set(good);
        assertRefused(400, "InvalidArgument", () -> set(good, good));
        RawResponse answer = bucket.exchange(
                bucket.request("PUT", "/?lifecycle")
                        .body(
                                "<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status></Rule></LifecycleConfiguration>"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.element("Code")).isEqualTo("MalformedXML");
        assertThat(cos.getBucketLifecycleConfiguration(bucket.name()).getRules())
                .hasSize(1);
    }

    @Test
    void objectsGoWhenTheirDaysAreOver() {
        Rule rule = rule("logs", "logs/");
        rule.setExpirationInDays(30);
        set(rule);
        bucket.put("logs/1", "text");
        bucket.put("kept", "text");
        ObjectMetadata described = cos.getObjectMetadata(bucket.name(), "logs/1");
        assertThat(described.getExpirationTimeRuleId()).isEqualTo("logs");
        assertThat(described.getExpirationTime())
                .isAfter(Date.from(Instant.now().plus(Duration.ofDays(29))));
        assertThat(cos.getObjectMetadata(bucket.name(), "kept").getExpirationTime())
                .isNull();
        admin.advance("P29D");
        assertThat(keys()).containsExactly("kept", "logs/1");
        bucket.put("logs/2", "text");
        admin.advance("P2D");
        assertThat(keys()).containsExactly("kept", "logs/2");
        assertThat(admin.figures("lifecycle").get("expired").asInt()).isEqualTo(1);
    }

    @Test
    void largeObjectsGetColderAndAreNotModified() {
        Rule rule = rule("ia", "");
        Transition colder = new Transition();
        colder.setDays(1);
        colder.setStorageClass(StorageClass.Standard_IA.toString());
        rule.setTransitions(List.of(colder));
        set(rule);
        bucket.put("large", new byte[70_000]);
        bucket.put("small", "text");
        Date modified = cos.getObjectMetadata(bucket.name(), "large").getLastModified();
        admin.advance("P3D");
        ObjectMetadata moved = cos.getObjectMetadata(bucket.name(), "large");
        assertThat(moved.getStorageClass()).isEqualTo("STANDARD_IA");
        assertThat(moved.getLastModified()).isEqualTo(modified);
        assertThat(cos.getObjectMetadata(bucket.name(), "small").getStorageClass())
                .isNull();
        assertThat(bucket.bytes("large")).isEqualTo(new byte[70_000]);
    }

    @Test
    void versionsThatAreNotCurrentGoAndThenTheMarker() {
        bucket.enableVersioning();
        bucket.put("k", "first");
        admin.advance("P10D");
        bucket.put("k", "second");
        Rule rule = rule("old", "");
        rule.setNoncurrentVersionExpirationInDays(5);
        set(rule);
        admin.advance("P3D");
        assertThat(versions()).hasSize(2); // the first is thirteen days old, but not current for three
        admin.advance("P4D");
        assertThat(versions()).hasSize(1);
        assertThat(bucket.text("k")).isEqualTo("second");
        cos.deleteObject(bucket.name(), "k");
        assertThat(versions()).hasSize(2);
        admin.advance("P7D");
        assertThat(versions()).isEmpty();
    }

    @Test
    void currentVersionsOfVersionedBucketsLeaveAMarker() {
        bucket.enableVersioning();
        bucket.put("k", "text");
        Rule rule = rule("all", "");
        rule.setExpirationInDays(1);
        set(rule);
        admin.advance("P3D");
        assertThat(keys()).isEmpty();
        assertThat(versions()).extracting(COSVersionSummary::isDeleteMarker).containsExactly(true, false);
        Rule expired = rule("markers", "");
        expired.setExpiredObjectDeleteMarker(true);
        set(expired);
        String first = versions().getLast().getVersionId();
        admin.advance("P1D");
        assertThat(versions()).hasSize(2);
        cos.deleteVersion(bucket.name(), "k", first);
        admin.advance("P1D");
        assertThat(versions()).isEmpty();
    }

    @Test
    void uploadsThatWereForgottenAreAborted() {
        cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "film"));
        Rule rule = rule("parts", "");
        rule.setAbortIncompleteMultipartUpload(
                new com.qcloud.cos.model.AbortIncompleteMultipartUpload().withDaysAfterInitiation(3));
        set(rule);
        admin.advance("P2D");
        assertThat(cos.listMultipartUploads(new ListMultipartUploadsRequest(bucket.name()))
                        .getMultipartUploads())
                .hasSize(1);
        admin.advance("P2D");
        assertThat(cos.listMultipartUploads(new ListMultipartUploadsRequest(bucket.name()))
                        .getMultipartUploads())
                .isEmpty();
    }

    @Test
    void aPausedWorkerDoesNothingUntilItGoesOnAlsoAfterAKill() {
        Rule rule = rule("all", "");
        rule.setExpirationInDays(1);
        set(rule);
        bucket.put("k", "text");
        admin.call("PATCH", "/workers/lifecycle", "{\"paused\":true}");
        admin.advance("P3D");
        assertThat(keys()).containsExactly("k");
        admin.server().kill();
        admin.server().startAgain();
        assertThat(admin.call("GET", "/clock").get("aheadSeconds").asLong())
                .isEqualTo(Duration.ofDays(3).toSeconds());
        assertThat(keys()).containsExactly("k");
        admin.call("PATCH", "/workers/lifecycle", "{\"paused\":false}");
        assertThat(admin.call("GET", "/clock").get("settled").asBoolean()).isFalse();
        admin.advance("PT1S");
        assertThat(keys()).isEmpty();
    }

    @Test
    void aPassThatIsKilledGoesOn() throws InterruptedException {
        int many = 3000; // two seconds of deleting
        for (int i = 0; i < many; i++) {
            bucket.put("logs/%04d".formatted(i), "text");
        }
        bucket.put("kept", "text");
        Rule rule = rule("logs", "logs/");
        rule.setExpirationInDays(1);
        set(rule);
        Thread advancing = Thread.ofVirtual().start(() -> {
            try {
                admin.advance("P3D");
            } catch (UncheckedIOException e) {
                // the server is killed before it answers
            }
        });
        long expired = 0;
        while (expired == 0) {
            Thread.sleep(20);
            expired = admin.figures("lifecycle").get("expired").asLong();
        }
        admin.server().kill();
        advancing.join();
        assertThat(expired).isLessThan(many);
        admin.server().startAgain();
        admin.advance("PT1S");
        assertThat(keys()).containsExactly("kept");
        assertThat(bucket.text("kept")).isEqualTo("text");
    }

    @Test
    void aUrlThatIsSignedForAnHourHoldsForAnHour() throws Exception {
        bucket.put("k", "text");
        URI url = cos.generatePresignedUrl(
                        bucket.name(), "k", Date.from(Instant.now().plusSeconds(3600)), HttpMethodName.GET)
                .toURI();
        RawRequest request = RawRequest.to("GET", bucket.host(), url.getRawPath() + "?" + url.getRawQuery());
        assertThat(RawConnection.exchange(admin.server(), request).status()).isEqualTo(200);
        Thread.sleep(1100); // else it is signed in the second in which the clock is moved
        admin.advance("PT2H");
        assertThat(RawConnection.exchange(admin.server(), request).status()).isEqualTo(403);
    }

    @Test
    void s3ClientsSetTheSameRulesInTheirWords() {
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            String name = S3Sdk.name(bucket);
            LifecycleRule rule = LifecycleRule.builder()
                    .id("glacier")
                    .filter(filter -> filter.prefix("logs/"))
                    .status("Enabled")
                    .transitions(software.amazon.awssdk.services.s3.model.Transition.builder()
                            .days(1)
                            .storageClass(TransitionStorageClass.GLACIER)
                            .build())
                    .expiration(end -> end.days(2))
                    .build();
            s3.putBucketLifecycleConfiguration(
                    request -> request.bucket(name).lifecycleConfiguration(configuration -> configuration.rules(rule)));
            assertThat(cos.getBucketLifecycleConfiguration(bucket.name())
                            .getRules()
                            .getFirst()
                            .getTransitions()
                            .getFirst()
                            .getStorageClass())
                    .isEqualTo("ARCHIVE");
            var read = s3.getBucketLifecycleConfiguration(request -> request.bucket(name))
                    .rules()
                    .getFirst();
            assertThat(read.transitions().getFirst().storageClass()).isEqualTo(TransitionStorageClass.GLACIER);
            bucket.put("logs/1", "text");
            assertThat(s3.headObject(request -> request.bucket(name).key("logs/1"))
                            .expiration())
                    .contains("glacier");
            admin.advance("P4D");
            assertThat(keys()).isEmpty();
            s3.deleteBucketLifecycle(request -> request.bucket(name));
            s3.deleteBucketLifecycle(request -> request.bucket(name));
        }
    }
}

package coffer.conformance.background;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.RestoreObjectRequest;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/** Webhooks hear of what happens in buckets, in the words of S3 or of COS. */
@Shows({"GetBucketNotification", "PutBucketNotification"})
class NotificationsIT {
    private static final String ACCOUNT = "/accounts/" + Account.APPID;

    private AdminApi admin;
    private COSClient cos;
    private S3Client s3;
    private TestBucket bucket;
    private Receiver receiver;

    @BeforeEach
    void start() {
        admin = AdminApi.startReachingOut();
        cos = JavaSdk.client(admin.server());
        s3 = S3Sdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "noisy-" + Account.APPID);
        receiver = new Receiver();
        JsonNode made =
                admin.call("POST", ACCOUNT + "/webhooks", "{\"name\":\"ears\",\"url\":\"" + receiver.url() + "\"}");
        receiver.share(made.get("secret").asText());
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        s3.close();
        receiver.close();
        admin.close();
    }

    private static QueueConfiguration queue(String id, String prefix, Event... events) {
        return QueueConfiguration.builder()
                .id(id)
                .queueArn("arn:coffer:sqs:::ears")
                .events(events)
                .filter(filter -> filter.key(key -> key.filterRules(FilterRule.builder()
                        .name(FilterRuleName.PREFIX)
                        .value(prefix)
                        .build())))
                .build();
    }

    private void set(QueueConfiguration... queues) {
        s3.putBucketNotificationConfiguration(request ->
                request.bucket(S3Sdk.name(bucket)).notificationConfiguration(set -> set.queueConfigurations(queues)));
    }

    private RawResponse setInWordsOfCos(String... events) {
        return bucket.exchange(bucket.request("PUT", "/?notification").body(document("ears", events)));
    }

    private static String document(String target, String... events) {
        return "<NotificationConfiguration><QueueConfiguration><Id>all</Id><Queue>" + target + "</Queue><Event>"
                + String.join("</Event><Event>", events)
                + "</Event></QueueConfiguration></NotificationConfiguration>";
    }

    private List<String> told() {
        return receiver.records().stream()
                .map(told -> told.get("eventName").asText() + " "
                        + told.get("s3").get("object").get("key").asText())
                .toList();
    }

    private List<String> toldInWordsOfCos() {
        return receiver.records().stream()
                .map(told -> told.get("event").get("eventName").asText() + " "
                        + told.get("cos").get("cosObject").get("key").asText())
                .toList();
    }

    @Test
    void whatIsSetIsAnsweredAndCanBeTakenBack() {
        assertThat(s3.getBucketNotificationConfiguration(request -> request.bucket(S3Sdk.name(bucket)))
                        .hasQueueConfigurations())
                .isFalse();
        set(queue("new", "in/", Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED_DELETE));
        QueueConfiguration read = s3.getBucketNotificationConfiguration(request -> request.bucket(S3Sdk.name(bucket)))
                .queueConfigurations()
                .getFirst();
        assertThat(read).isEqualTo(queue("new", "in/", Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED_DELETE));
        s3.putBucketNotificationConfiguration(request -> request.bucket(S3Sdk.name(bucket))
                .notificationConfiguration(NotificationConfiguration.builder().build()));
        assertThat(s3.getBucketNotificationConfiguration(request -> request.bucket(S3Sdk.name(bucket)))
                        .hasQueueConfigurations())
                .isFalse();
        bucket.put("in/unheard", "text");
        admin.advance("PT1S");
        assertThat(receiver.records()).isEmpty();
    }

    @Test
    void aWebhookHearsOfWhatClientsOfBothKindsDo() {
        set(queue("new", "in/", Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED, Event.S3_OBJECT_TAGGING));
        bucket.put("in/by cos+ü", "text");
        bucket.put("elsewhere", "text");
        s3.putObject(
                request -> request.bucket(S3Sdk.name(bucket)).key("in/by-s3"), RequestBody.fromString("longer text"));
        cos.copyObject(bucket.name(), "in/by-s3", bucket.name(), "in/copy");
        s3.putObjectTagging(request -> request.bucket(S3Sdk.name(bucket))
                .key("in/copy")
                .tagging(tags -> tags.tagSet(Tag.builder().key("k").value("v").build())));
        cos.deleteObject(bucket.name(), "in/copy");
        s3.deleteObjects(request -> request.bucket(S3Sdk.name(bucket))
                .delete(keys ->
                        keys.objects(ObjectIdentifier.builder().key("in/by-s3").build())));
        Eventually.holds(() -> assertThat(told())
                .containsExactlyInAnyOrder(
                        "ObjectCreated:Put in/by+cos%2B%C3%BC",
                        "ObjectCreated:Put in/by-s3",
                        "ObjectCreated:Copy in/copy",
                        "ObjectTagging:Put in/copy",
                        "ObjectRemoved:Delete in/copy",
                        "ObjectRemoved:Delete in/by-s3"));
        assertThat(receiver.forged()).isEmpty();
        JsonNode one = receiver.records().stream()
                .filter(told -> told.get("s3").get("object").get("key").asText().equals("in/by-s3"))
                .findFirst()
                .orElseThrow();
        assertThat(one.get("s3").get("bucket").get("name").asText()).isEqualTo(bucket.name());
        assertThat(one.get("s3").get("object").get("size").asLong()).isEqualTo(11);
        assertThat(one.get("s3").get("configurationId").asText()).isEqualTo("new");
        assertThat(one.get("requestParameters").get("sourceIPAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(one.get("responseElements").get("x-amz-request-id").asText()).isNotEmpty();
        assertThat(one.get("userIdentity").get("principalId").asText()).contains("uin/");
    }

    @Test
    void eventsAreToldInTheWordsOfCosIfTheyWereAskedForSo() {
        cos.setBucketVersioningConfiguration(new SetBucketVersioningConfigurationRequest(
                bucket.name(), new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
        assertThat(setInWordsOfCos("cos:ObjectCreated:*", "cos:ObjectRemove:*", "cos:ObjectRestore:*")
                        .status())
                .isEqualTo(200);
        assertThat(bucket.exchange("GET", "/?notification").text()).contains("<Event>cos:ObjectCreated:*</Event>");
        ObjectMetadata cold = new ObjectMetadata();
        cold.setHeader("x-cos-storage-class", "ARCHIVE");
        cold.setContentLength(4);
        cos.putObject(bucket.name(), "a/b c", new ByteArrayInputStream("cold".getBytes(StandardCharsets.UTF_8)), cold);
        cos.restoreObject(new RestoreObjectRequest(bucket.name(), "a/b c", 1));
        cos.deleteObject(bucket.name(), "a/b c");
        String path = "/" + Account.APPID + "/noisy/a/b c";
        Eventually.holds(() -> assertThat(toldInWordsOfCos())
                .containsExactly(
                        "cos:ObjectCreated:Put " + path,
                        "cos:ObjectRestore:Post " + path,
                        "cos:ObjectRestore:Completed " + path,
                        "cos:ObjectRemove:DeleteMarkerCreated " + path));
        JsonNode object = receiver.records().getFirst().get("cos").get("cosObject");
        assertThat(object.get("size").asLong()).isEqualTo(4);
        assertThat(object.get("vid").asText()).isNotEmpty();
        assertThat(object.get("url").asText()).endsWith("/a/b%20c");
    }

    @Test
    void lifecycleRulesAreHeardOfToo() {
        set(queue("gone", "", Event.S3_LIFECYCLE_EXPIRATION));
        bucket.exchange(bucket.request("PUT", "/?lifecycle")
                .body("<LifecycleConfiguration><Rule><ID>short</ID><Filter/><Status>Enabled</Status>"
                        + "<Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>"));
        bucket.put("old", "text");
        admin.advance("P3D");
        Eventually.holds(() -> assertThat(told()).containsExactly("LifecycleExpiration:Delete old"));
    }

    @Test
    void whatAWebhookDoesNotTakeIsToldLaterAndNothingIsLostByAKill() {
        set(queue("all", "", Event.S3_OBJECT_CREATED));
        receiver.answer(503);
        for (int i = 0; i < 50; i++) {
            bucket.put("k" + i % 5, "text " + i);
        }
        Eventually.holds(() ->
                assertThat(admin.figures("notifications").get("failed").asInt()).isPositive());
        admin.server().kill();
        admin.server().startAgain();
        bucket.put("after", "text");
        receiver.answer(200);
        admin.advance("PT1H");
        Eventually.holds(() -> assertThat(told()).hasSize(51));
        assertThat(receiver.forged()).isEmpty();
        for (int key = 0; key < 5; key++) {
            String name = "k" + key;
            List<String> order = receiver.records().stream()
                    .filter(told ->
                            told.get("s3").get("object").get("key").asText().equals(name))
                    .map(told -> told.get("s3").get("object").get("sequencer").asText())
                    .toList();
            assertThat(order).hasSize(10).isSorted();
        }
    }

    @Test
    void whatCannotBeToldForDaysIsGivenUp() {
        set(queue("all", "", Event.S3_OBJECT_CREATED));
        receiver.answer(500);
        IntStream.range(0, 3).forEach(i -> bucket.put("k" + i, "text"));
        Eventually.holds(() ->
                assertThat(admin.figures("notifications").get("failed").asInt()).isPositive());
        admin.advance("P4D");
        Eventually.holds(
                () -> assertThat(admin.figures("notifications").get("dropped").asInt())
                        .isEqualTo(3));
        receiver.answer(200);
        bucket.put("new", "text");
        Eventually.holds(() -> assertThat(told()).containsExactly("ObjectCreated:Put new"));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, s3:ObjectCreated:*, 400, InvalidArgument",
        "ears, s3:ObjectBorn:*, 400, InvalidArgument",
        "ears, s3:Replication:*, 501, NotImplemented",
        "ears, '', 400, InvalidArgument"
    })
    void wrongConfigurationsAreRefused(String target, String event, int status, String code) {
        setInWordsOfCos("cos:ObjectCreated:Put");
        RawResponse answer =
                bucket.exchange(bucket.request("PUT", "/?notification").body(document(target, event)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.element("Code")).isEqualTo(code);
        assertThat(bucket.exchange("GET", "/?notification").text()).contains("cos:ObjectCreated:Put");
    }

    @Test
    void oneEventIsNotToldTwice() {
        assertRefused(
                400,
                "InvalidArgument",
                () -> set(queue("one", "a", Event.S3_OBJECT_CREATED), queue("two", "ab", Event.S3_OBJECT_CREATED_PUT)));
        RawResponse answer = bucket.exchange(bucket.request("PUT", "/?notification")
                .body("<NotificationConfiguration>"
                        + "<QueueConfiguration><Queue>ears</Queue><Event>cos:ObjectCreated:*</Event></QueueConfiguration>"
                        + "<TopicConfiguration><Topic>ears</Topic><Event>cos:ObjectCreated:Put</Event></TopicConfiguration>"
                        + "</NotificationConfiguration>"));
        assertThat(answer.element("Code")).isEqualTo("NotifyRuleEventConflict");
    }
}

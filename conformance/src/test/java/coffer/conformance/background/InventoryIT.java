package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.ListBucketInventoryConfigurationsRequest;
import com.qcloud.cos.model.ListBucketInventoryConfigurationsResult;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.SetBucketInventoryConfigurationRequest;
import com.qcloud.cos.model.Tag.Tag;
import com.qcloud.cos.model.inventory.InventoryAndPredicate;
import com.qcloud.cos.model.inventory.InventoryConfiguration;
import com.qcloud.cos.model.inventory.InventoryCosBucketDestination;
import com.qcloud.cos.model.inventory.InventoryDestination;
import com.qcloud.cos.model.inventory.InventoryFilter;
import com.qcloud.cos.model.inventory.InventoryFormat;
import com.qcloud.cos.model.inventory.InventoryFrequency;
import com.qcloud.cos.model.inventory.InventoryIncludedObjectVersions;
import com.qcloud.cos.model.inventory.InventoryOptionalField;
import com.qcloud.cos.model.inventory.InventoryPrefixPredicate;
import com.qcloud.cos.model.inventory.InventorySchedule;
import com.qcloud.cos.model.inventory.ServerSideEncryptionCOS;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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

/** Lists of what is in a bucket, made on a clock that is moved, read as a client reads them. */
@Shows({
    "GetBucketInventory",
    "ListBucketInventory",
    "PutBucketInventory",
    "PostBucketInventory",
    "DeleteBucketInventory"
})
class InventoryIT {
    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;
    private TestBucket reports;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "photos-" + Account.APPID);
        reports = TestBucket.create(admin.server(), cos, "reports-" + Account.APPID);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    private static InventoryConfiguration once(String id) {
        InventoryCosBucketDestination target = new InventoryCosBucketDestination();
        target.setBucketArn("qcs::cos:" + Account.REGION + "::reports-" + Account.APPID);
        target.setFormat(InventoryFormat.CSV);
        target.setPrefix("inv");
        InventoryConfiguration configuration = new InventoryConfiguration();
        configuration.setId(id);
        configuration.setDestination(new InventoryDestination().withCosBucketDestination(target));
        configuration.setIncludedObjectVersions(InventoryIncludedObjectVersions.Current);
        for (InventoryOptionalField field : InventoryOptionalField.values()) {
            configuration.addOptionalField(field);
        }
        return configuration;
    }

    private static InventoryConfiguration daily(String id) {
        InventoryConfiguration configuration = once(id);
        configuration.setEnabled(true);
        configuration.setSchedule(new InventorySchedule().withFrequency(InventoryFrequency.Daily));
        return configuration;
    }

    private void set(InventoryConfiguration configuration) {
        cos.setBucketInventoryConfiguration(bucket.name(), configuration);
    }

    private String ask(InventoryConfiguration configuration) {
        String jobId = cos.postBucketInventoryConfiguration(
                        new SetBucketInventoryConfigurationRequest(bucket.name(), configuration))
                .getJobId();
        admin.advance("PT0.001S");
        return jobId;
    }

    /** The folder of the manifest of a report that was made today. */
    private String folder(String id) {
        JsonNode clock = admin.call("GET", "/clock");
        Instant now = Instant.now().plusSeconds(clock.get("aheadSeconds").asLong());
        return "inv/" + Account.APPID + "/photos/" + id + "/"
                + DateTimeFormatter.BASIC_ISO_DATE.format(
                        now.atOffset(ZoneOffset.ofHours(8)).toLocalDate());
    }

    private InventoryReport report(String id) {
        return InventoryReport.read(reports, folder(id));
    }

    private List<String> keysOf(TestBucket from) {
        List<String> keys = new ArrayList<>();
        ObjectListing page = cos.listObjects(
                new ListObjectsRequest().withBucketName(from.name()).withMaxKeys(1000));
        page.getObjectSummaries().forEach(object -> keys.add(object.getKey()));
        while (page.isTruncated()) {
            page = cos.listNextBatchOfObjects(page);
            page.getObjectSummaries().forEach(object -> keys.add(object.getKey()));
        }
        return keys;
    }

    @Test
    void configurationsAreKeptAsTheyWereSet() {
        assertRefused(
                404,
                "InventoryConfigurationNotFoundError",
                () -> cos.getBucketInventoryConfiguration(bucket.name(), "d1"));
        InventoryConfiguration set = daily("d1");
        set.setInventoryFilter(new InventoryFilter(new InventoryPrefixPredicate("2026/")));
        set.getDestination().getCosBucketDestination().setEncryption(new ServerSideEncryptionCOS());
        String owner = cos.listBuckets().getFirst().getOwner().getId();
        set.getDestination().getCosBucketDestination().setAccountId(owner.substring(owner.lastIndexOf('/') + 1));
        set(set);
        InventoryConfiguration read =
                cos.getBucketInventoryConfiguration(bucket.name(), "d1").getInventoryConfiguration();
        InventoryCosBucketDestination target = read.getDestination().getCosBucketDestination();
        assertThat(read.getId()).isEqualTo("d1");
        assertThat(read.isEnabled()).isTrue();
        assertThat(read.getIncludedObjectVersions()).isEqualTo("Current");
        assertThat(read.getSchedule().getFrequency()).isEqualTo("Daily");
        assertThat(((InventoryPrefixPredicate) read.getInventoryFilter().getPredicate()).getPrefix())
                .isEqualTo("2026/");
        assertThat(read.getOptionalFields()).containsExactlyInAnyOrderElementsOf(set.getOptionalFields());
        assertThat(target.getBucketArn())
                .isEqualTo(set.getDestination().getCosBucketDestination().getBucketArn());
        assertThat(target.getAccountId())
                .isEqualTo(set.getDestination().getCosBucketDestination().getAccountId());
        assertThat(target.getPrefix()).isEqualTo("inv");
        assertThat(target.getFormat()).isEqualTo("CSV");
        assertThat(target.getEncryption()).isInstanceOf(ServerSideEncryptionCOS.class);
        cos.deleteBucketInventoryConfiguration(bucket.name(), "d1");
        cos.deleteBucketInventoryConfiguration(bucket.name(), "d1");
        assertRefused(
                404,
                "InventoryConfigurationNotFoundError",
                () -> cos.getBucketInventoryConfiguration(bucket.name(), "d1"));
    }

    /** In the order they were made, which is not that of their ids; a hundred a page, a thousand at most. */
    @Test
    void aThousandOfABucketAreListedPageByPage() {
        List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "ID-" + i).toList();
        ids.forEach(id -> set(daily(id)));
        set(daily("ID-0"));
        assertRefused(400, "InventoryFull", () -> set(daily("ID-1000")));
        List<String> listed = new ArrayList<>();
        ListBucketInventoryConfigurationsRequest request =
                new ListBucketInventoryConfigurationsRequest().withBucketName(bucket.name());
        ListBucketInventoryConfigurationsResult page = cos.listBucketInventoryConfigurations(request);
        while (page.isTruncated()) {
            assertThat(page.getInventoryConfigurationList()).hasSize(100);
            page.getInventoryConfigurationList().forEach(one -> listed.add(one.getId()));
            page = cos.listBucketInventoryConfigurations(
                    request.withContinuationToken(page.getNextContinuationToken()));
        }
        page.getInventoryConfigurationList().forEach(one -> listed.add(one.getId()));
        assertThat(listed).containsExactlyElementsOf(ids);
        cos.deleteBucketInventoryConfiguration(bucket.name(), "ID-7");
        set(daily("ID-1000"));
        cos.deleteBucket(bucket.name());
        cos.createBucket(bucket.name());
        assertThat(cos.listBucketInventoryConfigurations(request.withContinuationToken(null))
                        .getInventoryConfigurationList())
                .isNullOrEmpty();
    }

    @Test
    void aReportSaysOfEachObjectWhatTheBucketSays() {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red, not blue");
        PutObjectRequest tagged = new PutObjectRequest(
                bucket.name(), "2026/ä b,c.txt", new ByteArrayInputStream("text".getBytes(UTF_8)), metadata);
        tagged.putCustomRequestHeader("x-cos-tagging", "k=v%20w");
        cos.putObject(tagged);
        ObjectMetadata cold = new ObjectMetadata();
        cold.setHeader("x-cos-storage-class", "STANDARD_IA");
        bucket.put("2026/large", new byte[700_000], cold);
        bucket.put("other", "text");
        InventoryConfiguration configuration = daily("daily");
        configuration.setInventoryFilter(new InventoryFilter(new InventoryPrefixPredicate("2026/")));
        configuration.addOptionalField("Crc64");
        configuration.addOptionalField("x-cos-meta-*");
        configuration.getDestination().getCosBucketDestination().setEncryption(new ServerSideEncryptionCOS());
        set(configuration);
        admin.advance("PT1S");
        assertThat(keysOf(reports)).isEmpty();
        admin.advance("P1D");
        InventoryReport report = report("daily");
        assertThat(report.manifest().get("sourceBucket").asText()).isEqualTo("photos");
        assertThat(report.manifest().get("destinationBucket").asText()).isEqualTo("reports");
        assertThat(report.manifest().get("sourceAppid").asText()).isEqualTo(Account.APPID);
        assertThat(report.manifest().get("filterStorageSize").asText()).isEqualTo("700004");
        assertThat(report.manifest().get("fileSchema").asText())
                .isEqualTo("Appid, Bucket, Key, Size, LastModifiedDate, ETag, StorageClass, IsMultipartUploaded,"
                        + " ReplicationStatus, Tag, Crc64, x-cos-meta-*");
        List<COSObjectSummary> listed = cos.listObjects(bucket.name(), "2026/").getObjectSummaries();
        assertThat(report.keys())
                .containsExactlyElementsOf(
                        listed.stream().map(COSObjectSummary::getKey).toList());
        for (int i = 0; i < listed.size(); i++) {
            COSObjectSummary object = listed.get(i);
            assertThat(report.rows().get(i))
                    .containsEntry("Appid", Account.APPID)
                    .containsEntry("Bucket", "photos")
                    .containsEntry("Size", Long.toString(object.getSize()))
                    .containsEntry("ETag", object.getETag())
                    .containsEntry("IsMultipartUploaded", "false")
                    .containsEntry("ReplicationStatus", "")
                    .containsEntry(
                            "LastModifiedDate",
                            object.getLastModified().toInstant().toString().replace("Z", ".000Z"))
                    .containsEntry(
                            "Crc64",
                            cos.getObjectMetadata(bucket.name(), object.getKey())
                                    .getCrc64Ecma());
        }
        assertThat(report.column("StorageClass")).containsExactly("Standard_IA", "Standard");
        assertThat(report.column("Tag")).containsExactly("", "k=v%20w");
        assertThat(report.column("x-cos-meta-*")).containsExactly("", "colour=red%2C%20not%20blue");
        assertThat(keysOf(reports))
                .allSatisfy(key -> assertThat(cos.getObjectMetadata(reports.name(), key)
                                .getRawMetadataValue("x-cos-server-side-encryption"))
                        .isEqualTo("AES256"));
        admin.advance("P1D");
        assertThat(report("daily").keys()).hasSize(2);
        assertThat(admin.figures("inventory").get("reports").asInt()).isEqualTo(2);
    }

    @Test
    void aReportThatIsAskedForIsMadeAtOnceAndHasAllVersions() {
        bucket.enableVersioning();
        bucket.put("a", "first");
        bucket.put("a", "second");
        bucket.put("b", "text");
        cos.deleteObject(bucket.name(), "b");
        InventoryConfiguration all = once("all");
        all.setIncludedObjectVersions(InventoryIncludedObjectVersions.All);
        assertThat(ask(all)).isNotEmpty();
        InventoryReport report = report("all");
        List<COSVersionSummary> versions = bucket.versions();
        assertThat(report.rows()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            COSVersionSummary version = versions.get(i);
            assertThat(report.rows().get(i))
                    .containsEntry("Key", version.getKey())
                    .containsEntry("VersionId", version.getVersionId())
                    .containsEntry("IsLatest", Boolean.toString(version.isLatest()))
                    .containsEntry("IsDeleteMarker", Boolean.toString(version.isDeleteMarker()))
                    .containsEntry("Size", version.isDeleteMarker() ? "" : Long.toString(version.getSize()));
        }
        assertRefused(409, "DuplicateInventoryId", () -> ask(all));
        assertRefused(
                404,
                "InventoryConfigurationNotFoundError",
                () -> cos.getBucketInventoryConfiguration(bucket.name(), "all"));
        admin.advance("P1D");
        ask(all);
        assertThat(report("all").rows()).hasSize(4);
        set(daily("periodic"));
        assertRefused(409, "DuplicateInventoryId", () -> ask(once("periodic")));
    }

    @Test
    void aFilterByTagAndClassLeavesOutTheOthers() {
        for (String key : List.of("a/1", "a/2", "b/1")) {
            bucket.put(key, "text");
        }
        for (String key : List.of("a/1", "b/1")) {
            assertThat(bucket.exchange(
                                    bucket.request("PUT", "/" + key + "?tagging")
                                            .body(
                                                    "<Tagging><TagSet><Tag><Key>tier</Key><Value>cold</Value></Tag></TagSet></Tagging>"))
                            .status())
                    .isEqualTo(200);
        }
        InventoryAndPredicate both = new InventoryAndPredicate();
        both.setPrefix("a/");
        both.setTags(List.of(new Tag("tier", "cold")));
        InventoryConfiguration tagged = once("tagged");
        tagged.setInventoryFilter(new InventoryFilter(both));
        ask(tagged);
        InventoryReport report = report("tagged");
        assertThat(report.keys()).containsExactly("a/1");
        assertThat(report.manifest().get("listObjectCount").asText()).isEqualTo("2");
        InventoryConfiguration nothing = once("nothing");
        nothing.setInventoryFilter(new InventoryFilter(new InventoryPrefixPredicate("none/")));
        ask(nothing);
        assertThat(report("nothing").rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reports|missing|InvalidArgument|400",
                "-1250000000|-1250000001|UserNotTargetBucketOwner|403",
                "ap-guangzhou|ap-beijing|InvalidArgument|400",
                "CSV|ORC|NotImplemented|501",
                "<Id>bad</Id>|<Id>other</Id>|InvalidArgument|400",
                "<Frequency>Daily</Frequency>|<Frequency>Hourly</Frequency>|InvalidArgument|400",
                "</InventoryConfiguration>||MalformedXML|400",
            })
    void badConfigurationsAreRefusedAndThoseBeforeStay(String good, String bad, String code, int status) {
        String document = "<InventoryConfiguration><Id>bad</Id><IsEnabled>true</IsEnabled><Destination>"
                + "<COSBucketDestination><Format>CSV</Format><Bucket>qcs::cos:ap-guangzhou::reports-1250000000</Bucket>"
                + "</COSBucketDestination></Destination><Schedule><Frequency>Daily</Frequency></Schedule>"
                + "<IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>";
        assertThat(bucket.exchange(bucket.request("PUT", "/?inventory&id=bad").body(document))
                        .status())
                .isEqualTo(200);
        RawResponse answer = bucket.exchange(
                bucket.request("PUT", "/?inventory&id=bad").body(document.replace(good, bad == null ? "" : bad)));
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(cos.getBucketInventoryConfiguration(bucket.name(), "bad")
                        .getInventoryConfiguration()
                        .getIncludedObjectVersions())
                .isEqualTo("All");
        assertThat(bucket.exchange(bucket.request("PUT", "/?inventory").body(document))
                        .errorCode())
                .isEqualTo("InvalidArgument");
        assertThat(bucket.exchange("GET", "/?inventory&continuation-token=none").errorCode())
                .isEqualTo("InvalidArgument");
    }

    /** Else whoever may set inventories of one bucket could write into any other. */
    @Test
    void whoMayNotWriteWhereReportsGoCannotHaveThemGoThere() {
        String users = "/accounts/" + Account.APPID + "/users";
        admin.call("POST", users, "{\"name\":\"lister\"}");
        admin.call(
                "PUT",
                "/accounts/" + Account.APPID + "/policies/list",
                "{\"document\":{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"cos:*\"],"
                        + "\"resource\":[\"qcs::cos:*:uid/" + Account.APPID + ":" + bucket.name() + "/*\"]}]}}");
        admin.call("PUT", users + "/lister/policies/list");
        JsonNode key = admin.call("POST", "/accounts/" + Account.APPID + "/keys", "{\"user\":\"lister\"}");
        COSClient lister = JavaSdk.client(
                admin.server(),
                new BasicCOSCredentials(
                        key.get("secretId").asText(), key.get("secretKey").asText()));
        try {
            assertRefused(
                    403, "AccessDenied", () -> lister.setBucketInventoryConfiguration(bucket.name(), daily("daily")));
            InventoryConfiguration here = daily("daily");
            here.getDestination()
                    .getCosBucketDestination()
                    .setBucketArn("qcs::cos:" + Account.REGION + "::" + bucket.name());
            lister.setBucketInventoryConfiguration(bucket.name(), here);
        } finally {
            lister.shutdown();
        }
    }

    @Test
    void aReportThatIsKilledIsMadeOnceAndWhole() throws Exception {
        int many = 30_000; // a second of looking
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < many; i++) {
                String key = "k/%05d".formatted(i);
                Future<?> _ = clients.submit(() -> bucket.put(key, "x"));
            }
        }
        set(daily("daily"));
        Thread advancing = Thread.ofVirtual().start(() -> {
            try {
                admin.advance("P1D");
            } catch (UncheckedIOException e) {
                // the server is killed before it answers
            }
        });
        long rows = 0;
        while (rows == 0) {
            Thread.sleep(5);
            rows = admin.figures("inventory").get("rows").asLong();
        }
        admin.server().kill();
        advancing.join();
        assertThat(rows).isLessThan(many);
        admin.server().startAgain();
        assertThat(admin.figures("inventory").get("reports").asLong()).isZero();
        admin.advance("PT1S");
        InventoryReport report = report("daily");
        assertThat(report.keys())
                .hasSize(many)
                .doesNotHaveDuplicates()
                .startsWith("k/00000")
                .endsWith("k/29999");
        assertThat(keysOf(reports)).hasSize(3);
        assertThat(admin.figures("inventory").get("reports").asLong()).isEqualTo(1);
    }

    @Test
    void s3ClientsSetTheSameInTheirWords() {
        bucket.put("k", "text");
        String name = S3Sdk.name(bucket);
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            s3.putBucketInventoryConfiguration(request -> request.bucket(name)
                    .id("s3")
                    .inventoryConfiguration(configuration -> configuration
                            .id("s3")
                            .isEnabled(true)
                            .includedObjectVersions("Current")
                            .schedule(schedule -> schedule.frequency("Daily"))
                            .filter(filter -> filter.prefix("k"))
                            .optionalFieldsWithStrings("Size", "ETag")
                            .destination(destination ->
                                    destination.s3BucketDestination(target -> target.bucket("arn:aws:s3:::reports")
                                            .format("CSV")
                                            .prefix("inv")
                                            .encryption(encryption -> encryption.sses3(sse -> {}))))));
            assertThat(cos.getBucketInventoryConfiguration(bucket.name(), "s3")
                            .getInventoryConfiguration()
                            .getDestination()
                            .getCosBucketDestination()
                            .getBucketArn())
                    .isEqualTo("qcs::cos:" + Account.REGION + "::" + reports.name());
            var read = s3.getBucketInventoryConfiguration(
                            request -> request.bucket(name).id("s3"))
                    .inventoryConfiguration();
            assertThat(read.destination().s3BucketDestination().bucket()).isEqualTo("arn:aws:s3:::reports");
            assertThat(read.destination().s3BucketDestination().encryption().sses3())
                    .isNotNull();
            assertThat(read.optionalFieldsAsStrings()).containsExactly("Size", "ETag");
            assertThat(s3.listBucketInventoryConfigurations(request -> request.bucket(name))
                            .inventoryConfigurationList())
                    .containsExactly(read);
            admin.advance("P1D");
            assertThat(report("s3").keys()).containsExactly("k");
            s3.deleteBucketInventoryConfiguration(
                    request -> request.bucket(name).id("s3"));
            S3Sdk.assertRefused(
                    404,
                    "NoSuchConfiguration",
                    () -> s3.deleteBucketInventoryConfiguration(
                            request -> request.bucket(name).id("s3")));
        }
    }
}

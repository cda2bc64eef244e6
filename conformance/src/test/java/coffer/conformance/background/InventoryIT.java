package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.S3Sdk;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.SetBucketInventoryConfigurationRequest;
import com.qcloud.cos.model.Tag.Tag;
import com.qcloud.cos.model.inventory.InventoryAndPredicate;
import com.qcloud.cos.model.inventory.InventoryConfiguration;
import com.qcloud.cos.model.inventory.InventoryFilter;
import com.qcloud.cos.model.inventory.InventoryIncludedObjectVersions;
import com.qcloud.cos.model.inventory.InventoryPrefixPredicate;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        InventoryConfiguration configuration = SampleInventory.daily("daily");
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
        InventoryConfiguration all = SampleInventory.once("all");
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
        set(SampleInventory.daily("periodic"));
        assertRefused(409, "DuplicateInventoryId", () -> ask(SampleInventory.once("periodic")));
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
        InventoryConfiguration tagged = SampleInventory.once("tagged");
        tagged.setInventoryFilter(new InventoryFilter(both));
        ask(tagged);
        InventoryReport report = report("tagged");
        assertThat(report.keys()).containsExactly("a/1");
        assertThat(report.manifest().get("listObjectCount").asText()).isEqualTo("2");
        InventoryConfiguration nothing = SampleInventory.once("nothing");
        nothing.setInventoryFilter(new InventoryFilter(new InventoryPrefixPredicate("none/")));
        ask(nothing);
        assertThat(report("nothing").rows()).isEmpty();
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
        set(SampleInventory.daily("daily"));
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

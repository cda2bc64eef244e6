package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.model.ListBucketInventoryConfigurationsRequest;
import com.qcloud.cos.model.ListBucketInventoryConfigurationsResult;
import com.qcloud.cos.model.inventory.InventoryConfiguration;
import com.qcloud.cos.model.inventory.InventoryCosBucketDestination;
import com.qcloud.cos.model.inventory.InventoryFilter;
import com.qcloud.cos.model.inventory.InventoryPrefixPredicate;
import com.qcloud.cos.model.inventory.ServerSideEncryptionCOS;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How inventories are set, kept and refused, by the Java SDK. */
class InventoryConfigurationIT {
    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "photos-" + Account.APPID);
        cos.createBucket("reports-" + Account.APPID);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    private void set(InventoryConfiguration configuration) {
        cos.setBucketInventoryConfiguration(bucket.name(), configuration);
    }

    @Test
    void configurationsAreKeptAsTheyWereSet() {
        assertRefused(
                404,
                "InventoryConfigurationNotFoundError",
                () -> cos.getBucketInventoryConfiguration(bucket.name(), "d1"));
        InventoryConfiguration set = SampleInventory.daily("d1");
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
        ids.forEach(id -> set(SampleInventory.daily(id)));
        set(SampleInventory.daily("ID-0"));
        assertRefused(400, "InventoryFull", () -> set(SampleInventory.daily("ID-1000")));
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
        set(SampleInventory.daily("ID-1000"));
        cos.deleteBucket(bucket.name());
        cos.createBucket(bucket.name());
        assertThat(cos.listBucketInventoryConfigurations(request.withContinuationToken(null))
                        .getInventoryConfigurationList())
                .isNullOrEmpty();
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
                    403,
                    "AccessDenied",
                    () -> lister.setBucketInventoryConfiguration(bucket.name(), SampleInventory.daily("daily")));
            InventoryConfiguration here = SampleInventory.daily("daily");
            here.getDestination()
                    .getCosBucketDestination()
                    .setBucketArn("qcs::cos:" + Account.REGION + "::" + bucket.name());
            lister.setBucketInventoryConfiguration(bucket.name(), here);
        } finally {
            lister.shutdown();
        }
    }
}

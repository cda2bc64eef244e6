package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.BucketCrossOriginConfiguration;
import com.qcloud.cos.model.BucketGetMetadataResult;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.CORSRule;
import com.qcloud.cos.model.CannedAccessControlList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bucket answers about settings nobody has made: SDKs branch on exactly these. */
@ExtendWith(SharedCoffer.class)
class BucketSettingsIT {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cors, NoSuchCORSConfiguration",
        "lifecycle, NoSuchLifecycleConfiguration",
        "policy, NoSuchBucketPolicy",
        "replication, ReplicationConfigurationNotFoundError",
        "website, NoSuchWebsiteConfiguration",
        "tagging, NoSuchTagSet",
        "inventory&id=daily, InventoryConfigurationNotFoundError",
        "domain, DomainConfigNotFoundError",
        "origin, OriginConfigurationNotFoundError",
        "encryption, NoSuchEncryptionConfiguration",
        "object-lock, NoSuchObjectLockConfiguration",
        "strict-signature, NoSuchStrictSignatureConfiguration",
    })
    void anUnsetOneIsNotFound(String subresource, String code, TestBucket bucket) {
        RawResponse answer = probe(bucket, subresource);
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "versioning, VersioningConfiguration",
        "accelerate, AccelerateConfiguration",
        "intelligenttiering, IntelligentTieringConfiguration",
        "intelligent-tiering, ListBucketIntelligentTieringConfigurationsOutput",
        "logging, BucketLoggingStatus",
        "referer, RefererConfiguration",
    })
    void anUnsetOneIsAnEmptyDocument(String subresource, String root, TestBucket bucket) {
        RawResponse answer = probe(bucket, subresource);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.xml().getNodeName()).isEqualTo(root);
        assertThat(answer.elementNames()).isEmpty();
    }

    @Test
    void noInventoriesAreAnEmptyListThatEnds(TestBucket bucket) {
        RawResponse answer = probe(bucket, "inventory");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.xml().getNodeName()).isEqualTo("ListInventoryConfigurationResult");
        assertThat(answer.element("IsTruncated")).isEqualTo("false");
    }

    @Test
    void theDefaultAclGivesTheOwnerEverything(TestBucket bucket) {
        RawResponse answer = probe(bucket, "acl");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.xml().getNodeName()).isEqualTo("AccessControlPolicy");
        assertThat(answer.element("ID")).startsWith("qcs::cam::uin/");
    }

    /** The name of a parameter selects, whatever its value: Python always sends the sign of equality. */
    @ParameterizedTest
    @ValueSource(strings = {"location", "location=", "location=x"})
    void isSelectedByPresenceAlone(String query, TestBucket bucket) {
        RawResponse answer = probe(bucket, query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.xml().getNodeName()).isEqualTo("LocationConstraint");
        assertThat(answer.xml().getTextContent()).isEqualTo(Account.REGION);
    }

    @Test
    void everyProbeNeedsTheBucket(TestBucket bucket) {
        bucket.cos().deleteBucket(bucket.name());
        for (String subresource : new String[] {"cors", "acl", "versioning", "encryption"}) {
            RawResponse answer = probe(bucket, subresource);
            assertThat(answer.status()).as(subresource).isEqualTo(404);
            assertThat(answer.errorCode()).isEqualTo("NoSuchBucket");
        }
    }

    /** Twelve probes in a row; any but 404 among the refusals breaks the whole call. */
    @Test
    void theMetadataOfABucketCanBeAsked(TestBucket bucket) {
        BucketGetMetadataResult metadata = bucket.cos().getBucketMetadata(bucket.name());
        assertThat(metadata.location).isEqualTo(Account.REGION);
        assertThat(metadata.isMaz).isFalse();
        assertThat(metadata.isOFS).isFalse();
        assertThat(metadata.versioningConfiguration.getStatus()).isEqualTo(BucketVersioningConfiguration.OFF);
        assertThat(metadata.accessControlList.getOwner().getId()).startsWith("qcs::cam::uin/");
    }

    @Test
    void theMetadataOfABucketShowsWhatIsSet(TestBucket bucket) {
        COSClient cos = bucket.cos();
        CORSRule rule = new CORSRule()
                .withAllowedOrigins(List.of("*"))
                .withAllowedMethods(List.of(CORSRule.AllowedMethods.GET));
        cos.setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        cos.setBucketCrossOriginConfiguration(bucket.name(), new BucketCrossOriginConfiguration().withRules(rule));
        BucketGetMetadataResult metadata = cos.getBucketMetadata(bucket.name());
        assertThat(metadata.accessControlList.getCannedAccessControl()).isEqualTo(CannedAccessControlList.PublicRead);
        assertThat(metadata.crossOriginConfiguration.getRules()).hasSize(1);
    }

    @Test
    void theSdkSeesNothingConfigured(TestBucket bucket) {
        COSClient cos = bucket.cos();
        String name = bucket.name();
        assertThat(cos.getBucketCrossOriginConfiguration(name)).isNull();
        assertThat(cos.getBucketLifecycleConfiguration(name)).isNull();
        assertThat(cos.getBucketWebsiteConfiguration(name)).isNull();
        assertThat(cos.getBucketTaggingConfiguration(name)).isNull();
        assertThat(cos.getBucketDomainConfiguration(name)).isNull();
        assertThat(cos.getBucketPolicy(name).getPolicyText()).isNull();
        assertThat(cos.getBucketVersioningConfiguration(name).getStatus()).isEqualTo(BucketVersioningConfiguration.OFF);
    }

    private static RawResponse probe(TestBucket bucket, String query) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("GET", "/?" + query).signed());
    }
}

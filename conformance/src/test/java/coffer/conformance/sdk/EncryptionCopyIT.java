package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketEncryptionConfiguration;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.CopyObjectResult;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of encrypted objects, to elsewhere and onto themselves. */
@ExtendWith(SharedCoffer.class)
class EncryptionCopyIT {
    private static final byte[] BYTES = Scratch.bytes(700_000, 11);
    private static final String MD5 = DigestUtils.md5Hex(BYTES);

    @ParameterizedTest
    @CsvSource({
        "COS, COS", "COS, KMS", "COS, CUSTOMER",
        "KMS, COS", "KMS, KMS", "KMS, CUSTOMER",
        "CUSTOMER, COS", "CUSTOMER, KMS", "CUSTOMER, CUSTOMER",
    })
    void copiesFromEachKindToEach(Sse from, Sse to, TestBucket bucket) {
        from.putNow(bucket, "a", BYTES);
        CopyObjectResult result = bucket.cos()
                .copyObject(to.to(from.from(new CopyObjectRequest(bucket.name(), "a", bucket.name(), "b"))));
        assertThat(to.bytes(bucket, "b")).isEqualTo(BYTES);
        assertThat(result.getETag()).isEqualTo(to.head(bucket, "b").getETag());
        assertThat(result.getETag().equals(MD5)).isEqualTo(to == Sse.COS);
    }

    @Test
    void aCopyToElsewhereIsEncryptedAsItsBucketSays(TestBucket bucket, TestBucket other) {
        Sse.COS.putNow(bucket, "a", BYTES);
        setDefault(other, "KMS");
        bucket.cos().copyObject(bucket.name(), "a", other.name(), "b");
        bucket.cos().copyObject(bucket.name(), "a", bucket.name(), "b");
        assertThat(encryption(other, "b")).isEqualTo("cos/kms");
        assertThat(encryption(bucket, "b")).isNull();
        assertThat(other.bytes("b")).isEqualTo(BYTES);
        assertThat(bucket.bytes("b")).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void othersWordsForAnObjectLeaveItEncrypted(Sse kind, TestBucket bucket) {
        kind.putNow(bucket, "k", BYTES);
        String etag = kind.head(bucket, "k").getETag();
        bucket.cos().copyObject(kind.from(described(bucket)));
        ObjectMetadata head = kind.head(bucket, "k");
        assertThat(head.getUserMetadata()).containsEntry("again", "yes");
        assertThat(head.getETag()).isEqualTo(etag);
        assertThat(kind.bytes(bucket, "k")).isEqualTo(BYTES);
        assertThat(encryption(kind, head)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void soTheyDoWhereVersionsAreKept(Sse kind, TestBucket bucket) {
        bucket.cos()
                .setBucketVersioningConfiguration(new SetBucketVersioningConfigurationRequest(
                        bucket.name(), new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
        kind.putNow(bucket, "k", BYTES);
        bucket.cos().copyObject(kind.from(described(bucket)));
        assertThat(kind.bytes(bucket, "k")).isEqualTo(BYTES);
        assertThat(encryption(kind, kind.head(bucket, "k"))).isNotNull();
        bucket.cos()
                .listVersions(bucket.name(), "")
                .getVersionSummaries()
                .forEach(version -> bucket.cos().deleteVersion(bucket.name(), "k", version.getVersionId()));
    }

    @Test
    void aCopyOntoItselfEncryptsWhatWasThereBefore(TestBucket bucket) {
        bucket.put("k", BYTES);
        bucket.cos().copyObject(Sse.COS.to(new CopyObjectRequest(bucket.name(), "k", bucket.name(), "k")));
        assertThat(encryption(bucket, "k")).isEqualTo("AES256");
        bucket.put("k", BYTES);
        setDefault(bucket, "AES256");
        bucket.cos().copyObject(described(bucket));
        assertThat(encryption(bucket, "k")).isEqualTo("AES256");
        assertThat(bucket.bytes("k")).isEqualTo(BYTES);
        bucket.cos().copyObject(Sse.CUSTOMER.to(new CopyObjectRequest(bucket.name(), "k", bucket.name(), "k")));
        assertThat(Sse.CUSTOMER.bytes(bucket, "k")).isEqualTo(BYTES);
    }

    @Test
    void theKeyOfTheSourceIsNeeded(TestBucket bucket) {
        Sse.CUSTOMER.putNow(bucket, "a", BYTES);
        CopyObjectRequest request = new CopyObjectRequest(bucket.name(), "a", bucket.name(), "b");
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.cos().copyObject(request));
        request.setSourceSSECustomerKey(Sse.OTHER_KEY);
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.cos().copyObject(request));
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.cos().copyObject(described(bucket, "a")));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "b")).isFalse();
    }

    private static CopyObjectRequest described(TestBucket bucket) {
        return described(bucket, "k");
    }

    private static CopyObjectRequest described(TestBucket bucket, String key) {
        CopyObjectRequest request = new CopyObjectRequest(bucket.name(), key, bucket.name(), key);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("again", "yes");
        request.setNewObjectMetadata(metadata);
        request.setMetadataDirective("Replaced");
        return request;
    }

    private static void setDefault(TestBucket bucket, String algorithm) {
        BucketEncryptionConfiguration configuration = new BucketEncryptionConfiguration();
        configuration.setSseAlgorithm(algorithm);
        bucket.cos().putBucketEncryptionConfiguration(bucket.name(), configuration);
    }

    private static Object encryption(TestBucket bucket, String key) {
        return bucket.cos().getObjectMetadata(bucket.name(), key).getRawMetadataValue("x-cos-server-side-encryption");
    }

    private static Object encryption(Sse kind, ObjectMetadata head) {
        String suffix = kind == Sse.CUSTOMER ? "-customer-algorithm" : "";
        return head.getRawMetadataValue("x-cos-server-side-encryption" + suffix);
    }
}

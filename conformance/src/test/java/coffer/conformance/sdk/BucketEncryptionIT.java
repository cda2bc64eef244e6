package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketEncryptionConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a bucket encrypts what its writers say nothing of. */
@Shows({"PutBucketEncryption", "GetBucketEncryption", "DeleteBucketEncryption"})
@ExtendWith(SharedCoffer.class)
class BucketEncryptionIT {
    @Test
    void isSetReadAndRemoved(TestBucket bucket) {
        assertRefused(
                404,
                "NoSuchEncryptionConfiguration",
                () -> bucket.cos().getBucketEncryptionConfiguration(bucket.name()));
        set(bucket, "AES256", "");
        assertThat(bucket.cos().getBucketEncryptionConfiguration(bucket.name()).getSseAlgorithm())
                .isEqualTo("AES256");
        set(bucket, "KMS", "k1");
        BucketEncryptionConfiguration read = bucket.cos().getBucketEncryptionConfiguration(bucket.name());
        assertThat(read.getSseAlgorithm()).isEqualTo("KMS");
        assertThat(read.getKmsMasterKeyID()).isEqualTo("k1");
        bucket.cos().deleteBucketEncryptionConfiguration(bucket.name());
        bucket.cos().deleteBucketEncryptionConfiguration(bucket.name());
        assertRefused(
                404,
                "NoSuchEncryptionConfiguration",
                () -> bucket.cos().getBucketEncryptionConfiguration(bucket.name()));
    }

    /** The SDK compares the ETag of a PUT that asks for nothing with the MD5 of what it sent. */
    @ParameterizedTest
    @CsvSource({"AES256, AES256", "KMS, cos/kms"})
    void encryptsWhatIsWrittenFromThenOn(String algorithm, String answered, TestBucket bucket) {
        bucket.put("before", "text");
        set(bucket, algorithm, "");
        for (int length : List.of(0, 100, 2_000_000)) {
            bucket.put("k", Scratch.bytes(length, 12));
            assertThat(bucket.bytes("k")).isEqualTo(Scratch.bytes(length, 12));
            assertThat(encryption(bucket, "k")).isEqualTo(answered);
        }
        Multipart upload = Multipart.initiate(bucket, "film");
        upload.complete(List.of(upload.part(1, Multipart.MINIMUM), upload.part(2, 10)));
        assertThat(encryption(bucket, "film")).isEqualTo(answered);
        assertThat(bucket.bytes("film")).hasSize(Multipart.MINIMUM + 10);
        assertThat(encryption(bucket, "before")).isNull();
        bucket.cos().deleteBucketEncryptionConfiguration(bucket.name());
        bucket.put("after", "text");
        assertThat(encryption(bucket, "after")).isNull();
        assertThat(bucket.bytes("k")).hasSize(2_000_000);
    }

    @Test
    void theRequestHasTheFirstWord(TestBucket bucket) {
        set(bucket, "KMS", "");
        Sse.COS.putNow(bucket, "cos", Scratch.bytes(10, 13));
        Sse.CUSTOMER.putNow(bucket, "customer", Scratch.bytes(10, 13));
        assertThat(encryption(bucket, "cos")).isEqualTo("AES256");
        assertThat(Sse.CUSTOMER.bytes(bucket, "customer")).isEqualTo(Scratch.bytes(10, 13));
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.bytes("customer"));
    }

    @Test
    void aMasterKeyThatIsNotThereIsRefused(TestBucket bucket) {
        assertRefused(400, "KmsKeyNotExist", () -> set(bucket, "KMS", "no-such-key"));
        assertRefused(
                404,
                "NoSuchEncryptionConfiguration",
                () -> bucket.cos().getBucketEncryptionConfiguration(bucket.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>, MalformedXML",
        "<Other/>, MalformedXML",
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>SM4</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>, SSEContentNotSupported",
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k1</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>, InvalidArgument",
    })
    void aDocumentThatSaysNothingOfUseIsRefused(String document, String code, TestBucket bucket) {
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/?encryption").body(document).signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    private static void set(TestBucket bucket, String algorithm, String keyId) {
        BucketEncryptionConfiguration configuration = new BucketEncryptionConfiguration();
        configuration.setSseAlgorithm(algorithm);
        configuration.setKmsMasterKeyID(keyId);
        bucket.cos().putBucketEncryptionConfiguration(bucket.name(), configuration);
    }

    private static Object encryption(TestBucket bucket, String key) {
        return bucket.cos().getObjectMetadata(bucket.name(), key).getRawMetadataValue("x-cos-server-side-encryption");
    }
}

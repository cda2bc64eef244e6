package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** Encryption by the AWS SDK for Java. */
@ExtendWith(SharedCoffer.class)
class S3EncryptionIT {
    @Test
    void isSaidByTheWriter(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        for (ServerSideEncryption kind :
                new ServerSideEncryption[] {ServerSideEncryption.AES256, ServerSideEncryption.AWS_KMS}) {
            var put = s3.putObject(
                    request -> request.bucket(name).key("k").serverSideEncryption(kind),
                    RequestBody.fromString("secret"));
            assertThat(put.serverSideEncryption()).isEqualTo(kind);
            var got = s3.getObjectAsBytes(request -> request.bucket(name).key("k"));
            assertThat(got.asUtf8String()).isEqualTo("secret");
            assertThat(got.response().serverSideEncryption()).isEqualTo(kind);
        }
    }

    @Test
    void isTheBucketsDefault(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        ServerSideEncryptionRule rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AES256)
                        .build())
                .build();
        s3.putBucketEncryption(
                request -> request.bucket(name).serverSideEncryptionConfiguration(config -> config.rules(rule)));
        assertThat(s3.getBucketEncryption(request -> request.bucket(name))
                        .serverSideEncryptionConfiguration()
                        .rules())
                .singleElement()
                .satisfies(found -> assertThat(
                                found.applyServerSideEncryptionByDefault().sseAlgorithm())
                        .isEqualTo(ServerSideEncryption.AES256));
        assertThat(s3.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("x"))
                        .serverSideEncryption())
                .isEqualTo(ServerSideEncryption.AES256);
        s3.deleteBucketEncryption(request -> request.bucket(name));
    }

    /** A key of the writer's own, which is taken by http, too. */
    @Test
    void isWithTheWritersOwnKey(TestBucket bucket, S3Client s3) throws GeneralSecurityException {
        String name = S3Sdk.name(bucket);
        byte[] key = Scratch.bytes(32, 7);
        String text = Base64.getEncoder().encodeToString(key);
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(key));
        s3.putObject(
                request -> request.bucket(name)
                        .key("k")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(text)
                        .sseCustomerKeyMD5(digest),
                RequestBody.fromString("secret"));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(name)
                                .key("k")
                                .sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(text)
                                .sseCustomerKeyMD5(digest))
                        .asUtf8String())
                .isEqualTo("secret");
        assertRefused(
                400,
                "InvalidRequest",
                () -> s3.getObjectAsBytes(request -> request.bucket(name).key("k")));
    }
}

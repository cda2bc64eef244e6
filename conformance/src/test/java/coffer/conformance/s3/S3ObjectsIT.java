package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

/** Objects by the AWS SDK for Java. What it sends by itself is the point: chunks that are signed, a checksum behind them. */
@Shows("ListObjectsV2")
@ExtendWith(SharedCoffer.class)
class S3ObjectsIT {
    @Test
    void comesBackAsItWasPut(TestBucket bucket, S3Client s3) {
        byte[] bytes = Scratch.bytes(1_300_000, 1);
        PutObjectResponse put = s3.putObject(
                request -> request.bucket(S3Sdk.name(bucket))
                        .key("a/b")
                        .contentType("text/x-a")
                        .cacheControl("no-cache")
                        .contentEncoding("gzip")
                        .storageClass(StorageClass.STANDARD_IA)
                        .metadata(Map.of("colour", "blue")),
                RequestBody.fromBytes(bytes));
        var got = s3.getObjectAsBytes(
                request -> request.bucket(S3Sdk.name(bucket)).key("a/b"));
        GetObjectResponse head = got.response();
        assertThat(got.asByteArrayUnsafe()).isEqualTo(bytes);
        assertThat(head.eTag()).isEqualTo(put.eTag());
        assertThat(head.contentType()).isEqualTo("text/x-a");
        assertThat(head.cacheControl()).isEqualTo("no-cache");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(head.metadata()).containsEntry("colour", "blue");
    }

    /** Empty, in memory, and in the store's files. */
    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void isCheckedOnTheWay(ChecksumAlgorithm algorithm, TestBucket bucket, S3Client s3) {
        for (int size : new int[] {0, 1, 70_000, 900_000}) {
            byte[] bytes = Scratch.bytes(size, size);
            s3.putObject(
                    request -> request.bucket(S3Sdk.name(bucket)).key("k").checksumAlgorithm(algorithm),
                    RequestBody.fromBytes(bytes));
            assertThat(bucket.bytes("k")).isEqualTo(bytes);
        }
    }

    @Test
    void isReadInPartAndOnConditions(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String tag = s3.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("0123456789"))
                .eTag();
        var range = s3.getObjectAsBytes(request -> request.bucket(name).key("k").range("bytes=2-4"));
        assertThat(range.asUtf8String()).isEqualTo("234");
        assertThat(range.response().contentRange()).isEqualTo("bytes 2-4/10");
        assertRefused(
                412,
                "PreconditionFailed",
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(name).key("k").ifMatch("\"other\"")));
        assertRefused(
                416,
                "InvalidRange",
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(name).key("k").range("bytes=10-")));
        assertThat(s3.headObject(request -> request.bucket(name).key("k").ifMatch(tag))
                        .contentLength())
                .isEqualTo(10);
        assertRefused(
                404,
                "NoSuchKey",
                () -> s3.getObjectAsBytes(request -> request.bucket(name).key("absent")));
    }

    @Test
    void isNotOverwrittenWhereNoneMayBeThere(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putObject(request -> request.bucket(name).key("k").ifNoneMatch("*"), RequestBody.fromString("first"));
        assertRefused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(
                        request -> request.bucket(name).key("k").ifNoneMatch("*"), RequestBody.fromString("second")));
        assertThat(bucket.text("k")).isEqualTo("first");
    }

    @Test
    void isCopiedWithOtherMetadata(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        bucket.put("fröm +", "text");
        s3.copyObject(request -> request.sourceBucket(name)
                .sourceKey("fröm +")
                .destinationBucket(name)
                .destinationKey("to")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("a", "b")));
        HeadObjectResponse head = s3.headObject(request -> request.bucket(name).key("to"));
        assertThat(head.metadata()).containsExactly(Map.entry("a", "b"));
        assertThat(bucket.text("to")).isEqualTo("text");
    }

    @Test
    void isListedPageAfterPage(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        List<String> keys = IntStream.range(0, 7).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> bucket.put(key, key));
        bucket.put("d/a", "1");
        bucket.put("d/b", "2");
        bucket.put("e/a", "3");
        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(name).maxKeys(3)).contents().stream()
                        .map(S3Object::key))
                .containsExactly("d/a", "d/b", "e/a", "k0", "k1", "k2", "k3", "k4", "k5", "k6");
        var top = s3.listObjectsV2(request -> request.bucket(name).delimiter("/"));
        assertThat(top.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("d/", "e/");
        assertThat(top.contents()).extracting(S3Object::key).containsExactlyElementsOf(keys);
        assertThat(top.keyCount()).isEqualTo(9);
        assertThat(s3.listObjectsV2(request -> request.bucket(name).prefix("d/").startAfter("d/a"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("d/b");
        assertRefused(
                400,
                "InvalidArgument",
                () -> s3.listObjectsV2(request -> request.bucket(name).continuationToken("x")));
        ListObjectsResponse first =
                s3.listObjects(request -> request.bucket(name).prefix("k").maxKeys(4));
        assertThat(first.isTruncated()).isTrue();
        ListObjectsResponse second =
                s3.listObjects(request -> request.bucket(name).prefix("k").marker("k3"));
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("k4", "k5", "k6");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void manyAreDeletedAtOnce(TestBucket bucket, S3Client s3) {
        bucket.put("a", "1");
        bucket.put("b &<", "2");
        bucket.put("kept", "3");
        List<ObjectIdentifier> named = List.of(
                ObjectIdentifier.builder().key("a").build(),
                ObjectIdentifier.builder().key("b &<").build(),
                ObjectIdentifier.builder().key("absent").build());
        var done =
                s3.deleteObjects(request -> request.bucket(S3Sdk.name(bucket)).delete(list -> list.objects(named)));
        assertThat(done.errors()).isEmpty();
        assertThat(done.deleted()).extracting(DeletedObject::key).containsExactlyInAnyOrder("a", "b &<", "absent");
        assertThat(s3.listObjectsV2(request -> request.bucket(S3Sdk.name(bucket)))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("kept");
    }

    @Test
    void hasTags(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putObject(request -> request.bucket(name).key("k").tagging("a=b%20c"), RequestBody.fromString("x"));
        assertThat(s3.getObjectTagging(request -> request.bucket(name).key("k")).tagSet())
                .containsExactly(Tag.builder().key("a").value("b c").build());
        Tag other = Tag.builder().key("d").value("e").build();
        s3.putObjectTagging(request -> request.bucket(name).key("k").tagging(tags -> tags.tagSet(other)));
        assertThat(s3.getObjectTagging(request -> request.bucket(name).key("k")).tagSet())
                .containsExactly(other);
        s3.deleteObjectTagging(request -> request.bucket(name).key("k"));
        assertThat(s3.getObjectTagging(request -> request.bucket(name).key("k")).tagSet())
                .isEmpty();
    }

    @Test
    void tellsItsAttributes(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String tag = s3.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("hello"))
                .eTag();
        var told = s3.getObjectAttributes(request -> request.bucket(name)
                .key("k")
                .objectAttributes(ObjectAttributes.E_TAG, ObjectAttributes.OBJECT_SIZE, ObjectAttributes.CHECKSUM));
        assertThat('"' + told.eTag() + '"').isEqualTo(tag);
        assertThat(told.objectSize()).isEqualTo(5);
        assertThat(told.checksum().checksumCRC32()).isEqualTo("NhCmhg==");
        assertRefused(
                404,
                "NoSuchKey",
                () -> s3.getObjectAttributes(
                        request -> request.bucket(name).key("absent").objectAttributes(ObjectAttributes.E_TAG)));
    }

    @Test
    void isRefusedToTheWrongKeys(TestBucket bucket, CofferProcess server) {
        String name = S3Sdk.name(bucket);
        try (S3Client wrong = S3Sdk.client(
                        server, AwsBasicCredentials.create(coffer.conformance.Account.SECRET_ID, "wrong"));
                S3Client unknown = S3Sdk.client(server, AwsBasicCredentials.create("AKIDnobody", "wrong"))) {
            assertRefused(
                    403,
                    "SignatureDoesNotMatch",
                    () -> wrong.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("x")));
            assertRefused(
                    403,
                    "InvalidAccessKeyId",
                    () -> unknown.getObjectAsBytes(
                            request -> request.bucket(name).key("k")));
        }
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }
}

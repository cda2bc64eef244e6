package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Uploads in parts by the AWS SDK for Java. */
@ExtendWith(SharedCoffer.class)
class S3MultipartIT {
    private static final int PART_BYTES = 5 * 1024 * 1024;
    private static final byte[] BYTES = Scratch.bytes(PART_BYTES + 1000, 5);

    @Test
    void becomesAnObject(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(
                        request -> request.bucket(name).key("film").contentType("video/x"))
                .uploadId();
        List<CompletedPart> parts = List.of(
                upload(s3, name, id, 1, Arrays.copyOf(BYTES, PART_BYTES)),
                upload(s3, name, id, 2, Arrays.copyOfRange(BYTES, PART_BYTES, BYTES.length)));
        assertThat(s3.listMultipartUploads(request -> request.bucket(name)).uploads())
                .extracting(MultipartUpload::key)
                .containsExactly("film");
        assertThat(s3.listParts(request -> request.bucket(name).key("film").uploadId(id))
                        .parts())
                .extracting(Part::size)
                .containsExactly((long) PART_BYTES, 1000L);
        var completed = s3.completeMultipartUpload(request ->
                request.bucket(name).key("film").uploadId(id).multipartUpload(upload -> upload.parts(parts)));
        assertThat(completed.location()).isEqualTo("http://" + bucket.server().authority() + "/" + name + "/film");
        String tag = completed.eTag();
        assertThat(tag).endsWith("-2\"");
        var got = s3.getObjectAsBytes(request -> request.bucket(name).key("film"));
        assertThat(got.asByteArrayUnsafe()).isEqualTo(BYTES);
        assertThat(got.response().contentType()).isEqualTo("video/x");
        assertThat(got.response().eTag()).isEqualTo(tag);
    }

    @Test
    void saysThePlaceWithTheKeyInOnePiece(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(request -> request.bucket(name).key("a/b c"))
                .uploadId();
        String tag = s3.uploadPart(
                        request ->
                                request.bucket(name).key("a/b c").uploadId(id).partNumber(1),
                        RequestBody.fromString("x"))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
        assertThat(s3.completeMultipartUpload(request -> request.bucket(name)
                                .key("a/b c")
                                .uploadId(id)
                                .multipartUpload(upload -> upload.parts(part)))
                        .location())
                .endsWith("/" + name + "/a%2Fb%20c");
    }

    @Test
    void listsNothingWhenNothingIsAskedFor(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(
                        request -> request.bucket(name).key("film").storageClass(StorageClass.GLACIER_IR))
                .uploadId();
        upload(s3, name, id, 1, new byte[1]);
        var noUploads = s3.listMultipartUploads(request -> request.bucket(name).maxUploads(0));
        assertThat(noUploads.uploads()).isEmpty();
        assertThat(noUploads.isTruncated()).isFalse();
        var noParts = s3.listParts(
                request -> request.bucket(name).key("film").uploadId(id).maxParts(0));
        assertThat(noParts.parts()).isEmpty();
        assertThat(noParts.isTruncated()).isFalse();
        assertThat(noParts.nextPartNumberMarker()).isZero();
        assertThat(noParts.storageClass()).isEqualTo(StorageClass.GLACIER_IR);
        assertThat(s3.listMultipartUploads(request -> request.bucket(name)).uploads())
                .extracting(MultipartUpload::storageClass)
                .containsExactly(StorageClass.GLACIER_IR);
    }

    @Test
    void takesPartsFromAnObject(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        bucket.put("from", BYTES);
        String id = s3.createMultipartUpload(request -> request.bucket(name).key("to"))
                .uploadId();
        CompletedPart part = CompletedPart.builder()
                .partNumber(1)
                .eTag(s3.uploadPartCopy(request -> request.sourceBucket(name)
                                .sourceKey("from")
                                .copySourceRange("bytes=0-" + (PART_BYTES - 1))
                                .destinationBucket(name)
                                .destinationKey("to")
                                .uploadId(id)
                                .partNumber(1))
                        .copyPartResult()
                        .eTag())
                .build();
        s3.completeMultipartUpload(
                request -> request.bucket(name).key("to").uploadId(id).multipartUpload(upload -> upload.parts(part)));
        assertThat(bucket.bytes("to")).isEqualTo(Arrays.copyOf(BYTES, PART_BYTES));
    }

    @Test
    void isGoneOnceAborted(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(request -> request.bucket(name).key("film"))
                .uploadId();
        upload(s3, name, id, 1, new byte[10]);
        s3.abortMultipartUpload(request -> request.bucket(name).key("film").uploadId(id));
        assertRefused(
                404,
                "NoSuchUpload",
                () -> s3.listParts(request -> request.bucket(name).key("film").uploadId(id)));
        assertThat(s3.listMultipartUploads(request -> request.bucket(name)).uploads())
                .isEmpty();
    }

    @Test
    void isNotMadeOfPartsThatAreTooSmall(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(request -> request.bucket(name).key("film"))
                .uploadId();
        List<CompletedPart> parts =
                List.of(upload(s3, name, id, 1, new byte[10]), upload(s3, name, id, 2, new byte[10]));
        assertRefused(
                400,
                "EntityTooSmall",
                () -> s3.completeMultipartUpload(request ->
                        request.bucket(name).key("film").uploadId(id).multipartUpload(upload -> upload.parts(parts))));
    }

    private static CompletedPart upload(S3Client s3, String bucket, String id, int number, byte[] bytes) {
        String tag = s3.uploadPart(
                        request ->
                                request.bucket(bucket).key("film").uploadId(id).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }
}

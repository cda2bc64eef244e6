package coffer.conformance.s3;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListMultipartUploadsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** The same buckets by the Java SDKs of COS and of AWS at once: what one does the other sees. */
@ExtendWith(SharedCoffer.class)
class CrossDialectIT {
    @Test
    void bucketsHaveTheirNumberHereAndNotThere(TestBucket bucket, S3Client s3) {
        assertThat(bucket.cos().listBuckets())
                .extracting(com.qcloud.cos.model.Bucket::getName)
                .contains(bucket.name());
        assertThat(s3.listBuckets().buckets())
                .extracting(Bucket::name)
                .contains(S3Sdk.name(bucket))
                .doesNotContain(bucket.name());
        s3.createBucket(request -> request.bucket("cross-made"));
        assertThat(bucket.cos().doesBucketExist("cross-made-" + Account.APPID)).isTrue();
        bucket.cos().deleteBucket("cross-made-" + Account.APPID);
    }

    @Test
    void s3ReadsWhatCosWrote(TestBucket bucket, S3Client s3) {
        byte[] bytes = Scratch.bytes(700_000, 3);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/x-a");
        metadata.setCacheControl("no-cache");
        metadata.setContentDisposition("inline");
        metadata.addUserMetadata("colour", "blue");
        metadata.setHeader("x-cos-storage-class", "STANDARD_IA");
        String tag = bucket.put("k", bytes, metadata).getETag();
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(S3Sdk.name(bucket)).key("k"));
        assertThat(head.contentType()).isEqualTo("text/x-a");
        assertThat(head.cacheControl()).isEqualTo("no-cache");
        assertThat(head.contentDisposition()).isEqualTo("inline");
        assertThat(head.metadata()).containsExactly(Map.entry("colour", "blue"));
        assertThat(head.eTag()).isEqualTo('"' + tag + '"');
        assertThat(head.storageClassAsString()).isEqualTo("STANDARD_IA");
    }

    @Test
    void cosReadsWhatS3Wrote(TestBucket bucket, S3Client s3) {
        byte[] bytes = Scratch.bytes(700_000, 4);
        String tag = s3.putObject(
                        request -> request.bucket(S3Sdk.name(bucket))
                                .key("ü/k")
                                .contentType("text/x-b")
                                .contentLanguage("de")
                                .metadata(Map.of("colour", "red")),
                        RequestBody.fromBytes(bytes))
                .eTag();
        assertThat(bucket.bytes("ü/k")).isEqualTo(bytes);
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "ü/k");
        assertThat(head.getContentType()).isEqualTo("text/x-b");
        assertThat(head.getContentLanguage()).isEqualTo("de");
        assertThat(head.getUserMetadata()).containsExactly(Map.entry("colour", "red"));
        assertThat('"' + head.getETag() + '"').isEqualTo(tag);
        assertThat(head.getCrc64Ecma()).isNotBlank();
    }

    @Test
    void versionsAndDeleteMarkersAreTheSame(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        bucket.enableVersioning();
        String first = bucket.put("k", "first").getVersionId();
        String second = s3.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("second"))
                .versionId();
        String marker =
                s3.deleteObject(request -> request.bucket(name).key("k")).versionId();
        var listed = s3.listObjectVersions(request -> request.bucket(name));
        assertThat(listed.versions()).extracting(ObjectVersion::versionId).containsExactly(second, first);
        assertThat(bucket.versions()).extracting("versionId").containsExactly(marker, second, first);
        assertThat(bucket.versions().getFirst().isDeleteMarker()).isTrue();
        assertThat(bucket.text("k", second)).isEqualTo("second");
        assertThat(s3.getObjectAsBytes(request -> request.bucket(name).key("k").versionId(first))
                        .asUtf8String())
                .isEqualTo("first");
        bucket.cos().deleteVersion(bucket.name(), "k", marker);
        assertThat(s3.getObjectAsBytes(request -> request.bucket(name).key("k")).asUtf8String())
                .isEqualTo("second");
    }

    @Test
    void whatIsPublicIsSoForBoth(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putObject(
                request -> request.bucket(name).key("by-s3").acl(ObjectCannedACL.PUBLIC_READ),
                RequestBody.fromString("text"));
        bucket.put("by-cos", "text");
        bucket.cos().setObjectAcl(bucket.name(), "by-cos", CannedAccessControlList.PublicRead);
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "by-s3").getGrantsAsList())
                .anySatisfy(grant -> assertThat(grant.getPermission()).isEqualTo(Permission.Read));
        assertThat(s3.getObjectAcl(request -> request.bucket(name).key("by-cos"))
                        .grants())
                .anySatisfy(grant -> {
                    assertThat(grant.permissionAsString()).isEqualTo("READ");
                    assertThat(grant.grantee().uri()).isEqualTo("http://acs.amazonaws.com/groups/global/AllUsers");
                });
        for (String key : List.of("by-s3", "by-cos")) {
            assertThat(anonymous(bucket, "s3.example.com", "/" + name + "/" + key)
                            .text())
                    .isEqualTo("text");
            assertThat(anonymous(bucket, bucket.host(), "/" + key).text()).isEqualTo("text");
        }
    }

    @Test
    void errorsAreInTheWayOfWhoAsks(TestBucket bucket, S3Client s3) {
        bucket.put("private", "text");
        RawResponse there = anonymous(bucket, "s3.example.com", "/" + S3Sdk.name(bucket) + "/private");
        assertThat(there.header("x-amz-request-id")).isPresent();
        assertThat(there.header("x-cos-request-id")).isEmpty();
        assertThat(there.elementNames()).contains("Code", "HostId").doesNotContain("TraceId");
        RawResponse here = anonymous(bucket, bucket.host(), "/private");
        assertThat(here.header("x-cos-request-id")).isPresent();
        assertThat(here.elementNames()).contains("Code", "TraceId").doesNotContain("HostId");
        S3Sdk.assertRefused(
                404,
                "NoSuchKey",
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(S3Sdk.name(bucket)).key("absent")));
        assertRefused(404, "NoSuchKey", () -> bucket.cos().getObject(bucket.name(), "absent"));
    }

    @Test
    void anUploadIsBegunHereAndEndedThere(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        COSClient cos = bucket.cos();
        String id = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "film"))
                .getUploadId();
        assertThat(s3.listMultipartUploads(request -> request.bucket(name)).uploads())
                .extracting(MultipartUpload::uploadId)
                .containsExactly(id);
        String part = s3.uploadPart(
                        request -> request.bucket(name).key("film").uploadId(id).partNumber(1),
                        RequestBody.fromString("text"))
                .eTag();
        String tag = cos.completeMultipartUpload(new CompleteMultipartUploadRequest(
                        bucket.name(), "film", id, new ArrayList<>(List.of(new PartETag(1, part.replace("\"", ""))))))
                .getETag();
        assertThat(s3.headObject(request -> request.bucket(name).key("film")).eTag())
                .isEqualTo('"' + tag + '"');
    }

    @Test
    void anUploadIsBegunThereAndListedHere(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        String id = s3.createMultipartUpload(request -> request.bucket(name).key("film"))
                .uploadId();
        assertThat(bucket.cos()
                        .listMultipartUploads(new ListMultipartUploadsRequest(bucket.name()))
                        .getMultipartUploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload.getUploadId()).isEqualTo(id));
        CompletedPart part = CompletedPart.builder()
                .partNumber(1)
                .eTag(s3.uploadPart(
                                request -> request.bucket(name)
                                        .key("film")
                                        .uploadId(id)
                                        .partNumber(1),
                                RequestBody.fromString("text"))
                        .eTag())
                .build();
        String tag = s3.completeMultipartUpload(request ->
                        request.bucket(name).key("film").uploadId(id).multipartUpload(upload -> upload.parts(part)))
                .eTag();
        assertThat('"' + bucket.cos().getObjectMetadata(bucket.name(), "film").getETag() + '"')
                .isEqualTo(tag);
        assertThat(bucket.text("film")).isEqualTo("text");
    }

    @Test
    void aTemporaryKeyOfCosOpensS3(TestBucket bucket, CofferProcess server) {
        String name = S3Sdk.name(bucket);
        bucket.put("k", "text");
        TemporaryKey key = TemporaryKey.of(
                server,
                "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"name/cos:GetObject\"],"
                        + "\"resource\":[\"*\"]}]}");
        try (S3Client s3 = S3Sdk.client(server, AwsSessionCredentials.create(key.id(), key.secret(), key.token()))) {
            assertThat(s3.getObjectAsBytes(request -> request.bucket(name).key("k"))
                            .asUtf8String())
                    .isEqualTo("text");
            S3Sdk.assertRefused(
                    403,
                    "AccessDenied",
                    () -> s3.putObject(request -> request.bucket(name).key("k"), RequestBody.fromString("other")));
        }
        try (S3Client s3 = S3Sdk.client(server, AwsSessionCredentials.create(key.id(), key.secret(), "other"))) {
            S3Sdk.assertRefused(
                    403,
                    "InvalidAccessKeyId",
                    () -> s3.getObjectAsBytes(request -> request.bucket(name).key("k")));
        }
    }

    private static RawResponse anonymous(TestBucket bucket, String host, String target) {
        return RawConnection.exchange(bucket.server(), RawRequest.to("GET", host, target));
    }
}

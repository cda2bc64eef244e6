package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Policies;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.GetSymlinkRequest;
import com.qcloud.cos.model.GetSymlinkResult;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutSymlinkRequest;
import com.qcloud.cos.model.PutSymlinkResult;
import com.qcloud.cos.utils.Md5Utils;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symlinks: made, looked at, read through. */
@Shows({"GetSymlink", "PutSymlink"})
@ExtendWith(SharedCoffer.class)
class SymlinkIT {

    private static PutSymlinkResult link(TestBucket bucket, String link, String target) {
        return bucket.cos().putSymlink(new PutSymlinkRequest(bucket.name(), link, target));
    }

    private static GetSymlinkResult find(TestBucket bucket, String link) {
        return bucket.cos().getSymlink(new GetSymlinkRequest(bucket.name(), link, null));
    }

    private static RawRequest bodiless(RawRequest request) {
        return request.header("Content-Length", "0");
    }

    @Test
    void leadsToTheContentOfAnotherObject(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/css");
        bucket.put("docs/a", "text".getBytes(UTF_8), metadata);
        PutSymlinkResult made = link(bucket, "link", "docs/a");
        GetSymlinkResult found = find(bucket, "link");
        assertThat(found.getTarget()).isEqualTo("docs/a");
        assertThat(found.getETag()).isEqualTo(made.getETag()).isEqualTo("\"" + md5("docs/a") + "\"");
        assertThat(found.getContentLength()).isZero();
        assertThat(found.getLastModified()).isPositive();

        assertThat(bucket.text("link")).isEqualTo("text");
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "link");
        assertThat(head.getContentLength()).isEqualTo(4);
        assertThat(head.getContentType()).isEqualTo("text/css");
        assertThat(head.getETag()).as("of the symlink").isEqualTo(md5("docs/a"));
        assertThat(head.getCrc64Ecma())
                .isEqualTo(
                        bucket.cos().getObjectMetadata(bucket.name(), "docs/a").getCrc64Ecma());
        RawResponse part = bucket.exchange(bucket.request("GET", "/link").header("Range", "bytes=1-2"));
        assertThat(part.text()).isEqualTo("ex");
        assertThat(part.header("Content-Range")).contains("bytes 1-2/4");

        bucket.put("docs/a", "newer");
        assertThat(bucket.text("link")).isEqualTo("newer");
    }

    private static String md5(String text) {
        return Md5Utils.md5Hex(text);
    }

    /** The SDK for Java sends what it is given, that for Go encodes all of it. */
    @ParameterizedTest
    @CsvSource({
        "docs/a b, docs/a b",
        "docs%2Fa%20b, docs/a b",
        "%E6%97%85, 旅",
        "a+b, a+b",
        "100%25, 100%",
    })
    void readsBothSpellingsOfTheTarget(String sent, String target, TestBucket bucket) {
        bucket.put(target, "text");
        link(bucket, "link", sent);
        assertThat(bucket.text("link")).isEqualTo("text");
        assertThat(bucket.exchange("GET", "/link?symlink").header("x-cos-symlink-target"))
                .contains(target);
    }

    /** The SDK for Java does not get such a header signed; other clients do. */
    @Test
    void readsATargetThatIsNotEncoded(TestBucket bucket) {
        bucket.put("旅/é", "text");
        assertThat(bucket.exchange(
                                bodiless(bucket.request("PUT", "/link?symlink")).header("x-cos-symlink-target", "旅/é"))
                        .status())
                .isEqualTo(200);
        assertThat(bucket.text("link")).isEqualTo("text");
    }

    @Test
    void leadsNowhereWithoutATarget(TestBucket bucket) {
        link(bucket, "link", "later");
        assertRefused(404, "NoSuchKey", () -> bucket.text("link"));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "link")).isFalse();
        assertThat(find(bucket, "link").getTarget()).isEqualTo("later");
        bucket.put("later", "text");
        assertThat(bucket.text("link")).isEqualTo("text");
    }

    @Test
    void aSymlinkToASymlinkIsNotFollowed(TestBucket bucket) {
        bucket.put("a", "text");
        link(bucket, "b", "a");
        link(bucket, "c", "b");
        assertRefused(409, "InvalidObjectState", () -> bucket.text("c"));
        assertRefused(409, "InvalidObjectState", () -> bucket.cos().copyObject(bucket.name(), "c", bucket.name(), "d"));
    }

    @Test
    void isListedAndDeletedByItself(TestBucket bucket) {
        bucket.put("a", "text");
        link(bucket, "b", "a");
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries())
                .satisfiesExactly(object -> assertThat(object.getKey()).isEqualTo("a"), object -> {
                    assertThat(object.getKey()).isEqualTo("b");
                    assertThat(object.getSize()).isZero();
                    assertThat(object.getStorageClass()).isEqualTo("STANDARD");
                });
        bucket.cos().deleteObject(bucket.name(), "b");
        assertRefused(404, "NoSuchKey", () -> find(bucket, "b"));
        assertThat(bucket.text("a")).isEqualTo("text");
    }

    @Test
    void aCopyHasTheContentOfTheTarget(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        bucket.put("a", "text".getBytes(UTF_8), metadata);
        link(bucket, "b", "a");
        bucket.cos().copyObject(bucket.name(), "b", bucket.name(), "c");
        bucket.cos().deleteObject(bucket.name(), "a");
        assertThat(bucket.text("c")).isEqualTo("text");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "c").getUserMetadata())
                .containsEntry("colour", "red");

        bucket.put("a", "text");
        Multipart upload = Multipart.initiate(bucket, "film");
        CopyPartRequest part = new CopyPartRequest();
        part.setSourceBucketName(bucket.name());
        part.setSourceKey("b");
        part.setDestinationBucketName(bucket.name());
        part.setDestinationKey("film");
        part.setUploadId(upload.id());
        part.setPartNumber(1);
        upload.complete(List.of(bucket.cos().copyPart(part).getPartETag()));
        assertThat(bucket.text("film")).isEqualTo("text");

        bucket.cos().copyObject(bucket.name(), "b", bucket.name(), "b");
        assertAnswered(400, "InvalidArgument", bucket.exchange("GET", "/b?symlink"));
        assertThat(bucket.text("b")).isEqualTo("text");
    }

    @Test
    void hasVersionsOfItsOwn(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a", "of a");
        bucket.put("b", "of b");
        link(bucket, "link", "a");
        String first = find(bucket, "link").getVersionId();
        link(bucket, "link", "b");
        GetSymlinkResult second = find(bucket, "link");
        assertThat(second.getTarget()).isEqualTo("b");
        assertThat(second.getVersionId()).isNotEqualTo(first);
        assertThat(bucket.cos()
                        .getSymlink(new GetSymlinkRequest(bucket.name(), "link", first))
                        .getTarget())
                .isEqualTo("a");
        assertThat(bucket.text("link")).isEqualTo("of b");
        assertThat(bucket.text("link", first)).isEqualTo("of a");
        assertThat(bucket.exchange("GET", "/link").header("x-cos-version-id")).contains(second.getVersionId());
        assertRefused(
                404,
                "NoSuchVersion",
                () -> bucket.cos().getSymlink(new GetSymlinkRequest(bucket.name(), "link", "nonsense")));
        bucket.cos().deleteObject(bucket.name(), "link");
        assertRefused(404, "NoSuchKey", () -> find(bucket, "link"));
        assertThat(bucket.text("link", first)).isEqualTo("of a");
    }

    @Test
    void readingNeedsTheRightToBoth(TestBucket bucket) {
        bucket.put("open", "text");
        bucket.put("closed", "secret");
        link(bucket, "to-open", "open");
        link(bucket, "to-closed", "closed");
        link(bucket, "closed-to-open", "open");
        link(bucket, "to-absent", "absent");
        for (String key : List.of("open", "to-open", "to-closed", "to-absent")) {
            bucket.cos().setObjectAcl(bucket.name(), key, CannedAccessControlList.PublicRead);
        }
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.get("/to-open").text()).isEqualTo("text");
        assertThat(stranger.head("/to-open").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", stranger.get("/to-closed"));
        assertThat(stranger.head("/to-closed").status()).isEqualTo(403);
        assertAnswered(403, "AccessDenied", stranger.get("/closed-to-open"));
        assertAnswered(403, "AccessDenied", stranger.get("/to-absent"));
        bucket.cos()
                .setBucketPolicy(bucket.name(), Policies.of(Policies.everybody("deny", "GetObject", bucket, "closed")));
        assertRefused(403, "AccessDenied", () -> bucket.text("to-closed"));
        assertRefused(
                403, "AccessDenied", () -> bucket.cos().copyObject(bucket.name(), "to-closed", bucket.name(), "copy"));
    }

    /** A symlink would be an overwrite by another name. */
    @Test
    void whoMayNotWriteMayNotLink(TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(Policies.everybody("deny", "PutObject", bucket, "k")));
        assertRefused(403, "AccessDenied", () -> link(bucket, "k", "other"));
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400, InvalidArgument",
        "link, 400, InvalidArgument",
        "%zz, 400, InvalidArgument",
        "a%0d%0aset-cookie: x, 400, InvalidArgument",
        "%ff, 400, InvalidArgument",
    })
    void refusesATargetThatIsNone(String target, int status, String code, TestBucket bucket) {
        bucket.put("link", "text");
        RawResponse answer = bucket.exchange(
                bodiless(bucket.request("PUT", "/link?symlink")).header("x-cos-symlink-target", target));
        assertAnswered(status, code, answer);
        assertAnswered(400, code, bucket.exchange(bodiless(bucket.request("PUT", "/link?symlink"))));
        assertAnswered(
                400,
                "KeyTooLong",
                bucket.exchange(bodiless(bucket.request("PUT", "/link?symlink"))
                        .header("x-cos-symlink-target", "a".repeat(851))));
        assertThat(bucket.text("link")).isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        "x-cos-storage-class, ARCHIVE, 400, InvalidArgument",
        "x-cos-server-side-encryption, AES256, 400, SSEHeaderNotAllowed",
        "x-cos-forbid-overwrite, true, 409, FileAlreadyExists",
        "If-None-Match, *, 412, PreconditionFailed",
    })
    void refusesWhatASymlinkCannotBe(String header, String value, int status, String code, TestBucket bucket) {
        bucket.put("link", "text");
        assertAnswered(
                status,
                code,
                bucket.exchange(bodiless(bucket.request("PUT", "/link?symlink"))
                        .header("x-cos-symlink-target", "a")
                        .header(header, value)));
        assertThat(bucket.text("link")).isEqualTo("text");
    }

    @Test
    void keepsMetadataOfItsOwn(TestBucket bucket) {
        bucket.put("a", "text");
        assertThat(bucket.exchange(bodiless(bucket.request("PUT", "/link?symlink"))
                                .header("x-cos-symlink-target", "a")
                                .header("x-cos-meta-colour", "red"))
                        .status())
                .isEqualTo(200);
        assertThat(bucket.exchange("GET", "/link?symlink").header("x-cos-meta-colour"))
                .contains("red");
        assertThat(bucket.exchange("GET", "/link").header("x-cos-meta-colour")).isEmpty();
    }
}

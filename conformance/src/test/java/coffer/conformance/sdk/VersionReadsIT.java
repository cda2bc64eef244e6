package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.CopyObjectResult;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.GetObjectMetadataRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, copying and restoring versions. */
@ExtendWith(SharedCoffer.class)
class VersionReadsIT {
    /** Well formed, and never given to anything. */
    private static final String UNKNOWN = "MTg0NDUwMDAwMDAwMDAwMDAwMDE";

    @Test
    void headTellsOfTheVersionNamed(TestBucket bucket) {
        bucket.enableVersioning();
        ObjectMetadata described = new ObjectMetadata();
        described.setContentType("text/css");
        described.addUserMetadata("colour", "red");
        String first = bucket.put("k", "one".getBytes(UTF_8), described).getVersionId();
        String second = bucket.put("k", "second").getVersionId();
        ObjectMetadata old = bucket.cos().getObjectMetadata(new GetObjectMetadataRequest(bucket.name(), "k", first));
        assertThat(old.getVersionId()).isEqualTo(first);
        assertThat(old.getContentLength()).isEqualTo(3);
        assertThat(old.getContentType()).isEqualTo("text/css");
        assertThat(old.getUserMetadata()).containsEntry("colour", "red");
        ObjectMetadata current = bucket.cos().getObjectMetadata(bucket.name(), "k");
        assertThat(current.getVersionId()).isEqualTo(second);
        assertThat(current.getContentLength()).isEqualTo(6);
    }

    @Test
    void readsRangesOfAnOldVersion(TestBucket bucket) {
        bucket.enableVersioning();
        String id = bucket.put("k", "123456789").getVersionId();
        bucket.put("k", "abcdefghi");
        RawResponse part =
                bucket.exchange(bucket.request("GET", "/k?versionId=" + id).header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("345");
        assertThat(part.header("Content-Range")).contains("bytes 2-4/9");
        assertThat(part.header("x-cos-version-id")).contains(id);
        assertThat(part.header("ETag")).contains("\"25f9e794323b453885f5181f1b624d0b\"");
    }

    /** Beyond what lies with its metadata, and made of several parts. */
    @Test
    void largeVersionsStayWhole(TestBucket bucket) {
        bucket.enableVersioning();
        byte[] large = Scratch.bytes(3_000_001, 1);
        String first = bucket.put("k", large).getVersionId();
        Multipart upload = Multipart.initiate(bucket, "k");
        List<com.qcloud.cos.model.PartETag> parts = new java.util.ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            parts.add(upload.part(number, Multipart.MINIMUM));
        }
        String second = upload.complete(parts).getVersionId();
        bucket.cos().deleteObject(bucket.name(), "k");
        assertThat(bucket.text("k", first)).isEqualTo(new String(large, UTF_8));
        bucket.put("k", "small");
        bucket.cos().deleteVersion(bucket.name(), "k", first);
        RawResponse part = bucket.exchange(bucket.request("GET", "/k?versionId=" + second)
                .header("Range", "bytes=%d-%d".formatted(5 * Multipart.MINIMUM, 5 * Multipart.MINIMUM + 9)));
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOf(Multipart.bytes(6, Multipart.MINIMUM), 10));
    }

    @Test
    void honoursConditionsOnTheVersionNamed(TestBucket bucket) {
        bucket.enableVersioning();
        var first = bucket.put("k", "one");
        bucket.put("k", "two");
        String target = "/k?versionId=" + first.getVersionId();
        assertThat(conditional(bucket, target, "If-Match", first.getETag()).text())
                .isEqualTo("one");
        assertThat(conditional(bucket, "/k", "If-Match", first.getETag()).status())
                .isEqualTo(412);
        RawResponse same = conditional(bucket, target, "If-None-Match", first.getETag());
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("x-cos-version-id")).contains(first.getVersionId());
    }

    @Test
    void aDeletedObjectIsNotThereAndSaysWhy(TestBucket bucket) {
        bucket.enableVersioning();
        String kept = bucket.put("k", "kept").getVersionId();
        RawResponse deleted = bucket.exchange("DELETE", "/k");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("x-cos-delete-marker")).contains("true");
        String marker = deleted.header("x-cos-version-id").orElseThrow();
        assertThat(marker).isNotEqualTo(kept);

        for (String target : List.of("/k", "/k?versionId=" + marker)) {
            for (String method : List.of("GET", "HEAD")) {
                RawResponse answer = bucket.exchange(method, target);
                assertThat(answer.status()).as(method + " " + target).isEqualTo(404);
                assertThat(answer.header("x-cos-delete-marker")).contains("true");
                assertThat(answer.header("x-cos-version-id")).contains(marker);
            }
            assertThat(bucket.exchange("GET", target).errorCode()).isEqualTo("NoSuchKey");
        }
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
        assertThat(bucket.text("k", kept)).isEqualTo("kept");
    }

    @Test
    void anUnknownVersionIsNotFound(TestBucket bucket) {
        bucket.put("k", "text");
        for (String id : List.of(UNKNOWN, "nonsense", "%00", "NULL")) {
            RawResponse answer = bucket.exchange("GET", "/k?versionId=" + id);
            assertThat(answer.status() + answer.errorCode()).as(id).isEqualTo("404NoSuchVersion");
            assertThat(bucket.exchange("HEAD", "/k?versionId=" + id).status()).isEqualTo(404);
        }
        bucket.enableVersioning();
        bucket.put("k", "more");
        assertRefused(404, "NoSuchVersion", () -> bucket.text("k", UNKNOWN));
        assertRefused(404, "NoSuchVersion", () -> bucket.text("absent", "null"));
        assertThat(bucket.exchange("GET", "/absent").errorCode()).isEqualTo("NoSuchKey");
    }

    @Test
    void anIdOfAnotherKeyIsUnknown(TestBucket bucket) {
        bucket.enableVersioning();
        String id = bucket.put("a", "a").getVersionId();
        bucket.put("b", "b");
        assertRefused(404, "NoSuchVersion", () -> bucket.text("b", id));
    }

    @Test
    void aNullVersionCanBeNamedWithoutVersioning(TestBucket bucket) {
        bucket.put("k", "text");
        assertThat(bucket.text("k", "null")).isEqualTo("text");
        assertThat(bucket.exchange("DELETE", "/k?versionId=null").status()).isEqualTo(204);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void copiesFromAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("a", "old").getVersionId();
        bucket.put("a", "new");
        CopyObjectResult copied =
                bucket.cos().copyObject(request(bucket, "a", "b").withSourceVersionId(old));
        assertThat(bucket.text("b")).isEqualTo("old");
        assertThat(bucket.text("b", copied.getVersionId())).isEqualTo("old");
    }

    @Test
    void saysWhatItCopiedAndWhatItMade(TestBucket bucket) {
        bucket.enableVersioning();
        String source = bucket.put("a", "text").getVersionId();
        RawResponse copied = rawCopy(bucket, "/b", bucket.host() + "/a");
        assertThat(copied.status()).as(copied.text()).isEqualTo(200);
        assertThat(copied.elementNames()).containsExactly("ETag", "CRC64", "LastModified", "VersionId");
        assertThat(copied.header("x-cos-copy-source-version-id")).contains(source);
        assertThat(copied.header("x-cos-version-id")).contains(copied.element("VersionId"));
        bucket.suspendVersioning();
        RawResponse suspended = rawCopy(bucket, "/b", bucket.host() + "/a?versionId=" + source);
        assertThat(suspended.elementNames()).containsExactly("ETag", "CRC64", "LastModified");
        assertThat(suspended.header("x-cos-version-id")).isEmpty();
        assertThat(bucket.text("b", "null")).isEqualTo("text");
    }

    @Test
    void anOldVersionIsRestoredByACopyOverTheCurrentOne(TestBucket bucket) {
        bucket.enableVersioning();
        String good = bucket.put("k", "good").getVersionId();
        String bad = bucket.put("k", "bad").getVersionId();
        CopyObjectResult restored =
                bucket.cos().copyObject(request(bucket, "k", "k").withSourceVersionId(good));
        assertThat(bucket.text("k")).isEqualTo("good");
        assertThat(bucket.versions())
                .extracting(kept -> kept.getVersionId())
                .containsExactly(restored.getVersionId(), bad, good);
        bucket.cos().deleteVersion(bucket.name(), "k", good);
        assertThat(bucket.text("k")).isEqualTo("good");
    }

    @Test
    void aDeletedObjectIsRestoredByACopyOfAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        String good = bucket.put("k", "good").getVersionId();
        bucket.cos().deleteObject(bucket.name(), "k");
        bucket.cos().copyObject(request(bucket, "k", "k").withSourceVersionId(good));
        assertThat(bucket.text("k")).isEqualTo("good");
        assertThat(bucket.versions()).hasSize(3);
    }

    /** What is said of the old one stays, and each has bytes of its own. */
    @Test
    void aCopyOntoItselfMakesAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        byte[] bytes = Scratch.bytes(700_000, 2);
        String first = bucket.put("k", bytes).getVersionId();
        CopyObjectRequest changed = request(bucket, "k", "k");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("v", "2");
        changed.setNewObjectMetadata(metadata);
        String second = bucket.cos().copyObject(changed).getVersionId();
        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(bucket.cos()
                        .getObjectMetadata(new GetObjectMetadataRequest(bucket.name(), "k", first))
                        .getUserMetadata())
                .isEmpty();
        bucket.cos().deleteVersion(bucket.name(), "k", first);
        assertThat(bucket.bytes("k")).isEqualTo(bytes);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getUserMetadata())
                .containsEntry("v", "2");
    }

    @Test
    void aMarkerCannotBeCopied(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a", "text");
        String marker =
                bucket.exchange("DELETE", "/a").header("x-cos-version-id").orElseThrow();
        RawResponse current = rawCopy(bucket, "/b", bucket.host() + "/a");
        assertThat(current.status() + current.errorCode()).isEqualTo("404NoSuchKey");
        RawResponse named = rawCopy(bucket, "/b", bucket.host() + "/a?versionId=" + marker);
        assertThat(named.status() + named.errorCode()).isEqualTo("400InvalidCopySource");
        RawResponse unknown = rawCopy(bucket, "/b", bucket.host() + "/a?versionId=" + UNKNOWN);
        assertThat(unknown.status() + unknown.errorCode()).isEqualTo("404NoSuchVersion");
    }

    @Test
    void aPartIsCopiedFromAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("a", "old bytes").getVersionId();
        bucket.put("a", "new");
        Multipart upload = Multipart.initiate(bucket, "b");
        CopyPartRequest request = new CopyPartRequest();
        request.setSourceBucketName(bucket.name());
        request.setSourceKey("a");
        request.setSourceVersionId(old);
        request.setDestinationBucketName(bucket.name());
        request.setDestinationKey("b");
        request.setUploadId(upload.id());
        request.setPartNumber(1);
        upload.complete(List.of(bucket.cos().copyPart(request).getPartETag()));
        assertThat(bucket.text("b")).isEqualTo("old bytes");
        Multipart again = Multipart.initiate(bucket, "b");
        RawResponse copied =
                rawCopy(bucket, "/b?partNumber=1&uploadId=" + again.id(), bucket.host() + "/a?versionId=" + old);
        assertThat(copied.header("x-cos-copy-source-version-id")).contains(old);
        again.abort();
    }

    /** A browser's cache buster comes before, another SDK's spelling behind. */
    @ParameterizedTest
    @ValueSource(strings = {"?_=1&versionId=%s", "?VersionId=%s", "?versionId=%s&response-content-type=text/html"})
    void readsEverySpellingOfTheParameter(String pattern, TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("k", "old").getVersionId();
        bucket.put("k", "new");
        assertThat(bucket.exchange("GET", "/k" + pattern.formatted(old)).text()).isEqualTo("old");
    }

    @Test
    void aTransferReadsTheVersionItWasToldTo(TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("k", "123456789").getVersionId();
        bucket.put("k", "new");
        GetObjectRequest request = new GetObjectRequest(bucket.name(), "k", old);
        request.setRange(3, 5);
        assertThat(bucket.cos().getObject(request).getObjectMetadata().getContentLength())
                .isEqualTo(3);
    }

    private static RawResponse conditional(TestBucket bucket, String target, String header, String etag) {
        return bucket.exchange(bucket.request("GET", target).header(header, '"' + etag + '"'));
    }

    private static RawResponse rawCopy(TestBucket bucket, String target, String source) {
        return bucket.exchange(bucket.request("PUT", target)
                .header("x-cos-copy-source", source)
                .header("Content-Length", "0"));
    }

    private static CopyObjectRequest request(TestBucket bucket, String from, String to) {
        return new CopyObjectRequest(bucket.name(), from, bucket.name(), to);
    }
}

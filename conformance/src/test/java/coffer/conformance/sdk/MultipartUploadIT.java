package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.sdk.Multipart.MINIMUM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CompleteMultipartUploadResult;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.StorageClass;
import com.qcloud.cos.model.UploadPartResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Initiate, Upload Part, Complete and Abort Multipart Upload. */
@Shows({"InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "AbortMultipartUpload"})
@ExtendWith(SharedCoffer.class)
class MultipartUploadIT {
    @Test
    void assemblesThePartsInOrder(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        List<PartETag> parts = new ArrayList<>();
        parts.add(upload.part(2, MINIMUM + 17));
        parts.add(upload.part(3, 5));
        parts.addFirst(upload.part(1, MINIMUM));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "film")).isFalse();

        upload.complete(parts);
        byte[] whole = bucket.bytes("film");
        assertThat(whole).hasSize(MINIMUM + MINIMUM + 17 + 5);
        assertThat(Arrays.copyOf(whole, MINIMUM)).isEqualTo(Multipart.bytes(1, MINIMUM));
        assertThat(Arrays.copyOfRange(whole, MINIMUM, 2 * MINIMUM + 17)).isEqualTo(Multipart.bytes(2, MINIMUM + 17));
        assertThat(Arrays.copyOfRange(whole, 2 * MINIMUM + 17, whole.length)).isEqualTo(Multipart.bytes(3, 5));
    }

    @Test
    void answersTheChecksumsOfPartsAndWhole(TestBucket bucket) {
        byte[] first = "x".repeat(MINIMUM).getBytes(UTF_8);
        Multipart upload = Multipart.initiate(bucket, "film");
        UploadPartResult one = upload.part(1, first);
        UploadPartResult two = upload.part(2, "part-two".getBytes(UTF_8));
        assertThat(two.getCrc64Ecma()).isEqualTo("1237022182526227032");
        assertThat(two.getETag()).matches("[0-9a-f]{32}");
        CompleteMultipartUploadResult completed = upload.complete(List.of(one.getPartETag(), two.getPartETag()));
        assertThat(completed.getETag()).matches("[0-9a-f]{32}-2");
        assertThat(completed.getKey()).isEqualTo("film");
        assertThat(completed.getBucketName()).isEqualTo(bucket.name());
        assertThat(completed.getLocation()).isEqualTo("http://" + bucket.host() + "/film");
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "film");
        assertThat(head.getETag()).isEqualTo(completed.getETag());
        assertThat(head.getCrc64Ecma()).isEqualTo(completed.getCrc64Ecma());
        byte[] whole = bucket.bytes("film");
        assertThat(bucket.put("same", whole).getCrc64Ecma()).isEqualTo(completed.getCrc64Ecma());
    }

    @Test
    void theObjectHasTheMetadataOfTheInitiation(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("video/mp4");
        metadata.addUserMetadata("title", "中義");
        InitiateMultipartUploadRequest request = new InitiateMultipartUploadRequest(bucket.name(), "film", metadata);
        request.setStorageClass(StorageClass.Standard_IA);
        Multipart upload = Multipart.initiate(bucket, request);
        upload.complete(List.of(upload.part(1, 10)));
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "film");
        assertThat(head.getContentType()).isEqualTo("video/mp4");
        assertThat(head.getUserMetadata()).containsEntry("title", "中義");
        assertThat(head.getStorageClass()).isEqualTo("STANDARD_IA");
    }

    @Test
    void aPartSentAgainReplacesTheFirst(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        PartETag old = upload.part(1, "old".getBytes(UTF_8)).getPartETag();
        PartETag now = upload.part(1, "new".getBytes(UTF_8)).getPartETag();
        assertRefused(400, "InvalidPart", () -> upload.complete(List.of(old)));
        upload.complete(List.of(now));
        assertThat(bucket.text("film")).isEqualTo("new");
    }

    @Test
    void partsNotListedAreLeftOut(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        PartETag first = upload.part(1, MINIMUM);
        upload.part(2, MINIMUM);
        PartETag third = upload.part(3, 3);
        upload.complete(List.of(first, third));
        assertThat(bucket.bytes("film")).hasSize(MINIMUM + 3);
    }

    @Test
    void refusesAPartWithAnotherETag(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        upload.part(1, 10);
        PartETag wrong = new PartETag(1, "0123456789abcdef0123456789abcdef");
        assertRefused(400, "InvalidPart", () -> upload.complete(List.of(wrong)));
        assertRefused(
                400,
                "InvalidPart",
                () -> upload.complete(List.of(new PartETag(2, "0123456789abcdef0123456789abcdef"))));
        assertThat(upload.parts().getParts()).hasSize(1);
    }

    @Test
    void refusesPartsOutOfOrder(TestBucket bucket) {
        // By hand: the SDK sorts.
        Multipart upload = Multipart.initiate(bucket, "film");
        String first = upload.part(1, MINIMUM).getETag();
        String second = upload.part(2, MINIMUM).getETag();
        RawResponse answer = complete(upload, part(2, second) + part(1, first));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidPartOrder");
        assertThat(complete(upload, part(1, first) + part(1, first)).errorCode())
                .isEqualTo("InvalidPartOrder");
    }

    @Test
    void takesETagsWithQuotesAndWithout(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        String first = upload.part(1, MINIMUM).getETag();
        String second = upload.part(2, 1).getETag();
        RawResponse answer = complete(upload, part(1, "&quot;" + first + "&quot;") + part(2, second));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.elementNames()).containsExactly("Location", "Bucket", "Key", "ETag");
        assertThat(answer.element("ETag")).matches("\"[0-9a-f]{32}-2\"");
    }

    @Test
    void refusesASmallPartBeforeTheLast(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        List<PartETag> parts = List.of(upload.part(1, MINIMUM - 1), upload.part(2, 10));
        assertRefused(400, "EntityTooSmall", () -> upload.complete(parts));
        upload.complete(List.of(upload.part(1, MINIMUM), parts.getLast()));
        assertThat(bucket.bytes("film")).hasSize(MINIMUM + 10);
    }

    @Test
    void refusesAnEmptyListOfParts(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        assertThat(complete(upload, "").errorCode()).isEqualTo("MalformedXML");
    }

    /** SDKs repeat Complete after a lost answer; the second must not look like a failure. */
    @Test
    void completingTwiceWithTheSamePartsIsOneSuccess(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        List<PartETag> parts = List.of(upload.part(1, 100));
        String etag = upload.complete(parts).getETag();
        assertThat(upload.complete(parts).getETag()).isEqualTo(etag);
        assertRefused(
                404,
                "NoSuchUpload",
                () -> upload.complete(List.of(new PartETag(1, "0123456789abcdef0123456789abcdef"))));
    }

    @Test
    void anAbortedUploadIsGone(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        PartETag part = upload.part(1, 100);
        upload.abort();
        assertRefused(404, "NoSuchUpload", () -> upload.part(2, 100));
        assertRefused(404, "NoSuchUpload", upload::parts);
        assertRefused(404, "NoSuchUpload", () -> upload.complete(List.of(part)));
        assertRefused(404, "NoSuchUpload", upload::abort);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "film")).isFalse();
    }

    @Test
    void anUploadBelongsToItsKey(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        Multipart elsewhere = new Multipart(bucket, "other", upload.id());
        assertRefused(404, "NoSuchUpload", () -> elsewhere.part(1, 10));
        assertRefused(404, "NoSuchUpload", elsewhere::parts);
    }

    @Test
    void twoUploadsOfOneKeyDoNotMeet(TestBucket bucket) {
        Multipart one = Multipart.initiate(bucket, "film");
        Multipart two = Multipart.initiate(bucket, "film");
        assertThat(one.id()).isNotEqualTo(two.id()).matches("[a-z0-9]{20,128}");
        PartETag first = one.part(1, "one".getBytes(UTF_8)).getPartETag();
        PartETag second = two.part(1, "two".getBytes(UTF_8)).getPartETag();
        two.complete(List.of(second));
        assertThat(bucket.text("film")).isEqualTo("two");
        one.complete(List.of(first));
        assertThat(bucket.text("film")).isEqualTo("one");
    }

    private static String part(int number, String etag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }

    private static RawResponse complete(Multipart upload, String parts) {
        return RawConnection.exchange(
                upload.bucket().server(),
                upload.bucket()
                        .request("POST", "/" + upload.key() + "?uploadId=" + upload.id())
                        .body("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>")
                        .signed());
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.Refusals.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.GetObjectMetadataRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.PutObjectResult;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** SSE-COS, SSE-KMS and SSE-C in what the Java SDK does with objects; {@link EncryptionCopyIT} copies them. */
@ExtendWith(SharedCoffer.class)
class EncryptionIT {
    /** More than is kept in a row, and more than a chunk. */
    private static final int LARGE = 3_000_001;

    @ParameterizedTest
    @CsvSource({
        "COS, 0", "COS, 1", "COS, 70000", "COS, 3000001",
        "KMS, 0", "KMS, 1", "KMS, 70000", "KMS, 3000001",
        "CUSTOMER, 0", "CUSTOMER, 1", "CUSTOMER, 70000", "CUSTOMER, 3000001",
    })
    void readsWhatWasWritten(Sse kind, int length, TestBucket bucket) {
        byte[] bytes = Scratch.bytes(length, 1);
        PutObjectResult put = kind.putNow(bucket, "k", bytes);
        assertThat(kind.bytes(bucket, "k")).isEqualTo(bytes);
        ObjectMetadata head = kind.head(bucket, "k");
        assertThat(head.getContentLength()).isEqualTo(length);
        assertThat(head.getETag()).isEqualTo(put.getETag()).matches("[0-9a-f]{32}");
        assertThat(head.getETag().equals(DigestUtils.md5Hex(bytes))).isEqualTo(kind == Sse.COS);
        assertThat(put.getCrc64Ecma()).isEqualTo(head.getCrc64Ecma());
    }

    @ParameterizedTest
    @EnumSource
    void answersSayWhichKindItIs(Sse kind, TestBucket bucket) {
        PutObjectResult put = kind.putNow(bucket, "k", Scratch.bytes(1000, 2));
        Map<String, Object> head = kind.head(bucket, "k").getRawMetadata();
        switch (kind) {
            case COS -> assertThat(head).containsEntry("x-cos-server-side-encryption", "AES256");
            case KMS ->
                assertThat(head)
                        .containsEntry("x-cos-server-side-encryption", "cos/kms")
                        .containsEntry("x-cos-server-side-encryption-cos-kms-key-id", "k1");
            case CUSTOMER -> {
                assertThat(put.getSSECustomerAlgorithm()).isEqualTo("AES256");
                assertThat(head)
                        .containsEntry("x-cos-server-side-encryption-customer-algorithm", "AES256")
                        .containsEntry("x-cos-server-side-encryption-customer-key-MD5", put.getSSECustomerKeyMd5())
                        .doesNotContainKey("x-cos-server-side-encryption-customer-key");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsRanges(Sse kind, TestBucket bucket) {
        byte[] bytes = Scratch.bytes(LARGE, 3);
        kind.putNow(bucket, "large", bytes);
        kind.putNow(bucket, "small", Arrays.copyOf(bytes, 200_000));
        for (String key : List.of("large", "small")) {
            int length = key.equals("large") ? LARGE : 200_000;
            for (int[] range :
                    new int[][] {{0, 0}, {65_519, 65_520}, {65_520, 131_039}, {100, 199_000}, {length - 1, length - 1}
                    }) {
                GetObjectRequest request = kind.get(bucket, key);
                request.setRange(range[0], range[1]);
                assertThat(Sse.bytes(bucket, request))
                        .as("%s %s", key, Arrays.toString(range))
                        .isEqualTo(Arrays.copyOfRange(bytes, range[0], range[1] + 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void uploadsInParts(Sse kind, TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, kind.initiate(bucket, "film"));
        byte[] first = Scratch.bytes(Multipart.MINIMUM, 4);
        byte[] second = Scratch.bytes(77_777, 5);
        PartETag two = part(kind, upload, 2, second);
        part(kind, upload, 1, Scratch.bytes(Multipart.MINIMUM, 6));
        PartETag one = part(kind, upload, 1, first);
        assertThat(one.getETag().equals(DigestUtils.md5Hex(first))).isEqualTo(kind != Sse.CUSTOMER);
        assertThat(upload.parts().getParts())
                .extracting(part -> part.getETag())
                .containsExactly(one.getETag(), two.getETag());
        upload.complete(List.of(one, two));
        byte[] whole = kind.bytes(bucket, "film");
        assertThat(Arrays.copyOf(whole, first.length)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(whole, first.length, whole.length)).isEqualTo(second);
        GetObjectRequest across = kind.get(bucket, "film");
        across.setRange(first.length - 10, first.length + 9);
        assertThat(Sse.bytes(bucket, across))
                .isEqualTo(Arrays.copyOfRange(whole, first.length - 10, first.length + 10));
        assertThat(kind.head(bucket, "film").getETag()).matches("[0-9a-f]{32}-2");
    }

    /** Six parts: their list does not stand in the object's own row. */
    @ParameterizedTest
    @EnumSource
    void copiesPartsFromObjectsOfEachKind(Sse kind, TestBucket bucket) {
        byte[] source = Scratch.bytes(Multipart.MINIMUM + 5, 7);
        for (Sse from : Sse.values()) {
            from.putNow(bucket, "source " + from, source);
        }
        Multipart upload = Multipart.initiate(bucket, kind.initiate(bucket, "copy"));
        List<PartETag> parts = new ArrayList<>();
        List<Sse> kinds = List.of(Sse.values());
        for (int number = 1; number <= 6; number++) {
            Sse from = kinds.get(number % 3);
            CopyPartRequest request = new CopyPartRequest();
            request.setSourceBucketName(bucket.name());
            request.setSourceKey("source " + from);
            request.setDestinationBucketName(bucket.name());
            request.setDestinationKey("copy");
            request.setUploadId(upload.id());
            request.setPartNumber(number);
            request.setFirstByte(5L);
            request.setLastByte((long) source.length - 1);
            from.customerKey().ifPresent(request::setSourceSSECustomerKey);
            kind.customerKey().ifPresent(request::setDestinationSSECustomerKey);
            parts.add(bucket.cos().copyPart(request).getPartETag());
        }
        bucket.cos()
                .completeMultipartUpload(new CompleteMultipartUploadRequest(bucket.name(), "copy", upload.id(), parts));
        byte[] whole = kind.bytes(bucket, "copy");
        assertThat(whole).hasSize(6 * Multipart.MINIMUM);
        for (int at = 0; at < whole.length; at += Multipart.MINIMUM) {
            assertThat(Arrays.copyOfRange(whole, at, at + Multipart.MINIMUM))
                    .isEqualTo(Arrays.copyOfRange(source, 5, source.length));
        }
    }

    /** Short ones are joined to one tail, which is sealed anew; then it becomes an extent, and a long one follows. */
    @ParameterizedTest
    @EnumSource
    void appends(Sse kind, TestBucket bucket) {
        byte[] bytes = Scratch.bytes(900_000, 8);
        int[] cuts = {0, 0, 10, 10, 40_000, 80_000, 80_100, 800_000, 800_001, 900_000};
        for (int i = 1; i < cuts.length; i++) {
            assertThat(kind.append(bucket, "log", cuts[i - 1], Arrays.copyOfRange(bytes, cuts[i - 1], cuts[i])))
                    .isEqualTo(cuts[i]);
            assertThat(kind.bytes(bucket, "log")).isEqualTo(Arrays.copyOf(bytes, cuts[i]));
        }
        assertThat(kind.head(bucket, "log").getRawMetadata()).containsEntry("x-cos-object-type", "appendable");
    }

    @Test
    void whatIsEncryptedIsListedLikeTheRest(TestBucket bucket) {
        Sse.CUSTOMER.putNow(bucket, "c", Scratch.bytes(600_000, 9));
        Sse.COS.putNow(bucket, "s", Scratch.bytes(5, 9));
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries())
                .extracting(object -> object.getKey() + " " + object.getSize())
                .containsExactly("c 600000", "s 5");
    }

    @Test
    void theCustomersKeyIsNeededForAllThatReads(TestBucket bucket) {
        Sse.CUSTOMER.putNow(bucket, "k", Scratch.bytes(1000, 10));
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.cos().getObject(bucket.name(), "k"));
        assertStatus(400, () -> bucket.cos().getObjectMetadata(bucket.name(), "k"));
        GetObjectRequest get = new GetObjectRequest(bucket.name(), "k");
        get.setSSECustomerKey(Sse.OTHER_KEY);
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> bucket.cos().getObject(get));
        GetObjectMetadataRequest head = new GetObjectMetadataRequest(bucket.name(), "k");
        head.setSSECustomerKey(Sse.OTHER_KEY);
        assertStatus(400, () -> bucket.cos().getObjectMetadata(head));
        bucket.cos().deleteObject(bucket.name(), "k");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void theCustomersKeyIsNeededForAllThatAddsToAnObject(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, Sse.CUSTOMER.initiate(bucket, "film"));
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> upload.part(1, new byte[10]));
        assertThat(upload.parts().getParts()).isEmpty();
        Sse.CUSTOMER.append(bucket, "log", 0, new byte[10]);
        assertRefused(400, "InvalidRequest", () -> {
            Sse.COS.append(bucket, "plain", 0, new byte[10]);
            Sse.CUSTOMER.append(bucket, "plain", 10, new byte[10]);
        });
        assertRefused(400, "SsecDecryptHeaderInvalid", () -> Sse.COS.append(bucket, "log", 10, new byte[10]));
        assertThat(Sse.CUSTOMER.bytes(bucket, "log")).hasSize(10);
    }

    @Test
    void aKeyThatIsNotNeededIsRefused(TestBucket bucket) {
        bucket.put("k", "text");
        GetObjectRequest get = new GetObjectRequest(bucket.name(), "k");
        get.setSSECustomerKey(Sse.KEY);
        assertRefused(400, "InvalidRequest", () -> bucket.cos().getObject(get));
    }

    private static PartETag part(Sse kind, Multipart upload, int number, byte[] bytes) {
        UploadPartRequest request = new UploadPartRequest()
                .withBucketName(upload.bucket().name())
                .withKey(upload.key())
                .withUploadId(upload.id())
                .withPartNumber(number)
                .withPartSize(bytes.length)
                .withInputStream(new ByteArrayInputStream(bytes));
        return upload.bucket().cos().uploadPart(kind.part(request)).getPartETag();
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.sdk.Multipart.MINIMUM;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.CopyPartResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Upload Part - Copy. */
@Shows("UploadPartCopy")
@ExtendWith(SharedCoffer.class)
class PartCopyIT {
    @Test
    void assemblesAnObjectFromRangesOfAnother(TestBucket source, TestBucket target) {
        byte[] bytes = Scratch.bytes(3 * MINIMUM, 11);
        source.put("a", bytes);
        Multipart upload = Multipart.initiate(target, "b");
        CopyPartResult first = copy(upload, source, 1, MINIMUM, 2L * MINIMUM - 1);
        CopyPartResult second = copy(upload, source, 2, 0, 99);
        assertThat(first.getETag()).matches("[0-9a-f]{32}");
        assertThat(first.getCrc64Ecma()).matches("\\d+");
        upload.complete(List.of(first.getPartETag(), second.getPartETag()));
        byte[] whole = target.bytes("b");
        assertThat(Arrays.copyOf(whole, MINIMUM)).isEqualTo(Arrays.copyOfRange(bytes, MINIMUM, 2 * MINIMUM));
        assertThat(Arrays.copyOfRange(whole, MINIMUM, whole.length)).isEqualTo(Arrays.copyOf(bytes, 100));
        assertThat(target.cos().getObjectMetadata(target.name(), "b").getCrc64Ecma())
                .isEqualTo(target.put("same", whole).getCrc64Ecma());
    }

    /** Python always sends the range header, empty when it wants everything. */
    @Test
    void anEmptyRangeIsTheWholeSource(TestBucket bucket) {
        bucket.put("a", "all of it");
        Multipart upload = Multipart.initiate(bucket, "b");
        RawResponse answer = rawCopy(upload, "a", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.xml().getNodeName()).isEqualTo("CopyPartResult");
        assertThat(answer.elementNames()).contains("ETag", "CRC64", "LastModified");
        assertThat(upload.parts().getParts().getFirst().getSize()).isEqualTo(9);
    }

    @Test
    void refusesARangeBeyondTheSource(TestBucket bucket) {
        bucket.put("a", "short");
        Multipart upload = Multipart.initiate(bucket, "b");
        assertThat(rawCopy(upload, "a", "bytes=3-5").errorCode()).isIn("InvalidRange", "InvalidArgument");
        assertThat(rawCopy(upload, "a", "bytes=5-9").errorCode()).isIn("InvalidRange", "InvalidArgument");
        assertThat(upload.parts().getParts()).isEmpty();
    }

    @Test
    void refusesAMissingSource(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "b");
        assertThat(rawCopy(upload, "missing", "").status()).isEqualTo(404);
    }

    private static CopyPartResult copy(Multipart upload, TestBucket source, int number, long first, long last) {
        return source.cos()
                .copyPart(new CopyPartRequest()
                        .withSourceBucketName(source.name())
                        .withSourceKey("a")
                        .withDestinationBucketName(upload.bucket().name())
                        .withDestinationKey(upload.key())
                        .withUploadId(upload.id())
                        .withPartNumber(number)
                        .withFirstByte(first)
                        .withLastByte(last));
    }

    private static RawResponse rawCopy(Multipart upload, String sourceKey, String range) {
        TestBucket bucket = upload.bucket();
        return RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/" + upload.key() + "?partNumber=1&uploadId=" + upload.id())
                        .header("x-cos-copy-source", bucket.host() + "/" + sourceKey)
                        .header("x-cos-copy-source-range", range)
                        .header("Content-Length", "0")
                        .signed());
    }
}

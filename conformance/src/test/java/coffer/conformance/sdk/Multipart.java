package coffer.conformance.sdk;

import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AbortMultipartUploadRequest;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.CompleteMultipartUploadResult;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListPartsRequest;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.PartListing;
import com.qcloud.cos.model.UploadPartRequest;
import com.qcloud.cos.model.UploadPartResult;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One multipart upload of a test.
 *
 * @param bucket where to
 * @param key of the object to be
 * @param id of the upload
 */
record Multipart(TestBucket bucket, String key, String id) {
    /** The least a part but the last may have. */
    static final int MINIMUM = 1 << 20;

    /** Initiates an upload. */
    static Multipart initiate(TestBucket bucket, String key) {
        return initiate(bucket, new InitiateMultipartUploadRequest(bucket.name(), key));
    }

    /** Initiates an upload. */
    static Multipart initiate(TestBucket bucket, InitiateMultipartUploadRequest request) {
        String id = bucket.cos().initiateMultipartUpload(request).getUploadId();
        return new Multipart(bucket, request.getKey(), id);
    }

    /** Uploads a part of {@code size} bytes, made from its number. */
    PartETag part(int number, int size) {
        return part(number, bytes(number, size)).getPartETag();
    }

    /** Uploads a part. */
    UploadPartResult part(int number, byte[] bytes) {
        return bucket.cos()
                .uploadPart(new UploadPartRequest()
                        .withBucketName(bucket.name())
                        .withKey(key)
                        .withUploadId(id)
                        .withPartNumber(number)
                        .withPartSize(bytes.length)
                        .withInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Completes the upload with these parts, which the SDK sorts. */
    CompleteMultipartUploadResult complete(List<PartETag> parts) {
        return bucket.cos()
                .completeMultipartUpload(
                        new CompleteMultipartUploadRequest(bucket.name(), key, id, new ArrayList<>(parts)));
    }

    /** Aborts the upload. */
    void abort() {
        bucket.cos().abortMultipartUpload(new AbortMultipartUploadRequest(bucket.name(), key, id));
    }

    /** The first thousand parts. */
    PartListing parts() {
        return bucket.cos().listParts(new ListPartsRequest(bucket.name(), key, id));
    }

    /** What {@link #part(int, int)} sends. */
    static byte[] bytes(int number, int size) {
        return Scratch.bytes(size, number);
    }
}

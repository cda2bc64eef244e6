package coffer.conformance.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.GetObjectMetadataRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.PutObjectResult;
import com.qcloud.cos.model.SSECOSKeyManagementParams;
import com.qcloud.cos.model.SSECustomerKey;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

/** The kinds of encryption, asked for as the Java SDK asks for them. */
enum Sse {
    /** A key of the server's. */
    COS,
    /** A master key of the server's, bound to a context. */
    KMS,
    /** A key of the customer's. */
    CUSTOMER;

    /** The key of {@link #CUSTOMER}. */
    static final SSECustomerKey KEY = key('k');

    /** A key that nothing was written with. */
    static final SSECustomerKey OTHER_KEY = key('o');

    private static final String CONTEXT = Base64.getEncoder().encodeToString("{\"team\":\"a\"}".getBytes(UTF_8));

    private static SSECustomerKey key(char letter) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) letter);
        return new SSECustomerKey(Base64.getEncoder().encodeToString(bytes));
    }

    private SSECOSKeyManagementParams kms() {
        return new SSECOSKeyManagementParams("k1", CONTEXT);
    }

    PutObjectRequest put(TestBucket bucket, String key, byte[] bytes) {
        return ask(new PutObjectRequest(bucket.name(), key, new ByteArrayInputStream(bytes), metadata(bytes)));
    }

    PutObjectResult putNow(TestBucket bucket, String key, byte[] bytes) {
        return bucket.cos().putObject(put(bucket, key, bytes));
    }

    long append(TestBucket bucket, String key, long position, byte[] bytes) {
        AppendObjectRequest request =
                new AppendObjectRequest(bucket.name(), key, new ByteArrayInputStream(bytes), metadata(bytes));
        request.setPosition(position);
        ask(request);
        return bucket.cos().appendObject(request).getNextAppendPosition();
    }

    private ObjectMetadata metadata(byte[] bytes) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        return this == COS ? encrypted(metadata) : metadata;
    }

    private static ObjectMetadata encrypted(ObjectMetadata metadata) {
        metadata.setServerSideEncryption("AES256");
        return metadata;
    }

    private PutObjectRequest ask(PutObjectRequest request) {
        switch (this) {
            case COS -> {} // in the metadata
            case KMS -> request.setSSECOSKeyManagementParams(kms());
            case CUSTOMER -> request.setSSECustomerKey(KEY);
        }
        return request;
    }

    InitiateMultipartUploadRequest initiate(TestBucket bucket, String key) {
        InitiateMultipartUploadRequest request = new InitiateMultipartUploadRequest(bucket.name(), key);
        switch (this) {
            case COS -> request.setObjectMetadata(encrypted(new ObjectMetadata()));
            case KMS -> request.setSSECOSKeyManagementParams(kms());
            case CUSTOMER -> request.setSSECustomerKey(KEY);
        }
        return request;
    }

    /** As the destination of a copy. */
    CopyObjectRequest to(CopyObjectRequest request) {
        switch (this) {
            case COS -> request.setNewObjectMetadata(encrypted(new ObjectMetadata()));
            case KMS -> request.setSSECOSKeyManagementParams(kms());
            case CUSTOMER -> request.setDestinationSSECustomerKey(KEY);
        }
        return request;
    }

    /** As the source of a copy. */
    CopyObjectRequest from(CopyObjectRequest request) {
        customerKey().ifPresent(request::setSourceSSECustomerKey);
        return request;
    }

    Optional<SSECustomerKey> customerKey() {
        return this == CUSTOMER ? Optional.of(KEY) : Optional.empty();
    }

    UploadPartRequest part(UploadPartRequest request) {
        customerKey().ifPresent(request::setSSECustomerKey);
        return request;
    }

    GetObjectRequest get(TestBucket bucket, String key) {
        GetObjectRequest request = new GetObjectRequest(bucket.name(), key);
        customerKey().ifPresent(request::setSSECustomerKey);
        return request;
    }

    ObjectMetadata head(TestBucket bucket, String key) {
        GetObjectMetadataRequest request = new GetObjectMetadataRequest(bucket.name(), key);
        customerKey().ifPresent(request::setSSECustomerKey);
        return bucket.cos().getObjectMetadata(request);
    }

    byte[] bytes(TestBucket bucket, String key) {
        return bytes(bucket, get(bucket, key));
    }

    static byte[] bytes(TestBucket bucket, GetObjectRequest request) {
        try (COSObject object = bucket.cos().getObject(request)) {
            return object.getObjectContent().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

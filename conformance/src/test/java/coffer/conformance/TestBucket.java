package coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.MultiObjectDeleteException;
import com.qcloud.cos.model.AbortMultipartUploadRequest;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.DeleteObjectsRequest.KeyVersion;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ListMultipartUploadsRequest;
import com.qcloud.cos.model.ListVersionsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectResult;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.VersionListing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A bucket of one test.
 *
 * @param server where it is
 * @param cos a client of that server, shared
 * @param name with the APPID
 */
public record TestBucket(CofferProcess server, COSClient cos, String name) {
    /** Creates the bucket. */
    public static TestBucket create(CofferProcess server, COSClient cos, String name) {
        cos.createBucket(name);
        return new TestBucket(server, cos, name);
    }

    /** Deletes all that is in the bucket, and the bucket, unless the test has done so; what is locked stays with its bucket. */
    void remove() {
        // The only request that no policy can deny.
        RawConnection.exchange(server, request("DELETE", "/?policy").signed());
        if (!cos.doesBucketExist(name)) {
            return;
        }
        abortUploads();
        List<KeyVersion> kept = firstThousand();
        while (!kept.isEmpty()) {
            DeleteObjectsRequest request = new DeleteObjectsRequest(name);
            request.setQuiet(true);
            request.setKeys(kept);
            try {
                cos.deleteObjects(request);
            } catch (MultiObjectDeleteException refused) {
                if (refused.getErrors().stream()
                        .anyMatch(error -> error.getCode().equals("ObjectLocked"))) {
                    return;
                }
                throw refused;
            }
            kept = firstThousand();
        }
        cos.deleteBucket(name);
    }

    /** Aborts the uploads of the bucket, a thousand at most. */
    public void abortUploads() {
        cos.listMultipartUploads(new ListMultipartUploadsRequest(name))
                .getMultipartUploads()
                .forEach(upload -> cos.abortMultipartUpload(
                        new AbortMultipartUploadRequest(name, upload.getKey(), upload.getUploadId())));
    }

    private List<KeyVersion> firstThousand() {
        return cos.listVersions(new ListVersionsRequest().withBucketName(name)).getVersionSummaries().stream()
                .map(TestBucket::named)
                .toList();
    }

    /** Where a bucket was never versioned, the id is empty. */
    private static KeyVersion named(COSVersionSummary kept) {
        return kept.getVersionId().isEmpty()
                ? new KeyVersion(kept.getKey())
                : new KeyVersion(kept.getKey(), kept.getVersionId());
    }

    /** Has every version kept from now on. */
    public void enableVersioning() {
        setVersioning(BucketVersioningConfiguration.ENABLED);
    }

    /** Has no more versions made; those that are there stay. */
    public void suspendVersioning() {
        setVersioning(BucketVersioningConfiguration.SUSPENDED);
    }

    private void setVersioning(String status) {
        cos.setBucketVersioningConfiguration(
                new SetBucketVersioningConfigurationRequest(name, new BucketVersioningConfiguration(status)));
    }

    /** All versions and delete markers, page after page. */
    public List<COSVersionSummary> versions() {
        VersionListing page = cos.listVersions(new ListVersionsRequest().withBucketName(name));
        List<COSVersionSummary> all = new ArrayList<>(page.getVersionSummaries());
        while (page.isTruncated()) {
            page = cos.listNextBatchOfVersions(page);
            all.addAll(page.getVersionSummaries());
        }
        return all;
    }

    /** The name a client puts into the Host header. */
    public String host() {
        return Account.host(name);
    }

    /** Puts text as an object. */
    public PutObjectResult put(String key, String text) {
        return put(key, text.getBytes(UTF_8));
    }

    /** Puts bytes as an object. */
    public PutObjectResult put(String key, byte[] bytes) {
        return put(key, bytes, new ObjectMetadata());
    }

    /** Puts bytes as an object with metadata, whose length is set here. */
    public PutObjectResult put(String key, byte[] bytes, ObjectMetadata metadata) {
        metadata.setContentLength(bytes.length);
        return cos.putObject(name, key, new ByteArrayInputStream(bytes), metadata);
    }

    /** Reads an object whole. */
    public byte[] bytes(String key) {
        return bytes(new GetObjectRequest(name, key));
    }

    private byte[] bytes(GetObjectRequest request) {
        try (COSObject object = cos.getObject(request)) {
            return object.getObjectContent().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an object whole, as text. */
    public String text(String key) {
        return new String(bytes(key), UTF_8);
    }

    /** Reads a version whole, as text. */
    public String text(String key, String versionId) {
        return new String(bytes(new GetObjectRequest(name, key, versionId)), UTF_8);
    }

    /** Sends a request written by hand with a signature over all it has. */
    public RawResponse signed(RawRequest request) {
        return RawConnection.exchange(server, request.signed());
    }

    /** An open connection to the server, for requests written by hand. */
    public RawConnection connect() {
        return RawConnection.open(server);
    }

    /** A request to this bucket, to be signed and written by hand. {@code target} is the request target as it travels. */
    public RawRequest request(String method, String target) {
        return RawRequest.to(method, host(), target);
    }

    /** Signs and sends a request to this bucket. */
    public RawResponse exchange(String method, String target) {
        return exchange(request(method, target));
    }

    /** Signs and sends a request. */
    public RawResponse exchange(RawRequest request) {
        return RawConnection.exchange(server, request.signed());
    }
}

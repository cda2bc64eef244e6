package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectResult;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT and GET Bucket versioning, and what each state does to writes. */
@Shows({"PutBucketVersioning", "GetBucketVersioning"})
@ExtendWith(SharedCoffer.class)
class VersioningIT {
    @Test
    void isEnabledSuspendedAndEnabledAgain(TestBucket bucket) {
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.OFF);
        bucket.enableVersioning();
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.ENABLED);
        bucket.suspendVersioning();
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.SUSPENDED);
        bucket.enableVersioning();
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.ENABLED);
    }

    @Test
    void isAnsweredWithAStatusAndNothingElse(TestBucket bucket) {
        bucket.enableVersioning();
        RawResponse answer = bucket.exchange("GET", "/?versioning");
        assertThat(answer.xml().getNodeName()).isEqualTo("VersioningConfiguration");
        assertThat(answer.elementNames()).containsExactly("Status");
        assertThat(answer.element("Status")).isEqualTo("Enabled");
    }

    /** Python writes an S3 name space, S3's tools an element that COS does not have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
                "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><MfaDelete>Disabled"
                        + "</MfaDelete><Status>Enabled</Status></VersioningConfiguration>",
            })
    void readsWhatClientsWrite(String document, TestBucket bucket) {
        RawResponse answer = set(bucket, document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.ENABLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<VersioningConfiguration><Status>enabled</Status></VersioningConfiguration>",
                "<VersioningConfiguration><Status>Disabled</Status></VersioningConfiguration>",
                "<VersioningConfiguration><Status/></VersioningConfiguration>",
                "<VersioningConfiguration/>",
                "<Versioning><Status>Enabled</Status></Versioning>",
                "Enabled",
            })
    void refusesAnyOtherStatus(String document, TestBucket bucket) {
        RawResponse answer = set(bucket, document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidArgument", "MalformedXML");
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.OFF);
    }

    @Test
    void everyWriteMakesAVersionThatStays(TestBucket bucket) {
        bucket.enableVersioning();
        PutObjectResult first = bucket.put("k", "one");
        PutObjectResult second = bucket.put("k", "two");
        assertThat(first.getVersionId()).matches("[A-Za-z0-9_-]{27}").isNotEqualTo(second.getVersionId());
        assertThat(bucket.text("k")).isEqualTo("two");
        assertThat(bucket.text("k", first.getVersionId())).isEqualTo("one");
        assertThat(bucket.text("k", second.getVersionId())).isEqualTo("two");
    }

    @Test
    void aBucketThatIsNotVersionedSpeaksOfNoVersion(TestBucket bucket) {
        assertThat(bucket.put("k", "text").getVersionId()).isNull();
        assertThat(bucket.exchange("GET", "/k").header("x-cos-version-id")).isEmpty();
        assertThat(bucket.exchange("HEAD", "/k").header("x-cos-version-id")).isEmpty();
        RawResponse deleted = bucket.exchange("DELETE", "/k");
        assertThat(deleted.header("x-cos-version-id")).isEmpty();
        assertThat(deleted.header("x-cos-delete-marker")).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsTheNullVersion(TestBucket bucket) {
        bucket.put("k", "before");
        bucket.enableVersioning();
        assertThat(bucket.text("k")).isEqualTo("before");
        assertThat(bucket.exchange("HEAD", "/k").header("x-cos-version-id")).contains("null");
        String id = bucket.put("k", "after").getVersionId();
        assertThat(bucket.text("k")).isEqualTo("after");
        assertThat(bucket.text("k", "null")).isEqualTo("before");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId, COSVersionSummary::isLatest)
                .containsExactly(tuple(id, true), tuple("null", false));
    }

    @Test
    void whileSuspendedOneNullVersionReplacesTheOther(TestBucket bucket) {
        bucket.put("k", "before");
        bucket.enableVersioning();
        String kept = bucket.put("k", "kept").getVersionId();
        bucket.suspendVersioning();
        assertThat(bucket.put("k", "suspended").getVersionId()).isNull();
        assertThat(bucket.put("k", "suspended again").getVersionId()).isNull();
        assertThat(bucket.text("k")).isEqualTo("suspended again");
        assertThat(bucket.text("k", "null")).isEqualTo("suspended again");
        assertThat(bucket.text("k", kept)).isEqualTo("kept");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId, COSVersionSummary::isLatest)
                .containsExactly(tuple("null", true), tuple(kept, false));
        bucket.enableVersioning();
        String last = bucket.put("k", "enabled again").getVersionId();
        assertThat(bucket.text("k", "null")).isEqualTo("suspended again");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId)
                .containsExactly(last, "null", kept);
    }

    @Test
    void aDeletionWhileSuspendedLeavesANullMarker(TestBucket bucket) {
        bucket.enableVersioning();
        String kept = bucket.put("k", "kept").getVersionId();
        bucket.suspendVersioning();
        bucket.put("k", "suspended");
        RawResponse deleted = bucket.exchange("DELETE", "/k");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("x-cos-delete-marker")).contains("true");
        assertThat(deleted.header("x-cos-version-id")).contains("null");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId, COSVersionSummary::isDeleteMarker)
                .containsExactly(tuple("null", true), tuple(kept, false));
        bucket.cos().deleteVersion(bucket.name(), "k", "null");
        assertThat(bucket.text("k")).isEqualTo("kept");
    }

    @Test
    void aFormMakesAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        var answer = PostObjectIT.post(bucket, PostObjectIT.form(bucket, "k"), "by a form");
        String id = answer.headers().firstValue("x-cos-version-id").orElseThrow();
        bucket.put("k", "later");
        assertThat(bucket.text("k", id)).isEqualTo("by a form");
        bucket.suspendVersioning();
        assertThat(PostObjectIT.post(bucket, PostObjectIT.form(bucket, "k"), "suspended")
                        .headers()
                        .firstValue("x-cos-version-id"))
                .isEmpty();
        assertThat(bucket.text("k", "null")).isEqualTo("suspended");
    }

    @Test
    void aCompletedUploadMakesAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        Multipart upload = Multipart.initiate(bucket, "k");
        String id = upload.complete(List.of(upload.part(1, 100))).getVersionId();
        bucket.put("k", "later");
        assertThat(bucket.text("k", id)).isEqualTo(new String(Multipart.bytes(1, 100), UTF_8));
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId)
                .contains(id);
    }

    @Test
    void anUploadCompletedWhileSuspendedIsAnsweredWithNull(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.suspendVersioning();
        Multipart upload = Multipart.initiate(bucket, "k");
        assertThat(upload.complete(List.of(upload.part(1, 100))).getVersionId()).isEqualTo("null");
    }

    @Test
    void whatGrowsHasNoVersions(TestBucket bucket) {
        append(bucket, 0);
        bucket.enableVersioning();
        assertRefused(409, "InvalidBucketState", () -> append(bucket, 1));
        bucket.suspendVersioning();
        assertRefused(409, "InvalidBucketState", () -> append(bucket, 1));
        assertThat(bucket.text("log")).isEqualTo("x");
    }

    @Test
    void aBucketWithAMarkerOnlyIsNotEmpty(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.cos().deleteObject(bucket.name(), "never there");
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
        assertRefused(409, "BucketNotEmpty", () -> bucket.cos().deleteBucket(bucket.name()));
        COSVersionSummary marker = bucket.versions().getFirst();
        assertThat(marker.isDeleteMarker()).isTrue();
        bucket.cos().deleteVersion(bucket.name(), marker.getKey(), marker.getVersionId());
        bucket.cos().deleteBucket(bucket.name());
        assertThat(bucket.cos().doesBucketExist(bucket.name())).isFalse();
    }

    @Test
    void aBucketWithAnOldVersionOnlyIsNotEmpty(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("k", "kept");
        bucket.cos().deleteObject(bucket.name(), "k");
        bucket.cos()
                .deleteVersion(bucket.name(), "k", bucket.versions().getFirst().getVersionId());
        bucket.cos().deleteObject(bucket.name(), "k");
        assertRefused(409, "BucketNotEmpty", () -> bucket.cos().deleteBucket(bucket.name()));
    }

    @Test
    void aBucketMadeAgainIsNotVersioned(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.cos().deleteBucket(bucket.name());
        bucket.cos().createBucket(bucket.name());
        assertThat(status(bucket)).isEqualTo(BucketVersioningConfiguration.OFF);
        assertThat(bucket.put("k", "text").getVersionId()).isNull();
    }

    private static String status(TestBucket bucket) {
        return bucket.cos().getBucketVersioningConfiguration(bucket.name()).getStatus();
    }

    private static RawResponse set(TestBucket bucket, String document) {
        return bucket.exchange(bucket.request("PUT", "/?versioning").body(document));
    }

    private static void append(TestBucket bucket, long position) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(1);
        AppendObjectRequest request =
                new AppendObjectRequest(bucket.name(), "log", new ByteArrayInputStream("x".getBytes(UTF_8)), metadata);
        request.setPosition(position);
        bucket.cos().appendObject(request);
    }
}

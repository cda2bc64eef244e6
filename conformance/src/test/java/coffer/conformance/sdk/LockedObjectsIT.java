package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.DeleteObjectTaggingRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.ObjectTagging;
import com.qcloud.cos.model.SetObjectTaggingRequest;
import com.qcloud.cos.model.Tag.Tag;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locked objects of a bucket that was never versioned: neither overwritten nor deleted nor described anew. */
@ExtendWith(SharedCoffer.class)
class LockedObjectsIT {
    private static final int DAYS = 7;

    @Test
    void everyKindOfWriteGetsTheDefaultRetention(TestBucket bucket, TestBucket source) {
        Locks lock = Locks.on(bucket, DAYS);
        source.put("k", "text");
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        bucket.put("put", "text");
        bucket.cos().copyObject(source.name(), "k", bucket.name(), "copy");
        Multipart upload = Multipart.initiate(bucket, "upload");
        upload.complete(List.of(upload.part(1, 100)));
        PostObjectIT.post(bucket, PostObjectIT.form(bucket, "form"), "text");
        append(bucket, "append", 0);
        Instant ended = Instant.now();
        for (String key : List.of("put", "copy", "upload", "form", "append")) {
            assertThat(lock.until(key)).as(key).isBetween(plusDays(begun), plusDays(ended));
            assertThat(bucket.cos().getObjectMetadata(bucket.name(), key).getRawMetadataValue(Locks.MODE))
                    .isEqualTo("COMPLIANCE");
            assertUntouchable(bucket, key);
        }
    }

    @Test
    void everyKindOfWriteCanAskForItsOwn(TestBucket bucket, TestBucket source) {
        Locks lock = Locks.on(bucket, DAYS);
        Instant until = Instant.now().plusSeconds(4000).truncatedTo(ChronoUnit.MILLIS);
        source.put("k", "text");
        lock.put("put", "text", until);
        CopyObjectRequest copy = new CopyObjectRequest(source.name(), "k", bucket.name(), "copy");
        Locks.headers(until).forEach(copy::putCustomRequestHeader);
        bucket.cos().copyObject(copy);
        Multipart upload = Multipart.initiate(
                bucket,
                new InitiateMultipartUploadRequest(bucket.name(), "upload")
                        .withObjectMetadata(Locks.metadata(Locks.headers(until))));
        upload.complete(List.of(upload.part(1, 100)));
        Map<String, String> form = PostObjectIT.form(bucket, "form");
        form.putAll(Locks.headers(until));
        PostObjectIT.post(bucket, form, "text");
        append(bucket, "append", 0, Locks.metadata(Locks.headers(until)));
        for (String key : List.of("put", "copy", "upload", "form", "append")) {
            assertThat(lock.until(key)).as(key).isEqualTo(until);
        }
    }

    @Test
    void nothingChangesThem(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        append(bucket, "log", 0, Locks.metadata(Locks.headers(Locks.inAnHour())));
        ObjectMetadata described = Locks.metadata(Locks.headers(Locks.inAnHour()));
        described.addUserMetadata("colour", "green");
        described.setHeader("x-cos-tagging", "a=1");
        bucket.put("k", "text".getBytes(UTF_8), described);
        lock.putLocked("other", "other");

        assertUntouchable(bucket, "k");
        assertUntouchable(bucket, "log");
        Locks.assertLocked(() -> append(bucket, "log", 4));
        Locks.assertLocked(() -> bucket.cos().copyObject(bucket.name(), "other", bucket.name(), "k"));
        Multipart upload = Multipart.initiate(bucket, "k");
        var part = upload.part(1, 100);
        Locks.assertLocked(() -> upload.complete(List.of(part)));
        upload.abort();
        assertThat(new String(
                        PostObjectIT.post(bucket, PostObjectIT.form(bucket, "k"), "new")
                                .body(),
                        UTF_8))
                .contains("<Code>ObjectLocked</Code>");

        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(bucket.text("log")).isEqualTo("text");
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "k");
        assertThat(head.getUserMetadata()).containsExactlyEntriesOf(Map.of("colour", "green"));
        assertThat(head.getRawMetadataValue("x-cos-tagging-count")).isEqualTo("1");
        assertRefused(409, "BucketNotEmpty", () -> bucket.cos().deleteBucket(bucket.name()));
    }

    /** Whatever it would say anew: metadata, class, tags. Who may read it is another matter. */
    private static void assertUntouchable(TestBucket bucket, String key) {
        Locks.assertLocked(() -> bucket.put(key, "new"));
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), key));
        CopyObjectRequest described = ontoItself(bucket, key);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        described.setNewObjectMetadata(metadata);
        Locks.assertLocked(() -> bucket.cos().copyObject(described));
        CopyObjectRequest classed = ontoItself(bucket, key).withStorageClass("STANDARD_IA");
        Locks.assertLocked(() -> bucket.cos().copyObject(classed));
        ObjectTagging tags = new ObjectTagging(List.of(new Tag("a", "2")));
        Locks.assertLocked(() -> bucket.cos().setObjectTagging(new SetObjectTaggingRequest(bucket.name(), key, tags)));
        Locks.assertLocked(() -> bucket.cos().deleteObjectTagging(new DeleteObjectTaggingRequest(bucket.name(), key)));
        bucket.cos().setObjectAcl(bucket.name(), key, CannedAccessControlList.PublicRead);
        bucket.cos().setObjectAcl(bucket.name(), key, CannedAccessControlList.Default);
    }

    @Test
    void aRetentionThatIsOverLetsEverythingThrough(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        Instant until = Locks.soon();
        lock.put("overwritten", "text", until);
        lock.put("deleted", "text", until);
        lock.put("tagged", "text", until);
        lock.put("described", "text", until);
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), "deleted"));
        Locks.assertLockedUntil(until, () -> bucket.put("overwritten", "new"));
        bucket.cos().deleteObject(bucket.name(), "deleted");
        ObjectTagging tags = new ObjectTagging(List.of(new Tag("a", "1")));
        bucket.cos().setObjectTagging(new SetObjectTaggingRequest(bucket.name(), "tagged", tags));
        bucket.cos().copyObject(ontoItself(bucket, "described").withStorageClass("STANDARD_IA"));
        assertThat(bucket.text("overwritten")).isEqualTo("new");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "deleted")).isFalse();
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "described").getRawMetadataValue(Locks.UNTIL))
                .isNull();
    }

    @Test
    void whatWasThereBeforeIsNotLocked(TestBucket bucket) {
        bucket.put("k", "text");
        Locks lock = Locks.on(bucket, DAYS);
        assertThat(bucket.exchange("GET", "/k?retention").errorCode()).isEqualTo("NoSuchObjectLockConfiguration");
        bucket.cos().deleteObject(bucket.name(), "k");
        bucket.put("k", "text");
        Instant until = lock.until("k");
        assertThat(lock.configure(Locks.rule(1)).status()).isEqualTo(200);
        assertThat(lock.until("k")).isEqualTo(until);
        assertThat(lock.configure("").status()).isEqualTo(200);
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), "k"));
        bucket.put("free", "text");
        bucket.cos().deleteObject(bucket.name(), "free");
    }

    @Test
    void refusesHeadersThatMeanNothing(TestBucket bucket, TestBucket unlocked) {
        Map<String, String> anHour = Locks.headers(Locks.inAnHour());
        assertRefused(400, "InvalidRequest", () -> put(unlocked, anHour));
        assertRefused(400, "InvalidRequest", () -> put(unlocked, Map.of(Locks.HOLD, "ON")));
        assertRefused(400, "InvalidRequest", () -> initiate(unlocked, anHour));
        Locks.on(bucket);
        Map<String, String> past = Locks.headers(Instant.now().minusSeconds(1));
        assertRefused(409, "InvalidLockedTime", () -> put(bucket, past));
        assertRefused(409, "InvalidLockedTime", () -> initiate(bucket, past));
        assertRefused(400, "InvalidArgument", () -> put(bucket, Map.of(Locks.MODE, "COMPLIANCE")));
        assertRefused(400, "InvalidArgument", () -> put(bucket, Map.of(Locks.UNTIL, "2999-01-01T00:00:00Z")));
        assertRefused(400, "InvalidArgument", () -> put(bucket, Map.of(Locks.HOLD, "MAYBE")));
        Map<String, String> noDate = new HashMap<>(anHour);
        noDate.put(Locks.UNTIL, "tomorrow");
        assertRefused(400, "InvalidArgument", () -> put(bucket, noDate));
        noDate.put(Locks.MODE, "NONE");
        assertRefused(400, "InvalidArgument", () -> put(bucket, noDate));
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
        assertThat(unlocked.cos().listObjects(unlocked.name()).getObjectSummaries())
                .isEmpty();
    }

    /** An upload may take longer than what it brings is to be kept. */
    @Test
    void anUploadWhoseRetentionIsOverIsCompletedAllTheSame(TestBucket bucket) {
        Locks.on(bucket);
        Instant until = Locks.soon();
        Multipart upload = Multipart.initiate(
                bucket,
                new InitiateMultipartUploadRequest(bucket.name(), "film")
                        .withObjectMetadata(Locks.metadata(Locks.headers(until))));
        var part = upload.part(1, 100);
        new Locks(bucket).put("clock", "text", until);
        Locks.assertLockedUntil(until, () -> bucket.cos().deleteObject(bucket.name(), "clock"));
        upload.complete(List.of(part));
        assertThat(bucket.bytes("film")).isEqualTo(Multipart.bytes(1, 100));
        bucket.cos().deleteObject(bucket.name(), "film");
    }

    private static Instant plusDays(Instant time) {
        return time.plus(Duration.ofDays(DAYS));
    }

    private static void put(TestBucket bucket, Map<String, String> headers) {
        bucket.put("k", "text".getBytes(UTF_8), Locks.metadata(headers));
    }

    private static void initiate(TestBucket bucket, Map<String, String> headers) {
        Multipart.initiate(
                bucket,
                new InitiateMultipartUploadRequest(bucket.name(), "k").withObjectMetadata(Locks.metadata(headers)));
    }

    private static CopyObjectRequest ontoItself(TestBucket bucket, String key) {
        return new CopyObjectRequest(bucket.name(), key, bucket.name(), key);
    }

    private static void append(TestBucket bucket, String key, long position) {
        append(bucket, key, position, new ObjectMetadata());
    }

    private static void append(TestBucket bucket, String key, long position, ObjectMetadata metadata) {
        metadata.setContentLength(4);
        AppendObjectRequest request =
                new AppendObjectRequest(bucket.name(), key, new ByteArrayInputStream("text".getBytes(UTF_8)), metadata);
        request.setPosition(position);
        bucket.cos().appendObject(request);
    }
}

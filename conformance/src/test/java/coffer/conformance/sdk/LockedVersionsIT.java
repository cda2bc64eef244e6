package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.MultiObjectDeleteException;
import com.qcloud.cos.exception.MultiObjectDeleteException.DeleteError;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.DeleteObjectsRequest.KeyVersion;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.ObjectTagging;
import com.qcloud.cos.model.SetObjectTaggingRequest;
import com.qcloud.cos.model.Tag.Tag;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locked versions of a versioned bucket: newer ones come, they stay. The caller is the root user of the account. */
@ExtendWith(SharedCoffer.class)
class LockedVersionsIT {
    @Test
    void stayBehindNewerVersionsAndMarkers(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String first = lock.putLocked("k", "first");
        String second = bucket.put("k", "second").getVersionId();
        bucket.cos().deleteObject(bucket.name(), "k");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
        assertThat(bucket.text("k", first)).isEqualTo("first");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId, COSVersionSummary::isDeleteMarker)
                .contains(tuple(first, false), tuple(second, false))
                .hasSize(3);
    }

    @Test
    void areNotDeletedByTheirId(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String first = lock.putLocked("k", "first");
        String second = bucket.put("k", "second").getVersionId();
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", first));
        bucket.cos().deleteVersion(bucket.name(), "k", second);
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", first));
        assertThat(bucket.text("k")).isEqualTo("first");
        assertThat(bucket.versions()).hasSize(1);
    }

    @Test
    void areErrorsAmongTheManyThatAreDeleted(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String locked = lock.putLocked("a", "locked");
        String free = bucket.put("a", "free").getVersionId();
        String other = bucket.put("b", "free").getVersionId();
        String alsoLocked = lock.putLocked("c", "locked");
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name());
        request.setKeys(List.of(
                new KeyVersion("a", free),
                new KeyVersion("a", locked),
                new KeyVersion("b", other),
                new KeyVersion("c", alsoLocked)));
        MultiObjectDeleteException refused = assertThrows(
                MultiObjectDeleteException.class, () -> bucket.cos().deleteObjects(request));
        assertThat(refused.getErrors())
                .extracting(DeleteError::getKey, DeleteError::getVersionId, DeleteError::getCode)
                .containsExactly(tuple("a", locked, "ObjectLocked"), tuple("c", alsoLocked, "ObjectLocked"));
        assertThat(refused.getDeletedObjects())
                .extracting(deleted -> deleted.getVersionId())
                .containsExactly(free, other);
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId)
                .containsExactly(locked, alsoLocked);
    }

    @Test
    void ofAnUnversionedBucketAreErrorsToo(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        lock.putLocked("locked", "text");
        bucket.put("free", "text");
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name())
                .withKeys("free", "locked")
                .withQuiet(true);
        MultiObjectDeleteException refused = assertThrows(
                MultiObjectDeleteException.class, () -> bucket.cos().deleteObjects(request));
        assertThat(refused.getErrors())
                .extracting(DeleteError::getKey, DeleteError::getCode)
                .containsExactly(tuple("locked", "ObjectLocked"));
        assertThat(bucket.text("locked")).isEqualTo("text");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "free")).isFalse();
    }

    @Test
    void includeTheOneOfBeforeVersioning(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        lock.putLocked("k", "before");
        bucket.enableVersioning();
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", "null"));
        bucket.put("k", "after");
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", "null"));
        bucket.cos().deleteObject(bucket.name(), "k");
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", "null"));
        assertThat(bucket.text("k", "null")).isEqualTo("before");
    }

    @Test
    void areNotTaggedButCopied(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String first = lock.putLocked("k", "first");
        ObjectTagging tags = new ObjectTagging(List.of(new Tag("a", "1")));
        Locks.assertLocked(
                () -> bucket.cos().setObjectTagging(new SetObjectTaggingRequest(bucket.name(), "k", first, tags)));
        CopyObjectRequest described = new CopyObjectRequest(bucket.name(), "k", bucket.name(), "k");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        described.setNewObjectMetadata(metadata);
        String copy = bucket.cos().copyObject(described).getVersionId();
        assertThat(copy).isNotEqualTo(first);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadataValue(Locks.UNTIL))
                .isNull();
        bucket.cos().deleteVersion(bucket.name(), "k", copy);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getUserMetadata())
                .isEmpty();
        assertThat(lock.until("k")).isAfter(Instant.now());
    }

    @Test
    void goWhenTheirTimeIsOver(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        Instant until = Locks.soon();
        String shorter = lock.put("k", "shorter", until);
        String longer = lock.putLocked("k", "longer");
        Locks.assertLockedUntil(until, () -> bucket.cos().deleteVersion(bucket.name(), "k", shorter));
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", longer));
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId)
                .containsExactly(longer);
    }

    @Test
    void areKeptEachUntilItsOwnTime(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String first = bucket.put("k", "first").getVersionId();
        String second = bucket.put("k", "second").getVersionId();
        assertThat(lock.retain("/k?retention&versionId=" + first, Locks.inAnHour())
                        .status())
                .isEqualTo(200);
        assertThat(bucket.exchange("GET", "/k?retention").status()).isEqualTo(404);
        assertThat(bucket.exchange("GET", "/k?retention&versionId=" + first).status())
                .isEqualTo(200);
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", first));
        bucket.cos().deleteVersion(bucket.name(), "k", second);
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Policies;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.RenameRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rename. */
@Shows("RenameObject")
@ExtendWith(SharedCoffer.class)
class RenameObjectIT {
    private static void rename(TestBucket bucket, String from, String to) {
        bucket.cos().rename(new RenameRequest(bucket.name(), from, to));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 2_000_000})
    void givesAnObjectAnotherKey(int size, TestBucket bucket) {
        byte[] bytes = Scratch.bytes(size, 4);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("image/png");
        metadata.addUserMetadata("colour", "green");
        bucket.put("旅/a b+c%", bytes, metadata);
        ObjectMetadata before = bucket.cos().getObjectMetadata(bucket.name(), "旅/a b+c%");
        bucket.put("new", "overwritten");
        rename(bucket, "旅/a b+c%", "new");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "旅/a b+c%")).isFalse();
        assertThat(bucket.bytes("new")).isEqualTo(bytes);
        ObjectMetadata after = bucket.cos().getObjectMetadata(bucket.name(), "new");
        assertThat(after.getETag()).isEqualTo(before.getETag());
        assertThat(after.getLastModified()).isEqualTo(before.getLastModified());
        assertThat(after.getContentType()).isEqualTo("image/png");
        assertThat(after.getUserMetadata()).containsEntry("colour", "green");
        assertRefused(404, "NoSuchKey", () -> rename(bucket, "旅/a b+c%", "new"));
    }

    @Test
    void keepsTheVersionsOfBothKeys(TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("a", "text").getVersionId();
        String replaced = bucket.put("b", "before").getVersionId();
        rename(bucket, "a", "b");
        assertThat(bucket.text("b")).isEqualTo("text");
        assertThat(bucket.text("a", old)).isEqualTo("text");
        assertThat(bucket.text("b", replaced)).isEqualTo("before");
        assertRefused(404, "NoSuchKey", () -> bucket.text("a"));
    }

    /** Reading, deleting and writing by another name. */
    @ParameterizedTest
    @CsvSource({"GetObject, a", "DeleteObject, a", "RenameObject, a", "RenameObject, b", "PutObject, b"})
    void needsTheRightsOfWhatItDoes(String action, String key, TestBucket bucket) {
        bucket.put("a", "text");
        bucket.put("b", "other");
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(Policies.everybody("deny", action, bucket, key)));
        assertRefused(403, "AccessDenied", () -> rename(bucket, "a", "b"));
        bucket.cos().deleteBucketPolicy(bucket.name());
        assertThat(bucket.text("a") + bucket.text("b")).isEqualTo("textother");
    }

    @ParameterizedTest
    @CsvSource({"'', 400, InvalidArgument", "%zz, 400, InvalidArgument", "b, 400, InvalidArgument", "no, 404, NoSuchKey"
    })
    void refusesASourceThatIsNone(String source, int status, String code, TestBucket bucket) {
        bucket.put("b", "other");
        assertAnswered(
                status,
                code,
                bucket.exchange(bucket.request("PUT", "/b?rename")
                        .header("Content-Length", "0")
                        .header("x-cos-rename-source", source)));
        assertAnswered(
                400,
                "InvalidArgument",
                bucket.exchange(bucket.request("PUT", "/b?rename").header("Content-Length", "0")));
        assertThat(bucket.text("b")).isEqualTo("other");
    }
}

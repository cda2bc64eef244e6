package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.GetObjectMetadataRequest;
import com.qcloud.cos.model.ListObjectsRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that paths, encodings and XML like to damage, through every operation that names one. */
@Shows("DeleteObject")
@ExtendWith(SharedCoffer.class)
class ObjectKeysIT {
    static Stream<String> awkward() {
        return Stream.of(
                "a//b",
                "a///b//",
                "a/./b",
                "a/../b",
                "./a",
                "a/.",
                "a/..",
                "..a/...",
                "folder/",
                "with space/ and more ",
                "plus+and+plus",
                "100%",
                "%2F",
                "a%2Fb",
                "%25%20+",
                "emoji-😀-🇨🇳",
                "旅行/第 1 天+晚餐*.jpg",
                "quotes'\"`",
                "amp&lt<gt>",
                "a?b=c#d",
                "semi;colon=equals:at@",
                "brackets[]{}()|\\^~!$,",
                "tab\tinside",
                "é-precomposed-é-combining",
                "x".repeat(850),
                "字".repeat(283) + "z");
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void isKeptByPutGetHeadAndDelete(String key, TestBucket bucket) {
        COSClient cos = bucket.cos();
        bucket.put(key, "body of " + key);
        assertThat(bucket.text(key)).isEqualTo("body of " + key);
        assertThat(cos.getObjectMetadata(new GetObjectMetadataRequest(bucket.name(), key))
                        .getContentLength())
                .isPositive();
        cos.deleteObject(bucket.name(), key);
        assertThat(cos.doesObjectExist(bucket.name(), key)).isFalse();
    }

    @Test
    void areListedExactly(TestBucket bucket) {
        awkward().forEach(key -> bucket.put(key, "text"));
        assertThat(keys(bucket, ""))
                .containsExactlyInAnyOrderElementsOf(awkward().toList());
    }

    @Test
    void areFoundByTheirOwnPrefix(TestBucket bucket) {
        awkward().forEach(key -> bucket.put(key, "text"));
        awkward().forEach(key -> assertThat(keys(bucket, key)).as(key).contains(key));
    }

    /** But for those that end in several slashes, of which the SDK names only one in a copy source. */
    @Test
    void areCopiedFromAndTo(TestBucket bucket) {
        awkward().filter(key -> key.length() < 200 && !key.endsWith("//")).forEach(key -> {
            bucket.put(key, "body of " + key);
            bucket.cos().copyObject(bucket.name(), key, bucket.name(), "copy of/" + key);
            assertThat(bucket.text("copy of/" + key)).isEqualTo("body of " + key);
        });
    }

    @Test
    void areDeletedTogether(TestBucket bucket) {
        awkward().forEach(key -> bucket.put(key, "text"));
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name());
        request.setKeys(awkward().map(DeleteObjectsRequest.KeyVersion::new).toList());
        assertThat(bucket.cos().deleteObjects(request).getDeletedObjects())
                .extracting(deleted -> deleted.getKey())
                .containsExactlyInAnyOrderElementsOf(awkward().toList());
        assertThat(keys(bucket, "")).isEmpty();
    }

    @Test
    void areDifferentHoweverAlike(TestBucket bucket) {
        List<String> alike = List.of("a/b", "a//b", "a/./b", "a%2Fb", "A/b", "a/b/", "a/b ", "a+b", "a b", "a%20b");
        alike.forEach(key -> bucket.put(key, key));
        alike.forEach(key -> assertThat(bucket.text(key)).isEqualTo(key));
        assertThat(keys(bucket, "")).containsExactlyInAnyOrderElementsOf(alike);
    }

    private static List<String> keys(TestBucket bucket, String prefix) {
        ListObjectsRequest request = new ListObjectsRequest();
        request.setBucketName(bucket.name());
        request.setPrefix(prefix);
        return bucket.cos().listObjects(request).getObjectSummaries().stream()
                .map(COSObjectSummary::getKey)
                .toList();
    }
}

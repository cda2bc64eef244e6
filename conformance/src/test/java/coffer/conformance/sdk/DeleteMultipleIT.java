package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.DeleteObjectsRequest.KeyVersion;
import com.qcloud.cos.model.DeleteObjectsResult;
import com.qcloud.cos.model.DeleteObjectsResult.DeletedObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DELETE Multiple Objects. */
@Shows("DeleteMultipleObjects")
@ExtendWith(SharedCoffer.class)
class DeleteMultipleIT {
    @Test
    void deletesThoseNamedAndNoOthers(TestBucket bucket) {
        bucket.put("a", "x");
        bucket.put("b", "x");
        bucket.put("c", "x");
        DeleteObjectsResult result = delete(bucket, false, "a", "c");
        assertThat(result.getDeletedObjects()).extracting(DeletedObject::getKey).containsExactly("a", "c");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "a")).isFalse();
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "b")).isTrue();
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "c")).isFalse();
    }

    @Test
    void aMissingKeyCountsAsDeleted(TestBucket bucket) {
        assertThat(delete(bucket, false, "never", "there").getDeletedObjects())
                .extracting(DeletedObject::getKey)
                .containsExactly("never", "there");
    }

    @Test
    void quietlySaysNothing(TestBucket bucket) {
        bucket.put("a", "x");
        assertThat(delete(bucket, true, "a", "missing").getDeletedObjects()).isEmpty();
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "a")).isFalse();
    }

    @Test
    void takesAThousandKeys(TestBucket bucket) {
        String[] keys = IntStream.range(0, 1000).mapToObj(i -> "k" + i).toArray(String[]::new);
        for (String key : keys) {
            bucket.put(key, "");
        }
        assertThat(delete(bucket, false, keys).getDeletedObjects()).hasSize(1000);
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }

    @Test
    void refusesAThousandAndOne(TestBucket bucket) {
        bucket.put("k0", "kept");
        String[] keys = IntStream.range(0, 1001).mapToObj(i -> "k" + i).toArray(String[]::new);
        assertRefused(400, "MalformedXML", () -> delete(bucket, false, keys));
        assertThat(bucket.text("k0")).isEqualTo("kept");
    }

    @Test
    void needsNoDigestOfTheList(TestBucket bucket) {
        bucket.put("a", "x");
        RawResponse answer = post(bucket, "<Delete><Object><Key>a</Key></Object></Delete>");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.element("Key")).isEqualTo("a");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "a")).isFalse();
    }

    @Test
    void toleratesNamespacesUnknownElementsAndAnyCaseOfQuiet(TestBucket bucket) {
        bucket.put("a", "x");
        RawResponse answer = post(
                bucket,
                "<?xml version=\"1.0\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a</Key>"
                        + "<Unknown>1</Unknown></Object><Quiet>True</Quiet></Delete>");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.elementNames()).isEmpty();
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "a")).isFalse();
    }

    @Test
    void refusesWhatIsNoList(TestBucket bucket) {
        assertThat(post(bucket, "<Delete></Delete>").errorCode()).isEqualTo("MalformedXML");
        assertThat(post(bucket, "<Delete><Object>").errorCode()).isEqualTo("MalformedXML");
        assertThat(post(bucket, "").errorCode()).isIn("MissingRequestBodyError", "MalformedXML");
    }

    private static RawResponse post(TestBucket bucket, String xml) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("POST", "/?delete").body(xml).signed());
    }

    private static DeleteObjectsResult delete(TestBucket bucket, boolean quiet, String... keys) {
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name());
        request.setQuiet(quiet);
        request.setKeys(java.util.Arrays.stream(keys).map(KeyVersion::new).toList());
        return bucket.cos().deleteObjects(request);
    }
}

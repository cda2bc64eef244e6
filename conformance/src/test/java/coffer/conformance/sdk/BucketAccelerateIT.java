package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acceleration is kept and reported. The Java SDK has no call for it. */
@Shows({"PutBucketAccelerate", "GetBucketAccelerate"})
@ExtendWith(SharedCoffer.class)
class BucketAccelerateIT {
    @Test
    void isEnabledAndSuspended(TestBucket bucket) {
        assertThat(bucket.exchange("GET", "/?accelerate").elementNames()).isEmpty();
        for (String status : new String[] {"Enabled", "Suspended", "Enabled"}) {
            assertThat(put(bucket, "<Status>" + status + "</Status>").status()).isEqualTo(200);
            RawResponse read = bucket.exchange("GET", "/?accelerate");
            assertThat(read.xml().getNodeName()).isEqualTo("AccelerateConfiguration");
            assertThat(read.elementNames()).containsExactly("Status", "Type");
            assertThat(read.element("Status")).isEqualTo(status);
            assertThat(read.element("Type")).isEqualTo("COS");
        }
    }

    /** Go sends the type. The reference's own sample has a name space that is not a URI. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AccelerateConfiguration xmlns=\"cos xmlns/\"><Status>Enabled</Status></AccelerateConfiguration>",
                "<AccelerateConfiguration><Status>Enabled</Status><Type>COS</Type></AccelerateConfiguration>",
            })
    void readsWhatClientsSend(String document, TestBucket bucket) {
        RawResponse answer =
                bucket.exchange(bucket.request("PUT", "/?accelerate").body(document));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Status>Disabled</Status>", "<Status/>", "", "<Status>Enabled</Status><Type>CDN</Type>"})
    void isNothingElse(String content, TestBucket bucket) {
        put(bucket, "<Status>Suspended</Status>");
        RawResponse answer = put(bucket, content);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidArgument", "MalformedXML");
        assertThat(bucket.exchange("GET", "/?accelerate").element("Status")).isEqualTo("Suspended");
    }

    @Test
    void isNeverUnset(TestBucket bucket) {
        put(bucket, "<Status>Suspended</Status>");
        assertThat(bucket.exchange("DELETE", "/?accelerate").status()).isEqualTo(405);
        assertThat(bucket.exchange("GET", "/?accelerate").element("Status")).isEqualTo("Suspended");
    }

    private static RawResponse put(TestBucket bucket, String content) {
        return bucket.exchange(bucket.request("PUT", "/?accelerate")
                .body("<AccelerateConfiguration>" + content + "</AccelerateConfiguration>"));
    }
}

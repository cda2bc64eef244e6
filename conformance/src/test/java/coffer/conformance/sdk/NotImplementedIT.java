package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations of COS this server does not have: they say so, and above all are not mistaken for a plain GET or PUT. */
@ExtendWith(SharedCoffer.class)
class NotImplementedIT {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PUT, /?cors",
        "PUT, /?lifecycle",
        "PUT, /?policy",
        "PUT, /?replication",
        "PUT, /?website",
        "PUT, /?tagging",
        "PUT, /?inventory&id=daily",
        "PUT, /?domain",
        "PUT, /?origin",
        "PUT, /?encryption",
        "PUT, /?object-lock",
        "PUT, /?strict-signature",
        "PUT, /?versioning",
        "PUT, /?accelerate",
        "PUT, /?intelligenttiering",
        "PUT, /?logging",
        "PUT, /?referer",
        "GET, /?versions",
        "PUT, /k?tagging",
        "GET, /k?tagging",
        "PUT, /k?retention",
        "PUT, /k?symlink",
        "PUT, /k?rename",
        "POST, /k?restore",
        "POST, /k?select&select-type=2",
    })
    void sayThatTheyAreNotThere(String method, String target, TestBucket bucket) {
        bucket.put("k", "untouched");
        RawRequest request = bucket.request(method, target);
        RawResponse answer = RawConnection.exchange(
                bucket.server(), (method.equals("GET") ? request : request.body("<Document/>")).signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(501);
        assertThat(answer.errorCode()).isEqualTo("NotImplemented");
        assertThat(bucket.text("k")).isEqualTo("untouched");
    }

    /** A browser's cache buster is no subresource. */
    @Test
    void unknownParametersOfAReadAreIgnored(TestBucket bucket) {
        bucket.put("k", "text");
        RawResponse answer = RawConnection.exchange(
                bucket.server(), bucket.request("GET", "/k?_=1712345&v=2").signed());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("text");
    }
}

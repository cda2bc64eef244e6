package coffer.conformance.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages of keys as S3 clients list them, of objects that a COS client wrote. */
@Shows("ListObjectsV2")
@ExtendWith(SharedCoffer.class)
class S3ListingIT {
    @Test
    void pagesGoOnWhereTheTokenSays(CofferProcess server, TestBucket bucket) {
        S3Caller s3 = new S3Caller(server, Optional.of(new AdminApi.Key(Account.SECRET_ID, Account.SECRET_KEY)));
        bucket.put("a", "1");
        bucket.put("b/1", "2");
        bucket.put("b/2", "3");
        bucket.put("c", "4");
        String path = "/" + bucket.name();
        RawResponse first = s3.send("GET", path + "?delimiter=%2F&list-type=2&max-keys=2", "");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.element("KeyCount")).isEqualTo("2");
        assertThat(first.element("IsTruncated")).isEqualTo("true");
        assertThat(first.text()).contains("<Key>a</Key>", "<Prefix>b/</Prefix>").doesNotContain("<Key>c</Key>");
        RawResponse second = s3.send(
                "GET",
                path + "?continuation-token="
                        + first.element("NextContinuationToken").replace("=", "%3D")
                        + "&delimiter=%2F&list-type=2",
                "");
        assertThat(second.element("IsTruncated")).isEqualTo("false");
        assertThat(second.text()).contains("<Key>c</Key>").doesNotContain("<Key>a</Key>", "b/");
        assertThat(s3.send("GET", path + "?continuation-token=x&list-type=2", "")
                        .element("Code"))
                .isEqualTo("InvalidArgument");
    }
}

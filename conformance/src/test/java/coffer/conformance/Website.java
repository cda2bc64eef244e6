package coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcloud.cos.model.CannedAccessControlList;

/**
 * A bucket as browsers see it.
 *
 * @param bucket behind the website
 * @param host where it is reached
 */
public record Website(TestBucket bucket, String host) {
    private static final String INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

    /** On the host that COS has for it. */
    public static Website of(TestBucket bucket) {
        return new Website(bucket, bucket.name() + ".cos-website." + Account.REGION + ".myqcloud.com");
    }

    /** Makes a bucket a website that everybody may read, with {@code index.html} and these elements more. */
    public static Website open(TestBucket bucket, String elements) {
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        RawResponse answer = put(bucket, INDEX + elements);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return of(bucket);
    }

    /** Sends the elements of a {@code WebsiteConfiguration}. */
    public static RawResponse put(TestBucket bucket, String elements) {
        return bucket.signed(bucket.request("PUT", "/?website")
                .body("<WebsiteConfiguration>" + elements + "</WebsiteConfiguration>"));
    }

    /** Sends GET without a signature. {@code target} is the request target as it travels. */
    public RawResponse get(String target) {
        return send(request("GET", target));
    }

    /** A request to the website. */
    public RawRequest request(String method, String target) {
        return RawRequest.to(method, host, target);
    }

    /** Sends a request as it is. */
    public RawResponse send(RawRequest request) {
        return RawConnection.exchange(bucket.server(), request);
    }

    /** Checks that an answer is a page about an error, with this code. */
    public static void assertErrorPage(int status, String code, RawResponse answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.text())
                .startsWith("<!DOCTYPE html>")
                .contains("<li>Code: " + code + "</li>")
                .contains(answer.header("x-cos-request-id").orElseThrow());
    }
}

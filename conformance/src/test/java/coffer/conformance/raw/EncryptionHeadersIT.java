package coffer.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no SDK sends with encryption, and what each answer says of it. */
@ExtendWith(SharedCoffer.class)
class EncryptionHeadersIT {
    /** The names of headers, shortened for the tables below. */
    private static final Map<String, String> NAMES = Map.of(
            "sse", "x-cos-server-side-encryption",
            "id", "x-cos-server-side-encryption-cos-kms-key-id",
            "context", "x-cos-server-side-encryption-context",
            "algorithm", "x-cos-server-side-encryption-customer-algorithm",
            "key", "x-cos-server-side-encryption-customer-key",
            "md5", "x-cos-server-side-encryption-customer-key-MD5");

    /** 32 times {@code k}. */
    private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

    private static final String KEY_MD5 = "mT2HRsMGJ5IX5C+0rreZ8Q==";
    private static final String CUSTOMER = "algorithm: AES256; key: " + KEY + "; md5: " + KEY_MD5;

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "PUT, /k, sse: SM4, SSEContentNotSupported",
        "PUT, /k, sse: AES256; id: k1, InvalidArgument",
        "PUT, /k, id: k1, InvalidArgument",
        "PUT, /k, sse: cos/kms; id: no-such-key, KmsKeyNotExist",
        "PUT, /k, sse: cos/kms; context: not base64, InvalidArgument",
        "PUT, /k, sse: cos/kms; context: W10=, InvalidArgument",
        "PUT, /k, sse: AES256; C, InvalidArgument",
        "PUT, /k, algorithm: AES256, InvalidArgument",
        "PUT, /k, algorithm: SM4; key: K; md5: M, SSEContentNotSupported",
        "PUT, /k, algorithm: AES256; key: c2hvcnQ=; md5: M, InvalidArgument",
        "PUT, /k, algorithm: AES256; key: K; md5: 1B2M2Y8AsgTpgAmY7PhCfg==, InvalidArgument",
        "POST, /k?uploads, sse: SM4, SSEContentNotSupported",
        "POST, /k?append&position=0, sse: SM4, SSEContentNotSupported",
        "GET, /plain, sse: AES256, SSEHeaderNotAllowed",
        "GET, /plain, sse: cos/kms, SSEHeaderNotAllowed",
        "GET, /plain, id: k1, SSEHeaderNotAllowed",
        "GET, /plain, C, InvalidRequest",
        "GET, /plain, algorithm: AES256, InvalidArgument",
        "DELETE, /plain, sse: AES256, SSEHeaderNotAllowed",
    })
    void aRequestThatMakesNoSenseIsRefused(
            String method, String target, String headers, String code, TestBucket bucket) {
        bucket.put("plain", "text");
        RawResponse answer = send(bucket, method, target, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).hasSize(1);
        assertThat(bucket.text("plain")).isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sse: AES256  | sse: AES256",
                "sse: cos/kms | sse: cos/kms; id: k1",
                "C            | algorithm: AES256; md5: M",
            })
    void eachAnswerSaysHow(String asked, String answered, TestBucket bucket) {
        String key = asked.equals("C") ? "C" : "";
        List<String> expected = lines(answered);
        assertThat(encryption(send(bucket, "PUT", "/k", asked))).isEqualTo(expected);
        assertThat(encryption(send(bucket, "GET", "/k", key))).isEqualTo(expected);
        assertThat(encryption(send(bucket, "HEAD", "/k", key))).isEqualTo(expected);
        RawResponse begun = send(bucket, "POST", "/film?uploads", asked);
        assertThat(encryption(begun)).isEqualTo(expected);
        String part = "/film?partNumber=1&uploadId=" + begun.element("UploadId");
        RawResponse uploaded = send(bucket, "PUT", part, key);
        assertThat(encryption(uploaded)).isEqualTo(expected);
        RawRequest complete = bucket.request("POST", "/film?uploadId=" + begun.element("UploadId"))
                .body("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                        + uploaded.header("ETag").orElseThrow()
                        + "</ETag></Part></CompleteMultipartUpload>");
        assertThat(encryption(RawConnection.exchange(bucket.server(), complete.signed())))
                .isEqualTo(key.isEmpty() ? expected : List.of());
        assertThat(encryption(send(bucket, "POST", "/log?append&position=0", asked)))
                .isEqualTo(expected);
        assertThat(encryption(send(bucket, "POST", "/log?append&position=4", key)))
                .isEqualTo(expected);
        RawResponse deleted = send(bucket, "DELETE", "/k", key);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(encryption(deleted)).isEmpty();
    }

    @Test
    void aPartSaysNothingOfKindsThatAreSettled(TestBucket bucket) {
        RawResponse begun = send(bucket, "POST", "/film?uploads", "sse: AES256");
        String part = "/film?partNumber=1&uploadId=" + begun.element("UploadId");
        assertThat(send(bucket, "PUT", part, "sse: AES256").errorCode()).isEqualTo("SSEHeaderNotAllowed");
        assertThat(send(bucket, "PUT", part, "C").errorCode()).isEqualTo("InvalidRequest");
        assertThat(send(bucket, "PUT", part, "").status()).isEqualTo(200);
    }

    /** The Go SDK sends the key with it. */
    @Test
    void aDeletionNeedsNoKeyButMayBringIt(TestBucket bucket) {
        send(bucket, "PUT", "/k", "C");
        assertThat(send(bucket, "DELETE", "/k", "C").status()).isEqualTo(204);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void conditionsAreAnsweredToWhoHasTheKeyOnly(TestBucket bucket) {
        String etag = send(bucket, "PUT", "/k", "C").header("ETag").orElseThrow();
        RawRequest without = bucket.request("GET", "/k").header("If-None-Match", etag);
        assertThat(RawConnection.exchange(bucket.server(), without.signed()).errorCode())
                .isEqualTo("SsecDecryptHeaderInvalid");
        RawRequest with = with(bucket.request("GET", "/k").header("If-None-Match", etag), "C");
        assertThat(RawConnection.exchange(bucket.server(), with.signed()).status())
                .isEqualTo(304);
    }

    private static RawResponse send(TestBucket bucket, String method, String target, String headers) {
        RawRequest request = with(bucket.request(method, target), headers);
        boolean hasBody = method.equals("PUT") || target.contains("append");
        RawRequest whole = hasBody || method.equals("POST") ? request.body(hasBody ? "text" : "") : request;
        return RawConnection.exchange(bucket.server(), whole.signed());
    }

    private static RawRequest with(RawRequest request, String headers) {
        RawRequest described = request;
        for (String line : lines(headers)) {
            String[] words = line.split(": ", 2);
            described = described.header(words[0], words[1]);
        }
        return described;
    }

    private static List<String> lines(String headers) {
        List<String> lines = new ArrayList<>();
        for (String header : headers.replaceAll("^C$|(?<=; )C$", CUSTOMER).split("; *", -1)) {
            if (!header.isEmpty()) {
                String[] words = header.split(": ", 2);
                String value = words[1].equals("K") ? KEY : words[1].equals("M") ? KEY_MD5 : words[1];
                lines.add(NAMES.get(words[0]) + ": " + value);
            }
        }
        return lines;
    }

    private static List<String> encryption(RawResponse answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.headers().stream()
                .filter(header -> header.getKey().startsWith("x-cos-server-side-encryption"))
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }
}

package coffer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import coffer.api.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3HeadersTest {
    @ParameterizedTest
    @CsvSource({
        "x-amz-meta-Colour, Blue, x-cos-meta-colour, Blue",
        "X-Amz-Acl, public-read, x-cos-acl, public-read",
        "x-amz-server-side-encryption, aws:kms, x-cos-server-side-encryption, cos/kms",
        "x-amz-server-side-encryption, AES256, x-cos-server-side-encryption, AES256",
        "x-amz-server-side-encryption-aws-kms-key-id, k, x-cos-server-side-encryption-cos-kms-key-id, k",
        "x-amz-checksum-algorithm, CRC32, x-cos-checksum-algorithm, CRC32",
        "Content-Encoding, 'aws-chunked,gzip', Content-Encoding, gzip",
        "Content-Encoding, 'gzip, AWS-chunked', Content-Encoding, gzip",
        "Content-Type, text/plain, Content-Type, text/plain",
        "x-cos-meta-a, b, x-cos-meta-a, b",
    })
    void saysWhatACosClientWouldHaveSent(String name, String value, String cosName, String cosValue) {
        assertThat(S3Headers.toCos(Headers.of(name, value), Query.parse("")).all())
                .containsExactly(new Header(cosName, cosValue));
    }

    @Test
    void aBodyInChunksHasNoEncoding() {
        Headers sent = Headers.of("Content-Encoding", "aws-chunked", "Host", "h");
        assertThat(S3Headers.toCos(sent, Query.parse("")).all()).containsExactly(new Header("Host", "h"));
    }

    @Test
    void parametersOfPresignedUrlsAreHeadersUnlessTheyAreOfTheSignature() {
        Query query = Query.parse("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&X-Amz-Date=d&X-Amz-Expires=60"
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature=s&X-Amz-Security-Token=t&x-amz-acl=public-read"
                + "&x-amz-meta-colour=red&prefix=p");
        Headers understood = S3Headers.toCos(Headers.of("x-amz-meta-colour", "blue"), query);
        assertThat(understood.all())
                .containsExactly(new Header("x-cos-meta-colour", "blue"), new Header("x-cos-acl", "public-read"));
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption, aws:kms:dsse, NOT_IMPLEMENTED",
        "Content-MD5, '', INVALID_DIGEST",
    })
    void refusesWhatThereIsNot(String name, String value, CosError error) {
        CosException refused = catchThrowableOfType(
                CosException.class, () -> S3Headers.toCos(Headers.of(name, value), Query.parse("")));
        assertThat(refused.error()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "x-cos-request-id, r, x-amz-request-id, r",
        "x-cos-trace-id, t, x-amz-id-2, t",
        "x-cos-version-id, v, x-amz-version-id, v",
        "x-cos-server-side-encryption, cos/kms, x-amz-server-side-encryption, aws:kms",
        "x-cos-server-side-encryption-cos-kms-key-id, k, x-amz-server-side-encryption-aws-kms-key-id, k",
        "x-cos-hash-crc64ecma, 1, x-cos-hash-crc64ecma, 1",
        "ETag, e, ETag, e",
    })
    void answersInTheWordsOfS3(String cosName, String cosValue, String name, String value) {
        assertThat(S3Headers.toS3(List.of(new Header(cosName, cosValue)))).containsExactly(new Header(name, value));
    }
}

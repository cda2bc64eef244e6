package coffer.awssignature;

import static coffer.awssignature.PublishedExamples.NOW;
import static coffer.awssignature.PublishedExamples.authenticate;
import static coffer.awssignature.PublishedExamples.authorization;
import static coffer.awssignature.PublishedExamples.body;
import static coffer.awssignature.PublishedExamples.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies in pieces: 64 KiB, 1 KiB, nothing, as AWS's documents sign them, and what must not pass. */
class ChunkedPayloadTest {
    private static final int BYTES = 66560;
    private static final String TEXT = "a".repeat(BYTES);

    private static final String CHUNKED = chunks(
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
            "\r\n");
    private static final String WITH_TRAILER = chunks(
            "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
            "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
            "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
            "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:"
                    + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");

    @Test
    void readsTheExampleOfSignedChunks() {
        RequestBody body = signed(CHUNKED);
        assertThat(body.declaredBytes()).isEqualTo(BYTES);
        assertThat(new String(read(body), ISO_8859_1)).isEqualTo(TEXT);
    }

    @Test
    void readsTheExampleWithASignedTrailer() {
        RequestBody body = withTrailer(WITH_TRAILER);
        assertThat(new String(read(body), ISO_8859_1)).isEqualTo(TEXT);
        assertThat(body.trailer("X-Amz-Checksum-Crc32c")).contains("sOO8/Q==");
    }

    /** A byte, the signature of a chunk in the middle, that of the last one. */
    @ParameterizedTest
    @CsvSource({"aaaa, aaab", "0055627c, 00000000", "b6c6ea8a, 00000000"})
    void noticesAChangedChunk(String before, String after) {
        assertRefused(CosError.SIGNATURE_DOES_NOT_MATCH, signed(CHUNKED.replaceFirst(before, after)));
    }

    @ParameterizedTest
    @CsvSource({
        "sOO8/Q==, sOO8/g==, SIGNATURE_DOES_NOT_MATCH",
        "d81f82fc, 00000000, SIGNATURE_DOES_NOT_MATCH",
        "x-amz-trailer-signature, x-ignored, SIGNATURE_DOES_NOT_MATCH",
        "checksum-crc32c:, checksum-crc32:, MALFORMED_TRAILER_ERROR",
    })
    void noticesAChangedTrailer(String before, String after, CosError error) {
        assertRefused(error, withTrailer(WITH_TRAILER.replace(before, after)));
    }

    @Test
    void noticesWhatIsCutOff() {
        for (int length : new int[] {0, 3, 1000, 65536 + 90, CHUNKED.length() - 95, CHUNKED.length() - 4}) {
            CosException refused =
                    catchThrowableOfType(CosException.class, () -> read(signed(CHUNKED.substring(0, length))));
            assertThat(refused).as("of %s bytes", length).isNotNull();
            assertThat(refused.error())
                    .as("of %s bytes", length)
                    .isIn(CosError.INCOMPLETE_BODY, CosError.INVALID_REQUEST, CosError.SIGNATURE_DOES_NOT_MATCH);
        }
    }

    @Test
    void refusesMoreThanWasAnnounced() {
        assertRefused(CosError.INCOMPLETE_BODY, unsigned("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", "5"));
        assertRefused(CosError.INCOMPLETE_BODY, unsigned("5\r\nhello\r\n0\r\n\r\n", "6"));
    }

    @ParameterizedTest
    @CsvSource({"zz", "-1", "''", "10000000000000000"})
    void refusesWhatIsNoLength(String length) {
        assertRefused(CosError.INVALID_REQUEST, unsigned(length + "\r\nhello\r\n0\r\n\r\n", "5"));
    }

    @Test
    void chunksNeedNotBeSigned() {
        RequestBody body = unsigned("3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "5");
        assertThat(new String(read(body), ISO_8859_1)).isEqualTo("hello");
        assertThat(body.trailer("x-amz-checksum-crc32")).contains("NhCmhg==");
    }

    private static String chunks(String first, String second, String last, String end) {
        return "10000;chunk-signature=" + first + "\r\n" + TEXT.substring(0, 65536) + "\r\n400;chunk-signature="
                + second + "\r\n" + TEXT.substring(65536) + "\r\n0;chunk-signature=" + last + "\r\n" + end;
    }

    private static RequestBody signed(String sent) {
        return authenticate(
                        NOW,
                        body(sent.getBytes(ISO_8859_1)),
                        "PUT",
                        "/examplebucket/chunkObject.txt",
                        "Host",
                        "s3.amazonaws.com",
                        "Content-Encoding",
                        "aws-chunked",
                        "Content-Length",
                        "66824",
                        "x-amz-content-sha256",
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                        "x-amz-date",
                        "20130524T000000Z",
                        "x-amz-decoded-content-length",
                        "66560",
                        "x-amz-storage-class",
                        "REDUCED_REDUNDANCY",
                        "Authorization",
                        authorization(
                                "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                                        + "x-amz-decoded-content-length;x-amz-storage-class",
                                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"))
                .body();
    }

    private static RequestBody withTrailer(String sent) {
        return authenticate(
                        NOW,
                        body(sent.getBytes(ISO_8859_1)),
                        "PUT",
                        "/examplebucket/chunkObject.txt",
                        "Host",
                        "s3.amazonaws.com",
                        "Content-Encoding",
                        "aws-chunked",
                        "x-amz-content-sha256",
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                        "x-amz-date",
                        "20130524T000000Z",
                        "x-amz-decoded-content-length",
                        "66560",
                        "x-amz-storage-class",
                        "REDUCED_REDUNDANCY",
                        "x-amz-trailer",
                        "x-amz-checksum-crc32c",
                        "Authorization",
                        authorization(
                                "content-encoding;host;x-amz-content-sha256;x-amz-date;"
                                        + "x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                                "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"))
                .body();
    }

    private static RequestBody unsigned(String sent, String length) {
        return authenticate(
                        NOW,
                        body(sent.getBytes(ISO_8859_1)),
                        "PUT",
                        "/examplebucket/a",
                        "Host",
                        "s3.amazonaws.com",
                        "x-amz-content-sha256",
                        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                        "x-amz-decoded-content-length",
                        length)
                .body();
    }

    private static void assertRefused(CosError error, RequestBody body) {
        CosException refused = catchThrowableOfType(CosException.class, () -> read(body));
        assertThat(refused).isNotNull();
        assertThat(refused.error()).isEqualTo(error);
    }
}

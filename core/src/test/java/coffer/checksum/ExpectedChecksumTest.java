package coffer.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedChecksumTest {
    private static final byte[] DIGITS = "123456789".getBytes(US_ASCII);
    private static final String CRC32 = "y/Q5Jg==";

    @Test
    void isOneOrNone() {
        assertThat(ExpectedChecksum.of(Headers.of("x-cos-checksum-type", "FULL_OBJECT")))
                .isEmpty();
        assertThat(ExpectedChecksum.of(Headers.of("x-cos-checksum-crc32", CRC32)))
                .contains(new ExpectedChecksum(ChecksumAlgorithm.CRC32, Optional.of(CRC32), false));
        assertThat(ExpectedChecksum.of(
                        Headers.of("x-cos-trailer", "x-amz-checksum-sha1", "x-cos-sdk-checksum-algorithm", "SHA1")))
                .contains(new ExpectedChecksum(ChecksumAlgorithm.SHA1, Optional.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-cos-checksum-crc32 y/Q5Jg== x-cos-checksum-crc32c 4waSgw==",
                "x-cos-checksum-crc32 y/Q5Jg== x-cos-trailer x-amz-checksum-crc32",
                "x-cos-checksum-crc32 not?base64",
                "x-cos-trailer x-amz-checksum-md5",
                "x-cos-sdk-checksum-algorithm CRC32",
                "x-cos-sdk-checksum-algorithm CRC31 x-cos-checksum-crc32 y/Q5Jg==",
                "x-cos-sdk-checksum-algorithm SHA1 x-cos-checksum-crc32 y/Q5Jg=="
            })
    void refusesWhatContradictsItself(String headers) {
        assertThat(catchThrowableOfType(
                                CosException.class, () -> ExpectedChecksum.of(Headers.of(headers.split(" ", -1))))
                        .error())
                .isEqualTo(CosError.INVALID_REQUEST);
    }

    @Test
    void comparesWithWhatStandsBeforeTheBody() {
        assertThat(check("x-cos-checksum-crc32", CRC32, Map.of()))
                .isEqualTo(new ObjectChecksum(ChecksumAlgorithm.CRC32, ObjectChecksum.Type.FULL_OBJECT, CRC32));
        assertThat(refusal("x-cos-checksum-crc32", "AAAAAA==", Map.of())).isEqualTo(CosError.BAD_DIGEST);
        assertThat(refusal("x-cos-checksum-crc32", "AAAA", Map.of())).isEqualTo(CosError.BAD_DIGEST);
    }

    @Test
    void comparesWithWhatStandsBehindTheBody() {
        String name = "x-amz-checksum-crc32";
        assertThat(check("x-cos-trailer", name, Map.of(name, CRC32)).value()).isEqualTo(CRC32);
        assertThat(refusal("x-cos-trailer", name, Map.of(name, "AAAAAA=="))).isEqualTo(CosError.BAD_DIGEST);
        assertThat(refusal("x-cos-trailer", name, Map.of(name, "?"))).isEqualTo(CosError.INVALID_REQUEST);
        assertThat(refusal("x-cos-trailer", name, Map.of())).isEqualTo(CosError.MALFORMED_TRAILER_ERROR);
    }

    private static CosError refusal(String header, String value, Map<String, String> trailers) {
        return catchThrowableOfType(CosException.class, () -> check(header, value, trailers))
                .error();
    }

    private static ObjectChecksum check(String header, String value, Map<String, String> trailers) {
        ExpectedChecksum expected =
                ExpectedChecksum.of(Headers.of(header, value)).orElseThrow();
        ChecksumAlgorithm.Hash hash = expected.algorithm().begin();
        hash.update(ByteBuffer.wrap(DIGITS));
        return expected.check(hash.value(), new ReadBody(trailers));
    }

    /** A body that was read to its end. */
    private record ReadBody(Map<String, String> trailers) implements RequestBody {
        @Override
        public long declaredBytes() {
            return DIGITS.length;
        }

        @Override
        public int read(ByteBuffer target) {
            return -1;
        }

        @Override
        public Optional<String> trailer(String name) {
            return Optional.ofNullable(trailers.get(name));
        }
    }
}

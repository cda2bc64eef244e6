package coffer.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.checksum.ObjectChecksum.OfPart;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumAlgorithmTest {
    /** The check values of the catalogue of CRCs, and the digests of the same nine digits. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void fitsKnownValues(ChecksumAlgorithm algorithm, String hex) {
        byte[] value = value(algorithm, "123456789".getBytes(US_ASCII));
        assertThat(HexFormat.of().formatHex(value)).isEqualTo(hex);
        assertThat(value).hasSize(algorithm.bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 300_001})
    void crc64NvmeIsTheSameBitByBit(int length) {
        byte[] bytes = bytes(length);
        assertThat(value(ChecksumAlgorithm.CRC64NVME, bytes))
                .isEqualTo(ByteBuffer.allocate(8).putLong(bitByBit(bytes)).array());
    }

    @ParameterizedTest
    @EnumSource(ChecksumAlgorithm.class)
    void isTheSameInPiecesOfAnyBuffer(ChecksumAlgorithm algorithm) {
        byte[] bytes = bytes(100_000);
        ChecksumAlgorithm.Hash hash = algorithm.begin();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        hash.update(direct.slice(0, 40_001));
        hash.update(ByteBuffer.wrap(bytes, 40_001, 59_999));
        assertThat(hash.value()).isEqualTo(value(algorithm, bytes));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void joinsPartsToTheWhole(ChecksumAlgorithm algorithm) {
        byte[] bytes = bytes(200_000);
        List<OfPart> parts = new ArrayList<>();
        Random cuts = new Random(5);
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, cuts.nextInt(70_000));
            byte[] part = Arrays.copyOfRange(bytes, from, from + count);
            parts.add(new OfPart(ObjectChecksum.full(algorithm, value(algorithm, part)), count));
            from += count;
        }
        assertThat(ObjectChecksum.ofParts(algorithm, ObjectChecksum.Type.FULL_OBJECT, parts))
                .isEqualTo(ObjectChecksum.full(algorithm, value(algorithm, bytes)));
    }

    @Test
    void aCompositeIsTheValueOfTheValues() throws NoSuchAlgorithmException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        List<OfPart> parts = new ArrayList<>();
        for (String text : List.of("first", "second")) {
            byte[] value = MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
            sha1.update(value);
            parts.add(new OfPart(ObjectChecksum.full(ChecksumAlgorithm.SHA1, value), text.length()));
        }
        assertThat(ObjectChecksum.ofParts(ChecksumAlgorithm.SHA1, ObjectChecksum.Type.COMPOSITE, parts))
                .isEqualTo(new ObjectChecksum(
                        ChecksumAlgorithm.SHA1,
                        ObjectChecksum.Type.COMPOSITE,
                        Base64.getEncoder().encodeToString(sha1.digest()) + "-2"));
    }

    private static byte[] value(ChecksumAlgorithm algorithm, byte[] bytes) {
        ChecksumAlgorithm.Hash hash = algorithm.begin();
        hash.update(ByteBuffer.wrap(bytes));
        return hash.value();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static long bitByBit(byte[] bytes) {
        long crc = ~0L;
        for (byte octet : bytes) {
            crc ^= octet & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x9A6C9329AC4BC9B5L;
            }
        }
        return ~crc;
    }
}

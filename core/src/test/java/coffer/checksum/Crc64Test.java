package coffer.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Crc64Test {
    /** The catalogue's check value of CRC-64/XZ, and what the CRC library of the Python SDK computes. */
    @ParameterizedTest
    @CsvSource({"123456789, 11051210869376104954", "'', 0", "a, 3675645893302102789"})
    void fitsKnownValues(String text, String decimal) {
        assertThat(Long.toUnsignedString(Crc64.of(text.getBytes(US_ASCII)))).isEqualTo(decimal);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 4095, 65_535, 65_536, 65_537, 300_001, 1_000_003})
    void isTheSameBitByBitInPiecesAndInBuffers(int length) {
        byte[] bytes = bytes(length);
        long expected = bitByBit(bytes);
        assertThat(Crc64.of(bytes)).isEqualTo(expected);
        Crc64 tables = new Crc64();
        tables.updateByTables(bytes, 0, length);
        assertThat(tables.value()).isEqualTo(expected);
        Crc64 pieces = new Crc64();
        Random cuts = new Random(length);
        for (int from = 0; from < length; ) {
            int count = Math.min(length - from, 1 + cuts.nextInt(150_000));
            pieces.update(bytes, from, count);
            from += count;
        }
        assertThat(pieces.value()).isEqualTo(expected);
        Crc64 buffered = new Crc64();
        ByteBuffer direct = ByteBuffer.allocateDirect(length + 3);
        direct.position(3).put(bytes).position(3);
        buffered.update(direct);
        assertThat(buffered.value()).isEqualTo(expected);
        assertThat(direct.position()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 99_999, 100_000})
    void combinesWhatTwoStretchesHave(int cut) {
        byte[] bytes = bytes(100_000);
        long first = Crc64.of(Arrays.copyOf(bytes, cut));
        long second = Crc64.of(Arrays.copyOfRange(bytes, cut, bytes.length));
        assertThat(Crc64.combine(first, second, bytes.length - cut)).isEqualTo(Crc64.of(bytes));
    }

    /** Two stretches of 5 TiB cannot be read here, but combining must be associative at any length. */
    @Test
    void combinesLongStretches() {
        long tebibytes = 5L << 40;
        long a = 0x0123456789abcdefL;
        long b = 0x5555aaaa5555aaaaL;
        long c = 0x7edcba9876543210L;
        long left = Crc64.combine(Crc64.combine(a, b, tebibytes), c, tebibytes + 1);
        long right = Crc64.combine(a, Crc64.combine(b, c, tebibytes + 1), 2 * tebibytes + 1);
        assertThat(left).isEqualTo(right);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static long bitByBit(byte[] bytes) {
        long crc = ~0L;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xC96C5795D7870F42L;
            }
        }
        return ~crc;
    }
}

package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionIdTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4095, 1_770_019_200_000_000L << 12, Long.MAX_VALUE})
    void isReadAsItIsWritten(long sequence) {
        String text = new VersionId(sequence, false).text();
        assertThat(text).matches("[A-Za-z0-9_-]{27}");
        assertThat(VersionId.Named.parse(text)).isEqualTo(new VersionId.Named.Numbered(sequence));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 1_770_019_200_000_000L << 12, Long.MAX_VALUE - 1})
    void theLaterOneSortsFirst(long sequence) {
        assertThat(VersionId.suffix(sequence)).matches("\\d{20}").isGreaterThan(VersionId.suffix(sequence + 1));
    }

    @Test
    void theSmallestAndTheLargestHaveTwentyDigits() {
        assertThat(VersionId.suffix(0)).isEqualTo("18446744073709551615");
        assertThat(VersionId.suffix(Long.MAX_VALUE)).isEqualTo("09223372036854775808");
    }

    /** Among them what decodes to digits in another spelling: an id has one spelling only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NULL",
                "nonsense",
                "%00",
                "MTg0NDY3NDQwNzM3MDk1NTE2MTU",
                "MTg0NDY3NDQwNzM3MDk1NTE2MTQ=",
                "MTg0NDY3NDQwNzM3MDk1NTE2MTV",
                "LTE",
            })
    void anythingElseIsUnknown(String text) {
        assertThat(VersionId.Named.parse(text)).isEqualTo(new VersionId.Named.Unknown());
    }

    @Test
    void nullIsItsName() {
        assertThat(new VersionId(5, true).text()).isEqualTo("null");
        assertThat(VersionId.Named.parse("null")).isEqualTo(new VersionId.Named.Null());
    }
}

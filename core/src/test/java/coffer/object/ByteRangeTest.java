package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 10, 0, 1",
        "bytes=2-5, 10, 2, 4",
        "bytes=2-, 10, 2, 8",
        "bytes=-3, 10, 7, 3",
        "bytes=-30, 10, 0, 10",
        "bytes=9-100, 10, 9, 1",
        "bytes=0-, 1, 0, 1"
    })
    void resolvesEveryFormTheClientsSend(String header, long size, long first, long length) {
        assertThat(ByteRange.resolve(header, size)).contains(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "items=0-1", "bytes=5-2", "bytes 0-1", "0-1"})
    void ignoresWhatIsNoSingleRangeOfBytes(String header) {
        assertThat(ByteRange.resolve(header, 10)).isEmpty();
    }

    @Test
    void ignoresTheWholeOfAnEmptyObject() {
        assertThat(ByteRange.resolve("bytes=0-", 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-, 10", "bytes=10-20, 10", "bytes=-0, 10", "bytes=0-0, 0", "bytes=-1, 0"})
    void refusesARangeThatHasNoByteOfTheObject(String header, long size) {
        assertThatThrownBy(() -> ByteRange.resolve(header, size)).isInstanceOfSatisfying(CosException.class, e -> {
            assertThat(e.error()).isEqualTo(CosError.INVALID_RANGE);
            assertThat(e.headers().getFirst().value()).isEqualTo("bytes */" + size);
        });
    }
}

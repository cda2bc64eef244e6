package coffer.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of buckets, of objects, and of what is copied. */
class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-1250000000",
                "1-1250000000",
                "a-b--c-1250000000",
                "0123456789-0123456789-0123456789-0123456789-012345-1250000000"
            })
    void takesBucketNamesOfTheRules(String name) {
        assertThat(BucketName.parse(name)).hasToString(name);
        assertThat(BucketName.parse(name).appId()).isEqualTo("1250000000");
    }

    @ParameterizedTest
    @CsvSource({
        "'', InvalidBucketName",
        "bucket, InvalidBucketName",
        "-1250000000, InvalidBucketName",
        "--1250000000, InvalidBucketName",
        "-a-1250000000, InvalidBucketName",
        "a--1250000000, InvalidBucketName",
        "A-1250000000, InvalidBucketName",
        "a_b-1250000000, InvalidBucketName",
        "a.b-1250000000, InvalidBucketName",
        "a-, InvalidBucketName",
        "a-12b, InvalidBucketName",
        "a-123456789012345678901, InvalidBucketName",
        "桶-1250000000, InvalidBucketName",
        "a-١٢٣, InvalidBucketName",
        "0123456789-0123456789-0123456789-0123456789-0123456-1250000000, BucketNameTooLong",
    })
    void refusesOtherBucketNames(String name, String code) {
        assertThat(code(() -> BucketName.parse(name))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "/", "a//b", "a/", " ", "+", "%", "\n", "\u0000", "旅行", "😀"})
    void takesAwkwardKeys(String key) {
        assertThatCode(() -> ObjectKey.check(key)).doesNotThrowAnyException();
    }

    /** Lengths are those of UTF-8. */
    @ParameterizedTest
    @CsvSource({"a, 1", "é, 2", "旅, 3", "😀, 4"})
    void takesKeysOf850Bytes(String character, int bytes) {
        String longest = character.repeat(850 / bytes) + "x".repeat(850 % bytes);
        assertThatCode(() -> ObjectKey.check(longest)).doesNotThrowAnyException();
        assertThat(code(() -> ObjectKey.check(longest + "x"))).isEqualTo("KeyTooLong");
    }

    @Test
    void refusesOtherKeys() {
        assertThat(code(() -> ObjectKey.check(""))).isEqualTo("InvalidObjectName");
        for (char control = 24; control <= 27; control++) {
            String key = "a" + control;
            assertThat(code(() -> ObjectKey.check(key))).isEqualTo("InvalidObjectName");
        }
    }

    /** The bucket is the first label whatever follows. {@code -} stands for no version. */
    @ParameterizedTest
    @CsvSource({
        "b-125.cos.ap-guangzhou.myqcloud.com/a/b, b-125, a/b, -",
        "/b-125.cos.ap-guangzhou.myqcloud.com/a/b, b-125, a/b, -",
        "b-125.cos.local:9000/a, b-125, a, -",
        "b-125/a, b-125, a, -",
        "/b-125/a//b/, b-125, a//b/, -",
        "b-125//a, b-125, /a, -",
        "b-125/%E6%97%85%2Fa+b%20c, b-125, 旅/a+b c, -",
        "b-125/旅, b-125, 旅, -",
        "b-125/a?versionId=MTg0, b-125, a, MTg0",
        "b-125/a%3FversionId=1?versionId=2, b-125, a?versionId=1, 2",
        "b-125/a?versionId=, b-125, a, -",
    })
    void readsCopySources(String text, String bucket, String key, String version) {
        CopySource source = CopySource.parse(text);
        assertThat(source.bucket()).isEqualTo(bucket);
        assertThat(source.key()).isEqualTo(key);
        assertThat(source.versionId().orElse("-")).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "b-125", "b-125/", "/b-125", "/b-125/", "b-125/?versionId=1", "b-125/%zz", "//key"})
    void refusesOtherCopySources(String text) {
        assertThat(code(() -> CopySource.parse(text))).isEqualTo("InvalidCopySource");
    }

    private static String code(ThrowingCallable call) {
        return catchThrowableOfType(CosException.class, call).error().code();
    }
}

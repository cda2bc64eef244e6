package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "*, '', true",
        "*, a/b, true",
        "a, a, true",
        "a, A, false",
        "a*, a, true",
        "a*, ab/c, true",
        "*a, ba, true",
        "*a, ab, false",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "a**b, ab, true",
        "*aab*, aaab, true",
        "*abab*c, abaababc, true",
        "ab*ab, aba, false",
        "?, a, false",
        ".*, .x, true",
        ".*, x, false",
        "*旅*, a旅行, true",
    })
    void matches(String pattern, String text, boolean expected) {
        assertThat(Wildcard.of(pattern).matches(text)).isEqualTo(expected);
    }

    /** Short texts of few letters, where stars and borders of pieces meet most. */
    @Test
    void agreesWithRegularExpressions() {
        long seed = Long.getLong("coffer.access.seed", 20_261_125L);
        Random random = new Random(seed);
        for (int round = 0; round < 200_000; round++) {
            String pattern = word(random, "aab*", 8);
            String text = word(random, "aab", 10);
            String regex =
                    Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            assertThat(Wildcard.of(pattern).matches(text))
                    .as("'%s' on '%s', seed %d", pattern, text, seed)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    /** Each of these takes a matcher that backtracks longer than anybody waits. */
    @ParameterizedTest
    @CsvSource({"a*, b, 2000", "*a, b, 2000", "a*a*b*, c, 1000", "'aaaaaaaaaaaaaaaaaaaab*', c, 190"})
    void evilPatternsEnd(String repeated, String end, int times) {
        Wildcard pattern = Wildcard.of(repeated.repeat(times) + end);
        String text = "a".repeat(1_000_000);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pattern.matches(text)))
                .isFalse();
    }

    private static String word(Random random, String letters, int longest) {
        return random.ints(random.nextInt(longest + 1), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}

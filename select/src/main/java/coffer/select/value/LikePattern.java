package coffer.select.value;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Arrays;
import java.util.Optional;

/** A pattern of {@code LIKE}: {@code %} stands for anything, {@code _} for one character. */
public final class LikePattern {
    private static final int ANY = -1;
    private static final int ONE = -2;

    /** How many steps there are between two looks at whether to go on. */
    private static final int LOOK_STEPS = 1 << 16;

    /** Characters, and {@link #ANY} and {@link #ONE}. */
    private final int[] pattern;

    private LikePattern(int[] pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @param escape behind which {@code %}, {@code _} and itself are ordinary characters
     * @throws CosException {@code EvaluatorInvalidArguments} if the escape is not one character, or escapes nothing
     */
    public static LikePattern of(String text, Optional<String> escape) {
        int[] characters = text.codePoints().toArray();
        int escaping = escape.map(LikePattern::single).orElse(ANY);
        int[] pattern = new int[characters.length];
        int length = 0;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == escaping) {
                i++;
                boolean isEscape = i < characters.length
                        && (characters[i] == '%' || characters[i] == '_' || characters[i] == escaping);
                if (!isEscape) {
                    throw CosError.EVALUATOR_INVALID_ARGUMENTS.because(
                            "The escape character of LIKE must stand before %, _ or itself.");
                }
                pattern[length++] = characters[i];
            } else {
                pattern[length++] = c == '%' ? ANY : c == '_' ? ONE : c;
            }
        }
        return new LikePattern(Arrays.copyOf(pattern, length));
    }

    private static int single(String escape) {
        if (escape.codePointCount(0, escape.length()) != 1) {
            throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("ESCAPE must be one character.");
        }
        return escape.codePointAt(0);
    }

    /**
     * Whether a text is as the pattern says.
     *
     * @param check called from time to time, and may throw
     */
    public boolean matches(String text, Runnable check) {
        int at = 0;
        int in = 0;
        int resumeAt = -1;
        int resumeIn = -1;
        int steps = 0;
        while (at < text.length()) {
            if (++steps % LOOK_STEPS == 0) {
                check.run();
            }
            int c = text.codePointAt(at);
            if (in < pattern.length && (pattern[in] == ONE || pattern[in] == c)) {
                at += Character.charCount(c);
                in++;
            } else if (in < pattern.length && pattern[in] == ANY) {
                resumeIn = ++in;
                resumeAt = at;
            } else if (resumeIn >= 0) {
                resumeAt += Character.charCount(text.codePointAt(resumeAt));
                at = resumeAt;
                in = resumeIn;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == ANY) {
            in++;
        }
        return in == pattern.length;
    }
}

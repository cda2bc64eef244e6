package coffer.access;

import java.util.function.Predicate;

/**
 * Patterns of AWS policies: {@code *} stands for any run of characters, {@code ?} for any one. Those without {@code ?} are
 * a {@link Wildcard}; the others take time by the length of text times that of the pattern at most.
 */
final class Glob {
    private Glob() {}

    static Predicate<String> of(String pattern) {
        return pattern.indexOf('?') < 0 ? Wildcard.of(pattern)::matches : text -> matches(pattern, text);
    }

    /** Whether a pattern stands for more than one text. */
    static boolean isOpen(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    private static boolean matches(String pattern, String text) {
        int at = 0;
        int inText = 0;
        int star = -1;
        int resume = 0;
        while (inText < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = inText;
            } else if (at < pattern.length()
                    && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(inText))) {
                at++;
                inText++;
            } else if (star >= 0) {
                at = star + 1;
                inText = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}

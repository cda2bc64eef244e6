package coffer.access;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which each {@code *} stands for any run of characters, also for none. Takes time by the length of text
 * and pattern together, whatever they are: pieces between stars are sought by Knuth, Morris and Pratt.
 */
final class Wildcard {
    private final String pattern;
    private final String start;
    private final String end;
    private final List<Piece> middle;
    private final boolean isLiteral;

    private Wildcard(String pattern) {
        this.pattern = pattern;
        int first = pattern.indexOf('*');
        int last = pattern.lastIndexOf('*');
        this.isLiteral = first < 0;
        this.start = isLiteral ? pattern : pattern.substring(0, first);
        this.end = pattern.substring(last + 1);
        this.middle = first == last
                ? List.of()
                : Arrays.stream(pattern.substring(first + 1, last).split("\\*"))
                        .filter(piece -> !piece.isEmpty())
                        .map(Piece::of)
                        .toList();
    }

    static Wildcard of(String pattern) {
        return new Wildcard(pattern);
    }

    boolean matches(String text) {
        if (isLiteral) {
            return text.equals(start);
        }
        int at = start.length();
        int limit = text.length() - end.length();
        if (at > limit || !text.startsWith(start) || !text.endsWith(end)) {
            return false;
        }
        for (Piece piece : middle) {
            at = piece.endIn(text, at, limit);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return pattern;
    }

    /**
     * What stands between two stars.
     *
     * @param borders of each beginning of the text, the length of its longest proper end that it also begins with
     */
    private record Piece(String text, int[] borders) {
        static Piece of(String text) {
            int[] borders = new int[text.length()];
            for (int i = 1; i < borders.length; i++) {
                borders[i] = step(text, borders, borders[i - 1], text.charAt(i));
            }
            return new Piece(text, borders);
        }

        /** Where its first occurrence from {@code at} ends, no later than {@code limit}; -1 if there is none. */
        int endIn(String in, int at, int limit) {
            int matched = 0;
            for (int i = at; i < limit; i++) {
                matched = step(text, borders, matched, in.charAt(i));
                if (matched == text.length()) {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int step(String text, int[] borders, int matched, char next) {
            int length = matched;
            while (length > 0 && text.charAt(length) != next) {
                length = borders[length - 1];
            }
            return text.charAt(length) == next ? length + 1 : 0;
        }
    }
}

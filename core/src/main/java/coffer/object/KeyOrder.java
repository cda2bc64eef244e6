package coffer.object;

import coffer.store.RowGroup;
import java.util.Optional;

/** The order of keys: by UTF-8 bytes, which is the order of code points and not that of {@link String}. */
public final class KeyOrder {
    private static final int FIRST_SURROGATE = 0xd800;
    private static final int AFTER_SURROGATES = 0xe000;

    private KeyOrder() {}

    /** Compares as {@link java.util.Comparator} does. */
    public static int compare(String a, String b) {
        return RowGroup.compareKeys(a, b);
    }

    /** The first text after this one. */
    public static String after(String text) {
        return text + '\0';
    }

    /** The first text after all that begin with this one; empty if there is none. */
    public static Optional<String> afterPrefix(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == FIRST_SURROGATE ? AFTER_SURROGATES : last + 1;
                return Optional.of(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return Optional.empty();
    }
}

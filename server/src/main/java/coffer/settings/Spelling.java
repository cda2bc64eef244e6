package coffer.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Spelling {
    private Spelling() {}

    /** The name that is nearest to a word; empty if none is near. Also understands other ways to write the same words. */
    static Optional<String> nearest(String word, Collection<String> names) {
        String plain = word.replaceFirst("^(COFFER_|--)", "")
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .replaceAll("[_.]", "-")
                .toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(plain, name)))
                .filter(name -> distance(plain, name) <= Math.max(1, plain.length() / 3));
    }

    /** How many letters have to be put in, left out or changed: the distance of Levenshtein. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int i = 0; i <= to.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

package coffer.conformance.linearizability;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A page of a listing, as so many reads.
 *
 * @param marker the listing began behind this key
 * @param found the keys that were listed, each with its content
 * @param isTruncated whether there is more behind the last of them
 */
record ListingPage(String marker, SortedMap<String, String> found, boolean isTruncated) {
    ListingPage {
        if (isTruncated && found.isEmpty()) {
            throw new AssertionError("a page without keys is followed by another one");
        }
        if (!found.tailMap(marker + '\0').equals(found)) {
            throw new AssertionError("behind " + marker + " was listed " + found.firstKey());
        }
    }

    /** What the page says of those of the keys that it is about. */
    Map<String, String> contents(Collection<String> keys) {
        Map<String, String> contents = new TreeMap<>();
        for (String key : keys) {
            if (key.compareTo(marker) > 0 && (!isTruncated || key.compareTo(found.lastKey()) <= 0)) {
                contents.put(key, found.getOrDefault(key, Action.ABSENT));
            }
        }
        if (!contents.keySet().containsAll(found.keySet())) {
            throw new AssertionError("of " + keys + " were listed " + found.keySet());
        }
        return contents;
    }
}

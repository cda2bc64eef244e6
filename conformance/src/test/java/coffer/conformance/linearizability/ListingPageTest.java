package coffer.conformance.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListingPageTest {
    private static final List<String> KEYS = List.of("a", "b", "c", "d");

    @Test
    void aWholeListingSpeaksOfAllKeys() {
        assertThat(page("", Map.of("b", "1", "d", "2"), false).contents(KEYS))
                .isEqualTo(Map.of("a", Action.ABSENT, "b", "1", "c", Action.ABSENT, "d", "2"));
    }

    @Test
    void aPageSpeaksOfTheKeysBehindItsMarkerUpToItsLast() {
        assertThat(page("a", Map.of("c", "1"), true).contents(KEYS)).isEqualTo(Map.of("b", Action.ABSENT, "c", "1"));
    }

    @Test
    void anEmptyListingSaysThatNothingIsThere() {
        assertThat(page("c", Map.of(), false).contents(KEYS)).isEqualTo(Map.of("d", Action.ABSENT));
    }

    @Test
    void nothingIsListedThatCannotBeThere() {
        assertThatThrownBy(() -> page("b", Map.of("b", "1"), false)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> page("b", Map.of(), true)).isInstanceOf(AssertionError.class);
        ListingPage unknown = page("", Map.of("e", "1"), false);
        assertThatThrownBy(() -> unknown.contents(KEYS)).isInstanceOf(AssertionError.class);
    }

    private static ListingPage page(String marker, Map<String, String> found, boolean isTruncated) {
        return new ListingPage(marker, new TreeMap<>(found), isTruncated);
    }
}

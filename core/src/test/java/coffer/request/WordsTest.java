package coffer.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import org.junit.jupiter.api.Test;

class WordsTest {
    private enum Season {
        DRY,
        WET
    }

    @Test
    void readsWordsInAnyCase() {
        assertThat(Words.either("Quiet", "True", "true", "false")).isTrue();
        assertThat(Words.either("Quiet", "FALSE", "true", "false")).isFalse();
        assertThat(Words.constant("Season", "Wet", Season.class)).isEqualTo(Season.WET);
    }

    @Test
    void refusesOtherWordsAndNamesThoseAllowed() {
        assertThatThrownBy(() -> Words.either("Quiet", "yes", "true", "false"))
                .isInstanceOfSatisfying(CosException.class, e -> {
                    assertThat(e.error()).isEqualTo(CosError.INVALID_ARGUMENT);
                    assertThat(e.message()).isEqualTo("Quiet must be true or false, not 'yes'.");
                });
        assertThatThrownBy(() -> Words.constant("Season", "", Season.class))
                .hasMessage("Season must be one of DRY, WET, not ''.");
    }
}

package coffer.versioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import org.junit.jupiter.api.Test;

class VersioningTest {
    private static Versioning read(String content) {
        return Versioning.read(
                Element.parse(("<VersioningConfiguration>" + content + "</VersioningConfiguration>").getBytes(UTF_8)));
    }

    @Test
    void readsBothStates() {
        assertThat(read("<Status>Enabled</Status>")).isEqualTo(Versioning.ENABLED);
        assertThat(read("<MfaDelete>Disabled</MfaDelete><Status>Suspended</Status>"))
                .isEqualTo(Versioning.SUSPENDED);
    }

    @Test
    void promisesNoSecondFactor() {
        assertThatThrownBy(() -> read("<MfaDelete>Enabled</MfaDelete><Status>Enabled</Status>"))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.NOT_IMPLEMENTED));
    }
}

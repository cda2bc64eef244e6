package coffer.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccelerateConfigurationTest {
    private static final String EXAMPLE =
            "<AccelerateConfiguration><Status>Enabled</Status><Type>COS</Type></AccelerateConfiguration>";

    private static AccelerateConfiguration read(String document) {
        return AccelerateConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(AccelerateConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(read(EXAMPLE))).isEqualTo(EXAMPLE);
        String suspended = EXAMPLE.replace("Enabled", "Suspended");
        assertThat(written(read(suspended))).isEqualTo(suspended);
    }

    @Test
    void readsTheNamespaceOfTheDocumentationAndNoType() {
        assertThat(
                        read(
                                "<AccelerateConfiguration xmlns='cos xmlns/'><Status>enabled</Status></AccelerateConfiguration>"))
                .isEqualTo(AccelerateConfiguration.ENABLED);
    }

    @Test
    void closesItselfWhereItWasNeverSet() {
        assertThat(written(AccelerateConfiguration.UNSET)).isEqualTo("<AccelerateConfiguration/>");
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, Disabled, INVALID_ARGUMENT",
        "Enabled, '', INVALID_ARGUMENT",
        "COS, CDN, INVALID_ARGUMENT",
        "Status, State, MALFORMED_XML",
        "AccelerateConfiguration, Accelerate, MALFORMED_XML"
    })
    void refusesWhatIsWrongOrMissing(String right, String wrong, CosError error) {
        assertThatThrownBy(() -> read(EXAMPLE.replace(right, wrong)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }
}

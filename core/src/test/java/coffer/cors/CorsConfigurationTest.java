package coffer.cors;

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
import org.junit.jupiter.params.provider.ValueSource;

class CorsConfigurationTest {
    private static final String EXAMPLE = "<CORSConfiguration><CORSRule><ID>web</ID>"
            + "<AllowedOrigin>https://*.photos.example</AllowedOrigin>"
            + "<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>"
            + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>300</MaxAgeSeconds></CORSRule>"
            + "<ResponseVary>true</ResponseVary></CORSConfiguration>";
    private static final String RULE =
            "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>%s</CORSRule>";

    private static CorsConfiguration read(String document) {
        return CorsConfiguration.readOfCos(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static CorsConfiguration readRules(String rules) {
        return read("<CORSConfiguration>" + rules + "</CORSConfiguration>");
    }

    private static String written(CorsConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, String rules) {
        assertThatThrownBy(() -> readRules(rules))
                .as(rules)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(read(EXAMPLE))).isEqualTo(EXAMPLE);
        assertThat(read(written(read(EXAMPLE)))).isEqualTo(read(EXAMPLE));
    }

    @Test
    void readsTheOrdersAndOmissionsOfTheSdks() {
        CorsConfiguration java = readRules("<CORSRule><ID/><AllowedOrigin> http://a.example </AllowedOrigin>"
                + "<AllowedMethod>Put</AllowedMethod><MaxAgeSeconds/><ExposeHeader>ETag</ExposeHeader>"
                + "<AllowedHeader>x-cos-*</AllowedHeader><Unknown/></CORSRule>");
        assertThat(written(java))
                .isEqualTo("<CORSConfiguration><CORSRule><AllowedOrigin>http://a.example</AllowedOrigin>"
                        + "<AllowedMethod>PUT</AllowedMethod><AllowedHeader>x-cos-*</AllowedHeader>"
                        + "<ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>");
        assertThat(readRules(RULE.formatted("") + "<ResponseVary>True</ResponseVary>")
                        .responseVary())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<CORSRule/>",
                "<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>",
                "<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>",
                "<CORSRule><AllowedOrigin/><AllowedMethod>GET</AllowedMethod></CORSRule>"
            })
    void refusesRulesThatLackAnElement(String rules) {
        assertRefused(CosError.MALFORMED_XML, rules);
    }

    @Test
    void refusesAnotherRoot() {
        assertThatThrownBy(() -> read("<Cors/>")).hasMessageContaining("CORSConfiguration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AllowedMethod>OPTIONS</AllowedMethod>",
                "<AllowedMethod>*</AllowedMethod>",
                "<AllowedOrigin>photos.example</AllowedOrigin>",
                "<AllowedOrigin>http://*.*.example</AllowedOrigin>",
                "<AllowedOrigin>**</AllowedOrigin>",
                "<AllowedOrigin>http://a b</AllowedOrigin>",
                "<AllowedHeader>x-*-*</AllowedHeader>",
                "<AllowedHeader>a, b</AllowedHeader>",
                "<ExposeHeader>*</ExposeHeader>",
                "<ExposeHeader>x-cos-*</ExposeHeader>",
                "<ExposeHeader>a&#13;&#10;b: c</ExposeHeader>",
                "<MaxAgeSeconds>-1</MaxAgeSeconds>",
                "<MaxAgeSeconds>soon</MaxAgeSeconds>",
                "<MaxAgeSeconds>2147483648</MaxAgeSeconds>"
            })
    void refusesWrongValues(String element) {
        assertRefused(CosError.INVALID_ARGUMENT, RULE.formatted(element));
    }

    @Test
    void limitsIds() {
        String id = "<ID>" + "i".repeat(255) + "</ID>";
        assertThat(readRules(RULE.formatted(id)).rules()).hasSize(1);
        assertRefused(CosError.INVALID_ARGUMENT, RULE.formatted(id.replace("</", "i</")));
        assertRefused(CosError.INVALID_ARGUMENT, RULE.formatted(id).repeat(2));
    }

    @Test
    void countsRules() {
        assertThat(readRules(RULE.formatted("").repeat(100)).rules()).hasSize(100);
        assertRefused(CosError.INVALID_ARGUMENT, RULE.formatted("").repeat(101));
    }

    @ParameterizedTest
    @CsvSource({"yes", "1"})
    void refusesAResponseVaryThatIsNoBoolean(String text) {
        assertRefused(CosError.INVALID_ARGUMENT, RULE.formatted("") + "<ResponseVary>" + text + "</ResponseVary>");
    }
}

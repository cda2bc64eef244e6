package coffer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainConfigurationTest {
    private static final String RULE =
            "<DomainRule><Status>ENABLED</Status><Name>img.photos.example</Name>" + "<Type>REST</Type></DomainRule>";
    private static final String EXAMPLE = "<DomainConfiguration>" + RULE + "</DomainConfiguration>";

    private static DomainConfiguration read(String document) {
        return DomainConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(DomainConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(read(EXAMPLE))).isEqualTo(EXAMPLE);
        String forced = EXAMPLE.replace("</Type>", "</Type><ForcedReplacement>TXT</ForcedReplacement>");
        assertThat(written(read(forced))).isEqualTo(forced);
        assertThat(written(read(forced.replace("TXT", "")))).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @CsvSource({"ENABLED, DISABLED", "REST, WEBSITE", "REST, ACCELERATE"})
    void takesEveryStatusAndType(String one, String other) {
        assertThat(written(read(EXAMPLE.replace(one, other)))).contains(">" + other + "<");
    }

    @ParameterizedTest
    @CsvSource({
        "ENABLED, ON, INVALID_ARGUMENT",
        "REST, FTP, INVALID_ARGUMENT",
        "</Type>, </Type><ForcedReplacement>MX</ForcedReplacement>, INVALID_ARGUMENT",
        "<Type>REST</Type>, '', MALFORMED_XML",
        "<Status>ENABLED</Status>, '', MALFORMED_XML",
        "<Name>img.photos.example</Name>, '', MALFORMED_XML",
        "DomainRule, Rule, MALFORMED_XML",
        "DomainConfiguration, Domains, MALFORMED_XML"
    })
    void refusesWhatIsWrongOrMissing(String right, String wrong, CosError error) {
        assertRefused(error, () -> read(EXAMPLE.replace(right, wrong)));
    }

    @Test
    void countsDomainsAndWantsEachOnce() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rules.append(RULE.replace("img", "img" + i));
        }
        assertThat(read(EXAMPLE.replace(RULE, rules)).rules()).hasSize(20);
        assertRefused(CosError.INVALID_ARGUMENT, () -> read(EXAMPLE.replace(RULE, rules + RULE)));
        assertRefused(
                CosError.DOMAIN_CONFIG_CONFLICT, () -> read(EXAMPLE.replace(RULE, RULE + RULE.replace("img", "IMG"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "IMG.Photos.example", "xn--fiq228c.example", "1.a-b.c3", "192.0.2.a"})
    void takesDomainNames(String name) {
        DomainConfiguration domains = read(EXAMPLE.replace("img.photos.example", name));
        assertThat(domains.find(name)).contains(domains.rules().getFirst());
        assertThat(domains.find("other.example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2.1",
                "*.photos.example",
                "a..b",
                ".a.b",
                "a.b.",
                "-a.b",
                "a-.b",
                "a_b.c",
                "a b.c",
                "a.b:80",
                "http://a.b",
                "照片.example",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd.example"
            })
    void refusesWhatIsNoDomainName(String name) {
        assertRefused(CosError.USER_CNAME_INVALID, () -> read(EXAMPLE.replace("img.photos.example", name)));
    }

    @Test
    void refusesNamesTooLong() {
        assertThat(new DomainName("a.".repeat(126) + "b").text()).hasSize(253);
        assertRefused(CosError.USER_CNAME_INVALID, () -> new DomainName("a.".repeat(126) + "bc"));
    }

    @Test
    void provesABucketTheSameWayAtAllTimes() {
        String proof = DomainConfiguration.verification("album-1300000007");
        assertThat(proof).matches("tencent-cloud-cos-verification=[0-9a-f]{32}");
        assertThat(DomainConfiguration.verification("album-1300000007")).isEqualTo(proof);
        assertThat(DomainConfiguration.verification("album-1300000008")).isNotEqualTo(proof);
    }
}

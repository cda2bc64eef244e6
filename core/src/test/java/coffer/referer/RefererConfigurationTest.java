package coffer.referer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.referer.RefererConfiguration.Listed;
import coffer.referer.RefererConfiguration.Signed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefererConfigurationTest {
    private static final String EXAMPLE = "<RefererConfiguration><Status>Enabled</Status>"
            + "<RefererType>White-List</RefererType><DomainList><Domain>*.photos.example</Domain></DomainList>"
            + "<EmptyReferConfiguration>Allow</EmptyReferConfiguration></RefererConfiguration>";

    private static RefererConfiguration read(String document) {
        return RefererConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(RefererConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, String document) {
        assertThatThrownBy(() -> read(document))
                .as(document)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static RefererConfiguration list(Listed listed, String... domains) {
        return new RefererConfiguration(true, listed, List.of(domains), false, false);
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(read(EXAMPLE))).isEqualTo(EXAMPLE);
        String all = EXAMPLE.replace(
                "</RefererConfiguration>", "<VerifySignatureURL>Enabled</VerifySignatureURL></RefererConfiguration>");
        assertThat(written(read(all))).isEqualTo(all);
    }

    @Test
    void deniesEmptyReferersUnlessToldOtherwise() {
        RefererConfiguration bare = read(EXAMPLE.replaceAll("<EmptyRefer.*?</EmptyReferConfiguration>", ""));
        assertThat(bare.allowsEmpty()).isFalse();
        assertThat(bare.verifiesSignedUrls()).isFalse();
        assertThat(read(EXAMPLE.replace("Allow", "")).allowsEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RefererConfiguration/>",
                "<Referer/>",
                "<RefererConfiguration><Status>Enabled</Status><RefererType>White-List</RefererType></RefererConfiguration>",
                "<RefererConfiguration><Status>Enabled</Status><DomainList><Domain>a</Domain></DomainList></RefererConfiguration>"
            })
    void refusesDocumentsThatLackAnElement(String document) {
        assertRefused(CosError.MALFORMED_XML, document);
    }

    @Test
    void needsNoDomainWhileItIsDisabled() {
        String off = "<RefererConfiguration><Status>Disabled</Status><RefererType>Black-List</RefererType>"
                + "<DomainList></DomainList><EmptyReferConfiguration>Deny</EmptyReferConfiguration>"
                + "</RefererConfiguration>";
        assertThat(written(read(off))).isEqualTo(off);
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, On",
        "White-List, Grey-List",
        "Allow, Perhaps",
        "*.photos.example, ''",
        "*.photos.example, a b",
        "<EmptyRefer, <VerifySignatureURL>x</VerifySignatureURL><EmptyRefer"
    })
    void refusesWrongValues(String right, String wrong) {
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace(right, wrong));
    }

    @Test
    void countsDomains() {
        String domain = "<Domain>*.photos.example</Domain>";
        assertThat(read(EXAMPLE.replace(domain, domain.repeat(30))).domains()).hasSize(30);
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace(domain, domain.repeat(31)));
    }

    @ParameterizedTest
    @CsvSource({
        "www.a.example, http://www.a.example, true",
        "www.a.example, https://www.a.example/x?y#z, true",
        "www.a.example, https://WWW.A.Example/x, true",
        "WWW.a.example, https://www.a.example/x, true",
        "www.a.example, https://www.a.example.cn/, true",
        "www.a.example, https://www.a.example:8080/, true",
        "www.a.example, www.a.example/x, true",
        "http://www.a.example, https://www.a.example/x, true",
        "www.a.example, https://a.example/, false",
        "www.a.example, https://b.example/www.a.example, false",
        "www.a.example, https://b.example/?u=http://www.a.example, false",
        "www.a.example:8080, http://www.a.example:8080/x, true",
        "www.a.example:8080, http://www.a.example/x, false",
        "192.0.2.1, http://192.0.2.1/x, true",
        "192.0.2.1:81, http://192.0.2.1:81, true",
        "192.0.2.1:81, http://192.0.2.1:82, false",
        "www.a.example/in, http://www.a.example/inside, true",
        "www.a.example/in, http://www.a.example/out, false",
        "www.a.example/in, http://www.a.example/In, false",
        "www.a.example/in, http://www.a.example.cn/in, false",
        "*.a.example, http://x.a.example/, true",
        "*.a.example, http://x.y.a.example, true",
        "*.a.example, http://a.example/, false",
        "*.a.example, http://xa.example/, false",
        "*.a.example, http://b.example/x.a.example, false",
        "*.a.example, http://b.example?x.a.example, false",
        "*.a.example, http://b.example#x.a.example, false",
        "*.a.example/*/in, http://x.a.example/y/z/in, true",
        "img*.a.*, http://img7.a.org, true",
        "*, http://any.example, true"
    })
    void findsThePageInTheList(String domain, String referer, boolean found) {
        Optional<String> page = Optional.of(referer);
        assertThat(list(Listed.WHITE, "other.example", domain).allows(page, Signed.NOT_AT_ALL))
                .isEqualTo(found);
        assertThat(list(Listed.BLACK, "other.example", domain).allows(page, Signed.NOT_AT_ALL))
                .isEqualTo(!found);
    }

    @ParameterizedTest
    @CsvSource({"WHITE, true", "WHITE, false", "BLACK, true", "BLACK, false"})
    void treatsEmptyReferersAsToldWhateverTheListIsFor(Listed listed, boolean allowsEmpty) {
        RefererConfiguration referer = new RefererConfiguration(true, listed, List.of("a.example"), allowsEmpty, false);
        for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(""), Optional.of(" "))) {
            assertThat(referer.allows(none, Signed.NOT_AT_ALL)).isEqualTo(allowsEmpty);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, NOT_AT_ALL, false",
        "true, false, IN_HEADER, true",
        "true, false, IN_URL, true",
        "true, true, NOT_AT_ALL, false",
        "true, true, IN_HEADER, true",
        "true, true, IN_URL, false",
        "false, true, IN_URL, true",
        "false, false, NOT_AT_ALL, true"
    })
    void exemptsSignedRequests(boolean enabled, boolean verifies, Signed signed, boolean allowed) {
        RefererConfiguration referer =
                new RefererConfiguration(enabled, Listed.WHITE, List.of("a.example"), false, verifies);
        assertThat(referer.allows(Optional.of("http://b.example"), signed)).isEqualTo(allowed);
    }

    @Test
    void saysWhoDenies() {
        RefererConfiguration referer = list(Listed.BLACK, "a.example");
        assertThatCode(() -> referer.require(Optional.of("http://b.example"), Signed.NOT_AT_ALL))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> referer.require(Optional.of("http://a.example"), Signed.NOT_AT_ALL))
                .isInstanceOfSatisfying(CosException.class, e -> {
                    assertThat(e.error()).isEqualTo(CosError.ACCESS_DENIED);
                    assertThat(e.message()).isEqualTo("You are denied by bucket referer rule");
                });
    }

    @Test
    @Timeout(5)
    void isQuickWithManyStars() {
        RefererConfiguration referer = list(Listed.WHITE, "*a".repeat(500) + "/x");
        assertThat(referer.allows(Optional.of("http://" + "a".repeat(8000) + "b"), Signed.NOT_AT_ALL))
                .isFalse();
    }
}

package coffer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTest {
    private static Element parse(String document) {
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsDocumentsWithAndWithoutNamespaceDeclarationAndMark() {
        String plain = "<Delete><Quiet> true </Quiet><Object><Key> a b </Key></Object></Delete>";
        for (String document : new String[] {
            plain,
            "\ufeff" + plain,
            "<?xml version='1.0' encoding='utf-8'?>\n" + plain,
            plain.replace("<Delete>", "<Delete xmlns='cos xmlns/'>"),
            plain.replace("<Delete>", "<x:Delete xmlns:x='urn:y'>").replace("</Delete>", "</x:Delete>")
        }) {
            Element delete = parse(document);
            assertThat(delete.name()).isEqualTo("Delete");
            assertThat(delete.childText("Quiet")).contains("true");
            assertThat(delete.all("Object")
                            .getFirst()
                            .child("Key")
                            .orElseThrow()
                            .content())
                    .isEqualTo(" a b ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                "<a>&undefined;</a>",
                "<a>&#0;</a>"
            })
    void refusesWhatIsBrokenOrBringsADtd(String document) {
        assertThatThrownBy(() -> parse(document))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.MALFORMED_XML));
    }

    @Test
    void refusesAnElementOfAnotherName() {
        Element delete = parse("<Delete/>");
        assertThat(delete.named("Delete")).isSameAs(delete);
        assertThatThrownBy(() -> delete.named("Tagging"))
                .isInstanceOf(CosException.class)
                .hasMessageContaining("Tagging");
    }

    @Test
    void refusesDocumentsNestedTooDeeply() {
        assertThatThrownBy(() -> parse("<a>".repeat(60) + "</a>".repeat(60))).isInstanceOf(CosException.class);
        assertThatThrownBy(() -> parse("<a>".repeat(9000) + "</a>".repeat(9000)))
                .isInstanceOf(CosException.class);
    }
}

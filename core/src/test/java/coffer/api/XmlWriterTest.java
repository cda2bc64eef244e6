package coffer.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlWriterTest {
    @Test
    void escapesWhatTheClientsCannotReadOtherwise() {
        String text = new XmlWriter()
                .element("Key", "a&b<c>\"d\"\r\n\u0001\uffff\ud83d\ude00")
                .toString();
        assertThat(text).endsWith("<Key>a&amp;b&lt;c&gt;&quot;d&quot;&#13;\n&#1;&#65535;\ud83d\ude00</Key>");
    }

    @Test
    void closesAnElementWithoutTextByItself() {
        assertThat(new XmlWriter()
                        .open("A")
                        .element("B", "")
                        .element("C", 1)
                        .element("D", true)
                        .close("A")
                        .toString())
                .endsWith("<A><B/><C>1</C><D>true</D></A>");
    }
}

package coffer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3XmlTest {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    /** {@code *} stands where the namespace is put. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<A*/>",
                "<A*><B/></A>",
                "<?xml version='1.0'?><Tagging*><TagSet/></Tagging>",
                "<?xml version='1.0'?>\n\n<A* xmlns:xsi='x'>a &lt; b</A>",
                "not XML",
                "",
                "<",
                "<>",
            })
    void putsTheRootIntoTheNamespace(String expected) {
        byte[] document = expected.replace("*", "").getBytes(UTF_8);
        assertThat(new String(S3Xml.inNamespace(document), UTF_8)).isEqualTo(expected.replace("*", NAMESPACE));
    }
}

package coffer.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketEncryptionTest {
    /** The reference's example. */
    private static final String EXAMPLE =
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
                    + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                    + "</ServerSideEncryptionConfiguration>";

    @Test
    void writesWhatItReads() {
        BucketEncryption read = read(EXAMPLE);
        assertThat(read).isEqualTo(new BucketEncryption(BucketEncryption.Algorithm.AES256, Optional.empty(), false));
        assertThat(written(read)).endsWith(EXAMPLE);
        assertThat(read.request()).isEqualTo(new EncryptionRequest.SseCos());
    }

    @Test
    void readsAllThatClientsSend() {
        BucketEncryption read = read("<ServerSideEncryptionConfiguration xmlns='http://x'><Rule>"
                + "<BucketKeyEnabled>True</BucketKeyEnabled><ApplyServerSideEncryptionByDefault>"
                + "<SSEAlgorithm>KMS</SSEAlgorithm><KMSMasterKeyID> k2 </KMSMasterKeyID>"
                + "<KMSAlgorithm>AES256</KMSAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                + "</ServerSideEncryptionConfiguration>");
        assertThat(read).isEqualTo(new BucketEncryption(BucketEncryption.Algorithm.KMS, Optional.of("k2"), true));
        assertThat(read(written(read))).isEqualTo(read);
        assertThat(read.request()).isEqualTo(new EncryptionRequest.SseKms(Optional.of("k2"), "", true));
    }

    /** From the tests of the Python SDK, which the service accepts and gives back rightly spelled. */
    @Test
    void readsTheMisspeltWrapper() {
        BucketEncryption read = read("<ServerSideEncryptionConfiguration><Rule><ApplySideEncryptionConfiguration>"
                + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplySideEncryptionConfiguration></Rule>"
                + "</ServerSideEncryptionConfiguration>");
        assertThat(written(read)).endsWith(EXAMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "<A/>, MALFORMED_XML",
        "<ServerSideEncryptionConfiguration/>, MALFORMED_XML",
        "<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>, MALFORMED_XML"
    })
    void refusesDocumentsWithoutARule(String document, CosError error) {
        refused(document, error);
    }

    @ParameterizedTest
    @CsvSource({
        "SM4, '', '', SSE_CONTENT_NOT_SUPPORTED",
        "'', '', '', SSE_CONTENT_NOT_SUPPORTED",
        "KMS, '', SM4, SSE_CONTENT_NOT_SUPPORTED",
        "AES256, k1, '', INVALID_ARGUMENT"
    })
    void refusesRulesItCannotKeep(String algorithm, String keyId, String kmsAlgorithm, CosError error) {
        refused(
                "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>"
                        + algorithm + "</SSEAlgorithm><KMSMasterKeyID>" + keyId + "</KMSMasterKeyID><KMSAlgorithm>"
                        + kmsAlgorithm + "</KMSAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                        + "</ServerSideEncryptionConfiguration>",
                error);
    }

    private static void refused(String document, CosError error) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static BucketEncryption read(String document) {
        return BucketEncryption.read(Element.parse(document.getBytes(UTF_8)));
    }

    private static String written(BucketEncryption encryption) {
        XmlWriter xml = new XmlWriter();
        encryption.write(xml);
        return xml.toString();
    }
}

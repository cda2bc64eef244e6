package coffer.encryption;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;

/**
 * How objects of a bucket are encrypted whose writer says nothing of it. Source: COS API reference, "PUT Bucket
 * encryption".
 *
 * @param algorithm of the rule
 * @param keyId the master key for {@code KMS}; the default one if empty
 * @param bucketKeyEnabled kept for the Java SDK, not acted upon
 */
public record BucketEncryption(Algorithm algorithm, Optional<String> keyId, boolean bucketKeyEnabled) {
    /** As {@code SSEAlgorithm} spells them. */
    public enum Algorithm {
        /** SSE-COS. */
        AES256,
        /** SSE-KMS. */
        KMS
    }

    public BucketEncryption {
        if (algorithm == Algorithm.AES256 && keyId.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("KMSMasterKeyID is for the SSEAlgorithm KMS only.");
        }
    }

    /** What a write that says nothing asks for. */
    EncryptionRequest request() {
        return switch (algorithm) {
            case AES256 -> new EncryptionRequest.SseCos();
            case KMS -> new EncryptionRequest.SseKms(keyId, "", true);
        };
    }

    /**
     * Reads the document. The element around {@code SSEAlgorithm} may have any name, since the service takes the misspelt
     * one that the tests of the Python SDK send.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code SSEContentNotSupported}
     */
    public static BucketEncryption read(Element document) {
        if (!document.name().equals("ServerSideEncryptionConfiguration")) {
            throw malformed();
        }
        Element rule =
                document.child("Rule").or(() -> document.child("Rules")).orElseThrow(BucketEncryption::malformed);
        Element applied = rule.children().stream()
                .filter(child -> child.child("SSEAlgorithm").isPresent())
                .findFirst()
                .orElseThrow(BucketEncryption::malformed);
        applied.childText("KMSAlgorithm").ifPresent(BucketEncryption::requireAes);
        return new BucketEncryption(
                algorithm(applied.required("SSEAlgorithm")),
                applied.childText("KMSMasterKeyID").filter(id -> !id.isEmpty()),
                rule.childText("BucketKeyEnabled")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent());
    }

    private static void requireAes(String algorithm) {
        if (!algorithm.isEmpty() && !algorithm.equalsIgnoreCase("AES256")) {
            throw CosError.SSE_CONTENT_NOT_SUPPORTED.because("KMSAlgorithm must be AES256.");
        }
    }

    private static Algorithm algorithm(String text) {
        if (text.equalsIgnoreCase("AES256")) {
            return Algorithm.AES256;
        }
        if (text.equalsIgnoreCase("KMS") || text.equalsIgnoreCase("cos/kms") || text.equals("aws:kms")) {
            return Algorithm.KMS;
        }
        throw CosError.SSE_CONTENT_NOT_SUPPORTED.because("SSEAlgorithm must be AES256 or KMS.");
    }

    private static CosException malformed() {
        return CosError.MALFORMED_XML.because("ServerSideEncryptionConfiguration must have a Rule with an"
                + " ApplyServerSideEncryptionByDefault that has an SSEAlgorithm.");
    }

    /** Writes the document as COS has it. */
    public void write(XmlWriter xml) {
        write(xml, Algorithm.KMS.name());
    }

    /** Writes the document with another name for {@link Algorithm#KMS}. */
    public void write(XmlWriter xml, String kms) {
        xml.open("ServerSideEncryptionConfiguration").open("Rule");
        if (bucketKeyEnabled) {
            xml.element("BucketKeyEnabled", true);
        }
        xml.open("ApplyServerSideEncryptionByDefault")
                .element("SSEAlgorithm", algorithm == Algorithm.KMS ? kms : algorithm.name());
        keyId.ifPresent(id -> xml.element("KMSMasterKeyID", id));
        xml.close("ApplyServerSideEncryptionByDefault").close("Rule").close("ServerSideEncryptionConfiguration");
    }
}

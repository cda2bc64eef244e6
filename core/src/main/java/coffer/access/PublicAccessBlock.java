package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;

/**
 * What of a bucket must not be public, whatever its ACLs and policy say. Source: S3 API reference,
 * "PutPublicAccessBlock"; S3 docs, "Blocking public access".
 *
 * @param blockPublicAcls ACLs that are public are refused when they are set
 * @param ignorePublicAcls what ACLs grant to the two groups does not count
 * @param blockPublicPolicy a policy that is public is refused when it is set
 * @param restrictPublicBuckets a policy that is public allows nothing to other accounts than the bucket's
 */
public record PublicAccessBlock(
        boolean blockPublicAcls, boolean ignorePublicAcls, boolean blockPublicPolicy, boolean restrictPublicBuckets) {
    /** Nothing is blocked. */
    public static final PublicAccessBlock NONE = new PublicAccessBlock(false, false, false, false);

    /**
     * Reads the document; what it does not say is {@code false}.
     *
     * @throws CosException {@code MalformedXML}
     */
    public static PublicAccessBlock read(Element document) {
        Element configuration = document.named("PublicAccessBlockConfiguration");
        return new PublicAccessBlock(
                flag(configuration, "BlockPublicAcls"),
                flag(configuration, "IgnorePublicAcls"),
                flag(configuration, "BlockPublicPolicy"),
                flag(configuration, "RestrictPublicBuckets"));
    }

    private static boolean flag(Element configuration, String name) {
        return switch (configuration.childText(name).orElse("false")) {
            case "true", "TRUE" -> true;
            case "false", "FALSE", "" -> false;
            default -> throw CosError.MALFORMED_XML.because(name + " is true or false.");
        };
    }

    public void write(XmlWriter xml) {
        xml.open("PublicAccessBlockConfiguration")
                .element("BlockPublicAcls", Boolean.toString(blockPublicAcls))
                .element("IgnorePublicAcls", Boolean.toString(ignorePublicAcls))
                .element("BlockPublicPolicy", Boolean.toString(blockPublicPolicy))
                .element("RestrictPublicBuckets", Boolean.toString(restrictPublicBuckets))
                .close("PublicAccessBlockConfiguration");
    }
}

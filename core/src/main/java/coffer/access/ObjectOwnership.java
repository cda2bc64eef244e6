package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Whose the objects are that others write into a bucket, and whether ACLs count in it. Source: S3 docs, "Controlling
 * ownership of objects and disabling ACLs".
 */
public enum ObjectOwnership {
    /** The bucket's owner owns all; ACLs do not count and cannot be set. */
    BUCKET_OWNER_ENFORCED("BucketOwnerEnforced"),
    /** The bucket's owner owns what is written with {@code bucket-owner-full-control}. */
    BUCKET_OWNER_PREFERRED("BucketOwnerPreferred"),
    /** Whoever writes an object owns it, as in COS. */
    OBJECT_WRITER("ObjectWriter");

    private final String wireName;

    ObjectOwnership(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Reads its name.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public static ObjectOwnership parse(String name) {
        return Arrays.stream(values())
                .filter(ownership -> ownership.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because(
                        "Ownership is BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter."));
    }

    /**
     * Reads the document, which has one rule.
     *
     * @throws CosException {@code MalformedXML}
     */
    public static ObjectOwnership read(Element document) {
        List<Element> rules = document.named("OwnershipControls").all("Rule");
        if (rules.size() != 1) {
            throw CosError.MALFORMED_XML.because("OwnershipControls must have one child element Rule.");
        }
        try {
            return parse(rules.getFirst().required("ObjectOwnership"));
        } catch (CosException e) {
            throw CosError.MALFORMED_XML.because(e.message());
        }
    }

    public void write(XmlWriter xml) {
        xml.open("OwnershipControls")
                .open("Rule")
                .element("ObjectOwnership", wireName)
                .close("Rule")
                .close("OwnershipControls");
    }
}

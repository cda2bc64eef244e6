package coffer.lock;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;

/** A hold on a version until somebody takes it off. COS has none; source: S3 API reference, "PutObjectLegalHold". */
public enum LegalHold {
    OFF,
    ON;

    /**
     * Reads a {@code LegalHold} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static LegalHold read(Element root) {
        return Words.constant("Status", root.named("LegalHold").required("Status"), LegalHold.class);
    }

    public void write(XmlWriter xml) {
        xml.open("LegalHold").element("Status", name()).close("LegalHold");
    }
}

package coffer.multipart;

import coffer.api.XmlWriter;
import coffer.bucket.Bucket;

/** What the listings of uploads and of parts have in common. */
final class UploadXml {
    private UploadXml() {}

    /** Initiator and Owner: until there are sub-users both are the bucket's owner. */
    static void people(XmlWriter xml, Bucket bucket) {
        person(xml, "Initiator", bucket.ownerId());
        person(xml, "Owner", bucket.ownerId());
    }

    private static void person(XmlWriter xml, String element, String id) {
        xml.open(element).element("ID", id).element("DisplayName", id).close(element);
    }
}

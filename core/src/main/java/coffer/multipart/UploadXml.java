package coffer.multipart;

import coffer.access.Grantee;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;

/** What the listings of uploads and of parts have in common. */
final class UploadXml {
    private UploadXml() {}

    /** Initiator and Owner: both are the account that the object will belong to. */
    static void people(XmlWriter xml, Bucket bucket, Upload upload) {
        String owner =
                Grantee.root(upload.attributes().possession().owner(bucket)).id();
        person(xml, "Initiator", owner);
        person(xml, "Owner", owner);
    }

    private static void person(XmlWriter xml, String element, String id) {
        xml.open(element).element("ID", id).element("DisplayName", id).close(element);
    }
}

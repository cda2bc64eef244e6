package coffer.object;

import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.request.KeyEncoding;

/**
 * Writes the keys and common prefixes of a listing.
 *
 * @param bucket whose they are
 * @param encoding of keys and prefixes
 * @param words of the dialect
 */
record ListedEntries(Bucket bucket, KeyEncoding encoding, ListingWords words) {
    /** @param withOwner whether entries say whose they are */
    void write(XmlWriter xml, ObjectListing.Page page, boolean withOwner) {
        for (String prefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes")
                    .element("Prefix", encoding.encode(prefix))
                    .close("CommonPrefixes");
        }
        for (ObjectListing.Entry entry : page.entries()) {
            write(xml, entry, withOwner);
        }
    }

    private void write(XmlWriter xml, ObjectListing.Entry entry, boolean withOwner) {
        ObjectVersion version = entry.version();
        xml.open("Contents")
                .element("Key", encoding.encode(entry.key()))
                .element("LastModified", HttpDate.isoMillis(version.lastModified()))
                .element("ETag", version.quotedEtag())
                .element("Size", version.sizeBytes());
        ChosenChecksum.writeKind(xml, version.checksum());
        if (withOwner) {
            owner(xml);
        }
        xml.element(
                        "StorageClass",
                        words.storageClass().apply(version.attributes().storageClass()))
                .close("Contents");
    }

    /** Whose the bucket is. */
    void owner(XmlWriter xml) {
        String owner = words.owner().apply(bucket);
        xml.open("Owner").element("ID", owner).element("DisplayName", owner).close("Owner");
    }
}

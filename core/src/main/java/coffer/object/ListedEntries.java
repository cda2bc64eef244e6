package coffer.object;

import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.request.CosRequest;
import coffer.request.KeyEncoding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes the keys and common prefixes of a listing.
 *
 * @param bucket whose they are
 * @param encoding of keys and prefixes
 * @param words of the dialect
 * @param time when it is looked how far restorations are; empty if nobody wants to know
 */
record ListedEntries(Bucket bucket, KeyEncoding encoding, ListingWords words, Optional<Instant> time) {
    /** Those that a request lists. */
    static ListedEntries of(CosRequest request, Bucket bucket, ListingWords words, InstantSource clock) {
        boolean withRestorations = words.restorations().areAskedFor(request.headers());
        return new ListedEntries(
                bucket,
                KeyEncoding.of(request.query()),
                words,
                withRestorations ? Optional.of(clock.instant()) : Optional.empty());
    }

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
        storageClass(xml, version);
        xml.close("Contents");
    }

    /** How it is kept and, if it is archived, how far it is restored. */
    void storageClass(XmlWriter xml, ObjectVersion version) {
        xml.element(
                "StorageClass", words.storageClass().apply(version.attributes().storageClass()));
        time.ifPresent(now -> version.restoration(now)
                .ifPresent(restoration -> words.restorations().write(xml, restoration, now)));
    }

    /** Whose the bucket is. */
    void owner(XmlWriter xml) {
        String owner = words.owner().apply(bucket);
        xml.open("Owner").element("ID", owner).element("DisplayName", owner).close("Owner");
    }
}

package coffer.object;

import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.Query;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.KeyEncoding;
import coffer.request.Numbers;
import coffer.versioning.Versioning;
import java.time.InstantSource;

/** Source: COS API reference, "GET Bucket Object versions". Versions and delete markers stand among each other. */
public final class ListObjectVersions implements Handler {
    private static final int MAX_KEYS = 1000;

    /** What most entries take. */
    private static final int ENTRY_BYTES = 430;

    private final BucketService buckets;
    private final ObjectService objects;
    private final VersionListing listing;
    private final ListingWords words;
    private final InstantSource clock;

    public ListObjectVersions(
            BucketService buckets,
            ObjectService objects,
            VersionListing listing,
            ListingWords words,
            InstantSource clock) {
        this.buckets = buckets;
        this.objects = objects;
        this.listing = listing;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Query query = request.query();
        VersionListing.Selection selection = new VersionListing.Selection(
                new ObjectListing.Selection(
                        query.last("prefix").orElse(""),
                        query.last("delimiter").orElse(""),
                        query.last("key-marker").orElse(""),
                        Numbers.pageSize(query, "max-keys", 0, MAX_KEYS)),
                query.last("version-id-marker").orElse(""));
        VersionListing.Page page = listing.list(bucket, selection);
        boolean versioned = objects.versioning(bucket) != Versioning.NEVER;
        return CosResponse.xml(document(
                request.bucketAsNamed(), selection, page, ListedEntries.of(request, bucket, words, clock), versioned));
    }

    private static XmlWriter document(
            String bucketName,
            VersionListing.Selection selection,
            VersionListing.Page page,
            ListedEntries entries,
            boolean versioned) {
        KeyEncoding encoding = entries.encoding();
        int expectedBytes = 1024
                + ENTRY_BYTES * (page.entries().size() + page.commonPrefixes().size());
        XmlWriter xml = new XmlWriter(expectedBytes).open("ListVersionsResult");
        if (encoding == KeyEncoding.URL) {
            xml.element("EncodingType", "url");
        }
        ObjectListing.Selection keys = selection.keys();
        xml.element("Name", bucketName)
                .element("Prefix", encoding.encode(keys.prefix()))
                .element("KeyMarker", encoding.encode(keys.marker()))
                .element("VersionIdMarker", selection.versionIdMarker())
                .element("MaxKeys", keys.maxEntries())
                .element("IsTruncated", page.isTruncated());
        if (page.isTruncated()) {
            xml.element("NextKeyMarker", encoding.encode(page.nextKeyMarker()))
                    .element(
                            "NextVersionIdMarker",
                            versioned
                                    ? page.nextVersionIdMarker()
                                    : entries.words().unversioned());
        }
        if (!keys.delimiter().isEmpty()) {
            xml.element("Delimiter", encoding.encode(keys.delimiter()));
        }
        for (String prefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes")
                    .element("Prefix", encoding.encode(prefix))
                    .close("CommonPrefixes");
        }
        page.entries().forEach(entry -> write(xml, entry, entries, versioned));
        return xml.close("ListVersionsResult");
    }

    private static void write(XmlWriter xml, VersionListing.Entry entry, ListedEntries entries, boolean versioned) {
        String element = entry.kept() instanceof VersionListing.Kept.Marker ? "DeleteMarker" : "Version";
        xml.open(element)
                .element("Key", entries.encoding().encode(entry.key()))
                .element(
                        "VersionId",
                        versioned ? entry.kept().id().text() : entries.words().unversioned())
                .element("IsLatest", entry.isLatest());
        switch (entry.kept()) {
            case VersionListing.Kept.Marker(DeleteMarker marker) ->
                xml.element("LastModified", HttpDate.isoMillis(marker.created()));
            case VersionListing.Kept.Version(ObjectVersion version) -> {
                ChosenChecksum.writeKind(xml, version.checksum());
                xml.element("LastModified", HttpDate.isoMillis(version.lastModified()))
                        .element("ETag", version.quotedEtag())
                        .element("Size", version.sizeBytes());
                entries.storageClass(xml, version);
            }
        }
        entries.owner(xml);
        xml.close(element);
    }
}

package coffer.housekeeping;

import coffer.bucket.Bucket;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryRun.Position;
import coffer.object.DeleteMarker;
import coffer.object.ObjectListing;
import coffer.object.ObjectVersion;
import coffer.object.VersionListing;
import coffer.store.MetadataStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What an inventory looks at, one after the other, read page by page. Used by one thread. */
final class InventoryEntries {
    private static final int PAGE = 256;

    private final ObjectListing objects;
    private final VersionListing versions;
    private final Bucket bucket;
    private final boolean withVersions;
    private final String prefix;
    private final Deque<Entry> page = new ArrayDeque<>();
    private Position position;
    private boolean isLastPage;

    /**
     * One object, version or delete marker.
     *
     * @param version empty for a delete marker
     */
    record Entry(String key, String versionId, boolean isLatest, Instant modified, Optional<ObjectVersion> version) {
        long sizeBytes() {
            return version.map(ObjectVersion::sizeBytes).orElse(0L);
        }
    }

    /** @param position behind which to begin */
    InventoryEntries(MetadataStore metadata, Bucket bucket, InventoryConfiguration configuration, Position position) {
        this.objects = new ObjectListing(metadata);
        this.versions = new VersionListing(metadata);
        this.bucket = bucket;
        this.withVersions = configuration.withVersions();
        this.prefix = configuration.filter().prefix().orElse("");
        this.position = position;
    }

    /** Whether there is one more. */
    boolean hasNext() {
        while (page.isEmpty() && !isLastPage) {
            if (withVersions) {
                readVersions();
            } else {
                readObjects();
            }
        }
        return !page.isEmpty();
    }

    /** The next; there must be one. */
    Entry next() {
        Entry entry = page.remove();
        position = new Position(entry.key, withVersions ? entry.versionId : "");
        return entry;
    }

    /** The last that was taken. */
    Position position() {
        return position;
    }

    private void readObjects() {
        ObjectListing.Page read = objects.list(bucket, new ObjectListing.Selection(prefix, "", position.key(), PAGE));
        read.entries()
                .forEach(entry -> page.add(new Entry(
                        entry.key(), "", true, entry.version().lastModified(), Optional.of(entry.version()))));
        isLastPage = read.nextMarker().isEmpty();
    }

    private void readVersions() {
        VersionListing.Page read = versions.list(
                bucket,
                new VersionListing.Selection(
                        new ObjectListing.Selection(prefix, "", position.key(), PAGE), position.versionId()));
        for (VersionListing.Entry entry : read.entries()) {
            String id = entry.kept().id().text();
            page.add(
                    switch (entry.kept()) {
                        case VersionListing.Kept.Version(ObjectVersion version) ->
                            new Entry(entry.key(), id, entry.isLatest(), version.lastModified(), Optional.of(version));
                        case VersionListing.Kept.Marker(DeleteMarker marker) ->
                            new Entry(entry.key(), id, entry.isLatest(), marker.created(), Optional.empty());
                    });
        }
        isLastPage = !read.isTruncated();
    }
}

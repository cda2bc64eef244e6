package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.bucket.Bucket;
import coffer.multipart.UploadListing;
import coffer.object.Extent;
import coffer.object.GetObject;
import coffer.object.ObjectListing;
import coffer.object.ObjectVersion;
import coffer.object.VersionListing;
import coffer.operation.Services;
import java.util.ArrayList;
import java.util.List;

/** What clients of one server see of a key, asked in every way there is. */
final class StoreView {
    /** Stands for a delete marker. */
    static final String MARKER = "delete marker";

    private final Services services;
    private final Bucket bucket;

    StoreView(Services services, Bucket bucket) {
        this.services = services;
        this.bucket = bucket;
    }

    /**
     * What a key has kept.
     *
     * @param versions what they say, the newest first
     * @param uploads how many are under way
     */
    record Kept(List<String> versions, int uploads) {
        Kept {
            versions = List.copyOf(versions);
        }

        @Override
        public String toString() {
            List<String> shown = versions.stream()
                    .map(text -> text.substring(0, Math.min(12, text.length())).replace('\n', ' ') + "... of "
                            + text.length())
                    .toList();
            return shown + " and " + uploads + " uploads";
        }
    }

    /** What a key has kept, in which all ways to ask must agree. */
    Kept of(String key) {
        List<String> versions = new ArrayList<>();
        ObjectListing.Selection selection = new ObjectListing.Selection(key, "", "", 1000);
        List<VersionListing.Entry> entries = services.versionListing()
                .list(bucket, new VersionListing.Selection(selection, ""))
                .entries();
        for (VersionListing.Entry entry : entries) {
            assertThat(entry.isLatest()).isEqualTo(versions.isEmpty());
            versions.add(
                    switch (entry.kept()) {
                        case VersionListing.Kept.Version kept ->
                            read(key, "versionId=" + kept.version().id().text(), kept.version());
                        case VersionListing.Kept.Marker _ -> MARKER;
                    });
        }
        List<ObjectListing.Entry> listed =
                services.listing().list(bucket, selection).entries();
        if (versions.isEmpty() || versions.getFirst().equals(MARKER)) {
            assertThat(listed).isEmpty();
            assertThat(send("GET", key, "").status()).startsWith("404");
            assertThat(send("HEAD", key, "").status()).startsWith("404");
        } else {
            assertThat(listed).hasSize(1);
            assertThat(read(key, "", listed.getFirst().version())).isEqualTo(versions.getFirst());
        }
        UploadListing.Page uploads =
                services.uploadListing().list(bucket, new UploadListing.Selection(key, "", "", "", 1000));
        return new Kept(versions, uploads.uploads().size());
    }

    private String read(String key, String query, ObjectVersion listed) {
        RootRequest.Outcome got = send("GET", key, query);
        assertThat(got.status()).isEqualTo("200");
        assertThat(got.text()).hasSize(Math.toIntExact(listed.sizeBytes()));
        RootRequest.Outcome head = send("HEAD", key, query);
        assertThat(head.status()).isEqualTo("200");
        assertThat(head.header("ETag")).isEqualTo(got.header("ETag")).contains("\"" + listed.etag() + "\"");
        return got.text();
    }

    private RootRequest.Outcome send(String method, String key, String query) {
        return new RootRequest(method, bucket, key)
                .query(query)
                .sentTo(new GetObject(services.buckets(), services.objects(), services.access()));
    }

    /** What all versions of all keys are made of. */
    List<Extent> extents() {
        List<Extent> extents = new ArrayList<>();
        VersionListing.Selection all = new VersionListing.Selection(new ObjectListing.Selection("", "", "", 1000), "");
        for (VersionListing.Entry entry :
                services.versionListing().list(bucket, all).entries()) {
            if (entry.kept() instanceof VersionListing.Kept.Version kept) {
                extents.addAll(kept.version().content().extents());
            }
        }
        return extents;
    }
}

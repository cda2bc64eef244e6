package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.DeleteObjectsRequest.KeyVersion;
import com.qcloud.cos.model.DeleteObjectsResult.DeletedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Deleting versions and delete markers, one by one and many at once. */
@ExtendWith(SharedCoffer.class)
class VersionDeletionsIT {
    private static final String UNKNOWN = "MTg0NDUwMDAwMDAwMDAwMDAwMDE";

    @Test
    void theNextOneIsCurrentWhenTheNewestGoes(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "k", 3);
        RawResponse deleted = bucket.exchange("DELETE", "/k?versionId=" + ids.get(2));
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("x-cos-version-id")).contains(ids.get(2));
        assertThat(deleted.header("x-cos-delete-marker")).isEmpty();
        assertThat(bucket.text("k")).isEqualTo("1");
        bucket.cos().deleteVersion(bucket.name(), "k", ids.get(0));
        assertThat(bucket.text("k")).isEqualTo("1");
        bucket.cos().deleteVersion(bucket.name(), "k", ids.get(1));
        assertThat(bucket.exchange("GET", "/k").errorCode()).isEqualTo("NoSuchKey");
        assertThat(bucket.exchange("GET", "/k").header("x-cos-delete-marker")).isEmpty();
        assertThat(bucket.versions()).isEmpty();
    }

    @Test
    void withoutItsMarkerAnObjectIsThereAgain(TestBucket bucket) {
        bucket.enableVersioning();
        String kept = bucket.put("k", "kept").getVersionId();
        String marker =
                bucket.exchange("DELETE", "/k").header("x-cos-version-id").orElseThrow();
        String second =
                bucket.exchange("DELETE", "/k").header("x-cos-version-id").orElseThrow();
        assertThat(second).isNotEqualTo(marker);
        RawResponse deleted = bucket.exchange("DELETE", "/k?versionId=" + second);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("x-cos-delete-marker")).contains("true");
        assertThat(deleted.header("x-cos-version-id")).contains(second);
        assertThat(bucket.exchange("GET", "/k").header("x-cos-version-id")).contains(marker);
        bucket.cos().deleteVersion(bucket.name(), "k", marker);
        assertThat(bucket.text("k")).isEqualTo("kept");
        assertThat(bucket.exchange("GET", "/k").header("x-cos-version-id")).contains(kept);
    }

    /** The Go SDK writes it with a capital letter; taken for no version it would leave a marker. */
    @Test
    void readsTheParameterAsTheGoSdkSpellsIt(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "k", 2);
        assertThat(bucket.exchange("DELETE", "/k?VersionId=" + ids.get(1)).header("x-cos-version-id"))
                .contains(ids.get(1));
        assertThat(bucket.text("k")).isEqualTo("0");
        assertThat(bucket.versions()).hasSize(1);
    }

    @Test
    void deletingWhatIsNotThereChangesNothing(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("k", "kept");
        for (String id : List.of(UNKNOWN, "nonsense", "null")) {
            assertThat(bucket.exchange("DELETE", "/k?versionId=" + id).status())
                    .as(id)
                    .isEqualTo(204);
        }
        assertThat(bucket.text("k")).isEqualTo("kept");
        assertThat(bucket.versions()).hasSize(1);
    }

    @Test
    void manyAtOnceLeaveMarkers(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a", "x");
        bucket.put("b", "x");
        List<DeletedObject> deleted = delete(bucket, new KeyVersion("a"), new KeyVersion("b"), new KeyVersion("never"));
        assertThat(deleted)
                .extracting(DeletedObject::getKey, DeletedObject::isDeleteMarker, DeletedObject::getVersionId)
                .containsExactly(tuple("a", true, null), tuple("b", true, null), tuple("never", true, null));
        assertThat(bucket.versions())
                .filteredOn(COSVersionSummary::isDeleteMarker)
                .extracting(COSVersionSummary::getVersionId)
                .isEqualTo(deleted.stream()
                        .map(DeletedObject::getDeleteMarkerVersionId)
                        .toList());
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }

    @Test
    void manyVersionsAndMarkersGoAtOnce(TestBucket bucket) {
        bucket.enableVersioning();
        String version = bucket.put("a", "x").getVersionId();
        bucket.put("b", "kept");
        String marker =
                bucket.exchange("DELETE", "/b").header("x-cos-version-id").orElseThrow();
        List<DeletedObject> deleted =
                delete(bucket, new KeyVersion("a", version), new KeyVersion("b", marker), new KeyVersion("c", UNKNOWN));
        assertThat(deleted)
                .extracting(
                        DeletedObject::getKey,
                        DeletedObject::getVersionId,
                        DeletedObject::isDeleteMarker,
                        DeletedObject::getDeleteMarkerVersionId)
                .containsExactly(
                        tuple("a", version, false, null),
                        tuple("b", marker, true, marker),
                        tuple("c", UNKNOWN, false, null));
        assertThat(bucket.text("b")).isEqualTo("kept");
        assertThat(bucket.versions()).hasSize(1);
    }

    @Test
    void elementsComeInTheOrderOfTheReference(TestBucket bucket) {
        bucket.enableVersioning();
        String version = bucket.put("a", "x").getVersionId();
        String marker =
                bucket.exchange("DELETE", "/b").header("x-cos-version-id").orElseThrow();
        RawResponse answer = bucket.exchange(bucket.request("POST", "/?delete")
                .body("<Delete><Object><Key>a</Key><VersionId>" + version + "</VersionId></Object>"
                        + "<Object><Key>b</Key><VersionId>" + marker + "</VersionId></Object>"
                        + "<Object><Key>c</Key></Object>"
                        + "<Object><Key></Key><VersionId>null</VersionId></Object></Delete>"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(children(answer))
                .containsExactly(
                        "Deleted: Key VersionId",
                        "Deleted: Key DeleteMarker DeleteMarkerVersionId VersionId",
                        "Deleted: Key DeleteMarker DeleteMarkerVersionId",
                        "Error: Key VersionId Code Message");
        assertThat(answer.element("DeleteMarkerVersionId")).isEqualTo(marker);
    }

    /** All of them change the same row, which must not become a race among themselves. */
    @Test
    void allVersionsOfAKeyGoAtOnce(TestBucket bucket) {
        bucket.put("k", "null");
        bucket.enableVersioning();
        puts(bucket, "k", 300);
        bucket.cos().deleteObject(bucket.name(), "k");
        bucket.put("other", "kept");
        List<KeyVersion> all = bucket.versions().stream()
                .filter(kept -> kept.getKey().equals("k"))
                .map(kept -> new KeyVersion("k", kept.getVersionId()))
                .toList();
        assertThat(all).hasSize(302);
        assertThat(delete(bucket, all.toArray(new KeyVersion[0])))
                .extracting(DeletedObject::getVersionId)
                .isEqualTo(all.stream().map(KeyVersion::getVersion).toList());
        assertThat(bucket.versions()).extracting(COSVersionSummary::getKey).containsExactly("other");
        assertThat(bucket.exchange("GET", "/k").errorCode()).isEqualTo("NoSuchKey");
    }

    @Test
    void ofThoseThatStayTheNewestIsCurrent(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "k", 10);
        delete(
                bucket,
                new KeyVersion("k", ids.get(9)),
                new KeyVersion("k", ids.get(2)),
                new KeyVersion("k", ids.get(8)),
                new KeyVersion("k", ids.get(9)));
        assertThat(bucket.text("k")).isEqualTo("7");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::isLatest)
                .containsExactly(true, false, false, false, false, false, false);
    }

    @Test
    void aVersionAndTheObjectItselfInOneRequest(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "k", 2);
        delete(bucket, new KeyVersion("k"), new KeyVersion("k", ids.get(1)), new KeyVersion("k"));
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::isDeleteMarker)
                .containsExactly(true, true, false);
        assertThat(bucket.versions().getLast().getVersionId()).isEqualTo(ids.get(0));
    }

    @Test
    void manyAtOnceWhileSuspended(TestBucket bucket) {
        bucket.put("a", "null");
        bucket.enableVersioning();
        String kept = bucket.put("a", "kept").getVersionId();
        bucket.suspendVersioning();
        bucket.put("b", "null");
        assertThat(delete(bucket, new KeyVersion("a"), new KeyVersion("b")))
                .extracting(DeletedObject::getDeleteMarkerVersionId)
                .containsExactly("null", "null");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getKey, COSVersionSummary::getVersionId)
                .containsExactly(tuple("a", "null"), tuple("a", kept), tuple("b", "null"));
        delete(bucket, new KeyVersion("a", "null"), new KeyVersion("b", "null"));
        assertThat(bucket.text("a")).isEqualTo("kept");
        assertThat(bucket.versions()).hasSize(1);
    }

    private static List<String> puts(TestBucket bucket, String key, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> bucket.put(key, Integer.toString(number)).getVersionId())
                .toList();
    }

    private static List<DeletedObject> delete(TestBucket bucket, KeyVersion... named) {
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name());
        request.setKeys(List.of(named));
        return bucket.cos().deleteObjects(request).getDeletedObjects();
    }

    private static List<String> children(RawResponse answer) {
        List<String> lines = new ArrayList<>();
        NodeList entries = answer.xml().getChildNodes();
        for (int i = 0; i < entries.getLength(); i++) {
            if (entries.item(i) instanceof Element entry) {
                List<String> names = new ArrayList<>();
                NodeList parts = entry.getChildNodes();
                for (int j = 0; j < parts.getLength(); j++) {
                    names.add(parts.item(j).getNodeName());
                }
                lines.add(entry.getNodeName() + ": " + String.join(" ", names));
            }
        }
        return lines;
    }
}

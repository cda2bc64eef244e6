package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coffer.conformance.Account;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.ListVersionsRequest;
import com.qcloud.cos.model.VersionListing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET Bucket Object versions. */
@Shows("ListObjectVersions")
@ExtendWith(SharedCoffer.class)
class ListObjectVersionsIT {
    @Test
    void versionsAndMarkersStandAmongEachOther(TestBucket bucket) {
        bucket.put("a", "12345");
        bucket.enableVersioning();
        String a2 = bucket.put("a", "123456789").getVersionId();
        String marker =
                bucket.exchange("DELETE", "/a").header("x-cos-version-id").orElseThrow();
        String a3 = bucket.put("a", "3").getVersionId();
        String b1 = bucket.put("b", "1").getVersionId();
        bucket.put("c", "1");
        bucket.cos().deleteObject(bucket.name(), "c");
        List<COSVersionSummary> versions = bucket.versions();
        assertThat(versions)
                .extracting(
                        COSVersionSummary::getKey,
                        COSVersionSummary::getVersionId,
                        COSVersionSummary::isLatest,
                        COSVersionSummary::isDeleteMarker)
                .startsWith(
                        tuple("a", a3, true, false),
                        tuple("a", marker, false, true),
                        tuple("a", a2, false, false),
                        tuple("a", "null", false, false),
                        tuple("b", b1, true, false));
        assertThat(versions.subList(5, 7))
                .extracting(COSVersionSummary::getKey, COSVersionSummary::isLatest, COSVersionSummary::isDeleteMarker)
                .containsExactly(tuple("c", true, true), tuple("c", false, false));
        COSVersionSummary second = versions.get(2);
        assertThat(second.getSize()).isEqualTo(9);
        assertThat(second.getETag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(second.getStorageClass()).isEqualTo("STANDARD");
        assertThat(second.getOwner().getId()).isEqualTo(Account.APPID);
        assertThat(versions)
                .allSatisfy(kept -> assertThat(kept.getLastModified()).isNotNull());
    }

    @Test
    void elementsComeInTheOrderOfTheReference(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a b", "x");
        bucket.cos().deleteObject(bucket.name(), "a b");
        bucket.put("c/d", "x");
        bucket.put("e", "x");
        RawResponse answer = list(bucket, "&encoding-type=url&prefix=&delimiter=/&key-marker=&max-keys=3");
        assertThat(answer.elementNames())
                .containsExactly(
                        "EncodingType",
                        "Name",
                        "Prefix",
                        "KeyMarker",
                        "VersionIdMarker",
                        "MaxKeys",
                        "IsTruncated",
                        "NextKeyMarker",
                        "NextVersionIdMarker",
                        "Delimiter",
                        "CommonPrefixes",
                        "DeleteMarker",
                        "Version");
        assertThat(answer.header("Content-Type")).contains("application/xml");
        assertThat(answer.text())
                .contains("<Key>a%20b</Key>", "<NextKeyMarker>c/</NextKeyMarker>", "<NextVersionIdMarker/>")
                .containsPattern("<DeleteMarker><Key>a%20b</Key><VersionId>[\\w-]{27}</VersionId>"
                        + "<IsLatest>true</IsLatest><LastModified>[^<]+Z</LastModified>"
                        + "<Owner><ID>\\d+</ID><DisplayName>\\d+</DisplayName></Owner></DeleteMarker>")
                .containsPattern("<Version><Key>a%20b</Key><VersionId>[\\w-]{27}</VersionId>"
                        + "<IsLatest>false</IsLatest><LastModified>[^<]+Z</LastModified><ETag>&quot;\\w+&quot;</ETag>"
                        + "<Size>1</Size><StorageClass>STANDARD</StorageClass>"
                        + "<Owner><ID>\\d+</ID><DisplayName>\\d+</DisplayName></Owner></Version>");
    }

    @Test
    void idsAreEmptyWhereNothingWasEverVersioned(TestBucket bucket) {
        Stream.of("a", "b", "c").forEach(key -> bucket.put(key, "x"));
        RawResponse answer = list(bucket, "&max-keys=2");
        assertThat(answer.text())
                .contains("<Key>a</Key><VersionId/><IsLatest>true</IsLatest>")
                .contains("<NextKeyMarker>b</NextKeyMarker><NextVersionIdMarker/>");
        assertThat(keys(bucket.versions())).containsExactly("a", "b", "c");
        assertThat(bucket.versions())
                .extracting(COSVersionSummary::getVersionId)
                .containsOnly("");
    }

    @Test
    void aKeyMarkerAloneHasAllVersionsOfItsKeyBehindIt(TestBucket bucket) {
        bucket.put("a", "x");
        bucket.enableVersioning();
        Stream.of("a", "b", "b", "c").forEach(key -> bucket.put(key, "x"));
        assertThat(keys(list(bucket, request(bucket).withKeyMarker("a")))).containsExactly("b", "b", "c");
        assertThat(keys(list(bucket, request(bucket).withKeyMarker("aa")))).containsExactly("b", "b", "c");
        assertThat(keys(list(bucket, request(bucket).withKeyMarker("b")))).containsExactly("c");
        assertThat(list(bucket, "&key-marker=b&version-id-marker=").elementNames())
                .filteredOn("Version"::equals)
                .hasSize(1);
    }

    @Test
    void aVersionIdMarkerGoesOnWithTheOlderOnes(TestBucket bucket) {
        bucket.put("a", "x");
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "a", 3);
        bucket.put("b", "x");
        assertThat(ids(behind(bucket, "a", ids.get(2)))).startsWith(ids.get(1), ids.get(0), "null");
        assertThat(ids(behind(bucket, "a", ids.get(0)))).startsWith("null").hasSize(2);
        assertThat(keys(behind(bucket, "a", "null").getVersionSummaries())).containsExactly("b");
        assertThat(behind(bucket, "a", ids.get(2)).getVersionSummaries())
                .extracting(COSVersionSummary::isLatest)
                .containsExactly(false, false, false, true);
    }

    @Test
    void aNullMarkerGoesOnWhereverItIs(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> old = puts(bucket, "k", 2);
        bucket.suspendVersioning();
        bucket.put("k", "null");
        assertThat(ids(behind(bucket, "k", "null"))).containsExactly(old.get(1), old.get(0));
        bucket.enableVersioning();
        String newest = bucket.put("k", "x").getVersionId();
        assertThat(ids(behind(bucket, "k", newest))).containsExactly("null", old.get(1), old.get(0));
        assertThat(ids(behind(bucket, "k", "null"))).containsExactly(old.get(1), old.get(0));
    }

    @Test
    void aVersionIdMarkerWithoutAKeyMarkerMeansNothing(TestBucket bucket) {
        bucket.enableVersioning();
        String id = bucket.put("a", "x").getVersionId();
        assertThat(list(bucket, "&version-id-marker=" + id).elementNames()).contains("Version");
    }

    @Test
    void refusesAVersionIdMarkerThatIsNone(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a", "x");
        RawResponse answer = list(bucket, "&key-marker=a&version-id-marker=nonsense");
        assertThat(answer.status() + answer.errorCode()).isEqualTo("400InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 1000})
    void pagesOfAnySizeShowEachOnce(int pageSize, TestBucket bucket) {
        bucket.put("a", "null");
        bucket.put("d/2", "null");
        bucket.enableVersioning();
        Stream.of("a", "a", "b", "d/1", "d/1", "d/2", "e").forEach(key -> bucket.put(key, "x"));
        Stream.of("a", "c", "d/3").forEach(key -> bucket.cos().deleteObject(bucket.name(), key));
        bucket.suspendVersioning();
        bucket.put("e", "null");
        List<String> whole = lines(bucket.versions());
        assertThat(whole).hasSize(13);
        List<COSVersionSummary> seen = new ArrayList<>();
        VersionListing page = list(bucket, request(bucket).withMaxResults(pageSize));
        while (true) {
            assertThat(page.getVersionSummaries()).hasSizeLessThanOrEqualTo(pageSize);
            seen.addAll(page.getVersionSummaries());
            if (!page.isTruncated()) {
                break;
            }
            page = bucket.cos().listNextBatchOfVersions(page);
        }
        assertThat(lines(seen)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void pagesVersionsAndPrefixesTogether(int pageSize, TestBucket bucket) {
        bucket.enableVersioning();
        Stream.of("a", "a", "b/1", "b/1", "b/2", "c", "d/1").forEach(key -> bucket.put(key, "x"));
        bucket.cos().deleteObject(bucket.name(), "d/2");
        List<String> seen = new ArrayList<>();
        VersionListing page = list(bucket, request(bucket).withDelimiter("/").withMaxResults(pageSize));
        while (true) {
            List<String> entries = new ArrayList<>(keys(page.getVersionSummaries()));
            entries.addAll(page.getCommonPrefixes());
            assertThat(entries).hasSizeLessThanOrEqualTo(pageSize);
            seen.addAll(entries);
            if (!page.isTruncated()) {
                break;
            }
            page = bucket.cos().listNextBatchOfVersions(page);
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "a", "b/", "c", "d/");
    }

    @Test
    void listsBelowAPrefix(TestBucket bucket) {
        bucket.enableVersioning();
        Stream.of("a", "d/1", "d/1", "d/e/2", "e").forEach(key -> bucket.put(key, "x"));
        VersionListing below = list(bucket, request(bucket).withPrefix("d/").withDelimiter("/"));
        assertThat(keys(below.getVersionSummaries())).containsExactly("d/1", "d/1");
        assertThat(below.getCommonPrefixes()).containsExactly("d/e/");
        assertThat(keys(list(bucket, request(bucket).withPrefix("d/").withKeyMarker("a"))))
                .containsExactly("d/1", "d/1", "d/e/2");
        assertThat(keys(list(bucket, request(bucket).withPrefix("d/").withKeyMarker("e"))))
                .isEmpty();
    }

    /** What a client does that empties a bucket: list a page, delete it, go on behind it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void goesOnBehindAVersionThatWasDeletedMeanwhile(int pageSize, TestBucket bucket) {
        bucket.put("a", "null");
        bucket.put("b", "null");
        bucket.enableVersioning();
        Stream.of("a", "a", "b", "c").forEach(key -> bucket.put(key, "x"));
        bucket.suspendVersioning();
        bucket.put("c", "null");
        bucket.enableVersioning();
        Stream.of("c", "c").forEach(key -> bucket.put(key, "x"));
        bucket.cos().deleteObject(bucket.name(), "a");
        int seen = 0;
        VersionListing page = list(bucket, request(bucket).withMaxResults(pageSize));
        while (true) {
            for (COSVersionSummary kept : page.getVersionSummaries()) {
                assertThat(kept.isLatest()).as(kept.getKey()).isEqualTo(isFirst(bucket, kept));
                seen++;
            }
            page.getVersionSummaries()
                    .forEach(kept -> bucket.cos().deleteVersion(bucket.name(), kept.getKey(), kept.getVersionId()));
            if (!page.isTruncated()) {
                break;
            }
            page = bucket.cos().listNextBatchOfVersions(page);
        }
        assertThat(seen).isEqualTo(10);
        assertThat(bucket.versions()).isEmpty();
    }

    @Test
    void maxKeysOfZeroIsAnEmptyPage(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.put("a", "x");
        RawResponse page = list(bucket, "&max-keys=0");
        assertThat(page.elementNames()).doesNotContain("Version");
        assertThat(page.element("IsTruncated")).isEqualTo("false");
        assertThat(page.element("MaxKeys")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&max-keys=-1", "&max-keys=many", "&encoding-type=base64"})
    void refusesWhatListingsRefuse(String query, TestBucket bucket) {
        RawResponse answer = list(bucket, query);
        assertThat(answer.status() + answer.errorCode()).isEqualTo("400InvalidArgument");
    }

    @Test
    void keysThatXmlCannotCarryAreEncoded(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> keys = List.of("a\u0001b", "a%2Fb", "plus + &<>", "旅行/1");
        keys.forEach(key -> bucket.put(key, "x"));
        assertThat(keys(bucket.versions())).containsExactlyInAnyOrderElementsOf(keys);
        VersionListing page = list(bucket, request(bucket).withMaxResults(1));
        List<String> seen = new ArrayList<>(keys(page.getVersionSummaries()));
        while (page.isTruncated()) {
            page = bucket.cos().listNextBatchOfVersions(page);
            seen.addAll(keys(page.getVersionSummaries()));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(keys);
        // The XML of a deletion of many could not carry the first of them.
        COSVersionSummary first = bucket.versions().getFirst();
        assertThat(first.getKey()).isEqualTo(keys.getFirst());
        bucket.cos().deleteVersion(bucket.name(), first.getKey(), first.getVersionId());
    }

    @Test
    void aThousandVersionsAreAPage(TestBucket bucket) {
        bucket.enableVersioning();
        List<String> ids = puts(bucket, "k", 1001);
        VersionListing page = list(bucket, request(bucket).withMaxResults(5000));
        assertThat(page.getVersionSummaries()).hasSize(1000);
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.getNextVersionIdMarker()).isEqualTo(ids.get(1));
        assertThat(ids(bucket.cos().listNextBatchOfVersions(page))).containsExactly(ids.getFirst());
    }

    /** Of what lies in the page, only the entry that is the newest of its key at that moment. */
    private static boolean isFirst(TestBucket bucket, COSVersionSummary kept) {
        return list(bucket, request(bucket).withPrefix(kept.getKey()))
                .getVersionSummaries()
                .getFirst()
                .getVersionId()
                .equals(kept.getVersionId());
    }

    private static List<String> puts(TestBucket bucket, String key, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> bucket.put(key, Integer.toString(number)).getVersionId())
                .toList();
    }

    private static RawResponse list(TestBucket bucket, String query) {
        return bucket.exchange("GET", "/?versions" + query);
    }

    private static VersionListing list(TestBucket bucket, ListVersionsRequest request) {
        return bucket.cos().listVersions(request);
    }

    private static VersionListing behind(TestBucket bucket, String key, String id) {
        return list(bucket, request(bucket).withKeyMarker(key).withVersionIdMarker(id));
    }

    private static ListVersionsRequest request(TestBucket bucket) {
        return new ListVersionsRequest().withBucketName(bucket.name());
    }

    private static List<String> keys(VersionListing page) {
        return keys(page.getVersionSummaries());
    }

    private static List<String> keys(List<COSVersionSummary> versions) {
        return versions.stream().map(COSVersionSummary::getKey).toList();
    }

    private static List<String> ids(VersionListing page) {
        return page.getVersionSummaries().stream()
                .map(COSVersionSummary::getVersionId)
                .toList();
    }

    private static List<String> lines(List<COSVersionSummary> versions) {
        return versions.stream()
                .map(kept -> kept.getKey() + " " + kept.getVersionId() + " " + kept.isLatest())
                .toList();
    }
}

package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ObjectListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET Bucket (List Objects). */
@Shows("ListObjects")
@ExtendWith(SharedCoffer.class)
class ListObjectsIT {
    @Test
    void listsWhatIsThereAndNothingElse(TestBucket bucket) {
        bucket.put("b", "123456789");
        bucket.put("a", "");
        ObjectListing listing = bucket.cos().listObjects(bucket.name());
        assertThat(keys(listing)).containsExactly("a", "b");
        COSObjectSummary b = listing.getObjectSummaries().getLast();
        assertThat(b.getSize()).isEqualTo(9);
        assertThat(b.getETag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(b.getStorageClass()).isEqualTo("STANDARD");
        assertThat(b.getOwner().getId()).isEqualTo(Account.APPID);
        assertThat(b.getLastModified()).isNotNull();
        assertThat(listing.isTruncated()).isFalse();
        assertThat(listing.getNextMarker()).isNull();
    }

    @Test
    void ordersByTheBytesOfUtf8(TestBucket bucket) {
        // As UTF-16 the emoji would come before the full-width letter.
        List<String> keys = List.of("Z", "a", "é", "字", "Ａ", "😀");
        keys.reversed().forEach(key -> bucket.put(key, "x"));
        assertThat(keys(bucket.cos().listObjects(bucket.name())))
                .isEqualTo(keys.stream()
                        .sorted(Comparator.comparing(key -> key.getBytes(UTF_8), java.util.Arrays::compareUnsigned))
                        .toList())
                .isEqualTo(keys);
    }

    @Test
    void groupsByTheDelimiter(TestBucket bucket) {
        Stream.of("a", "d/1", "d/2", "d/e/3", "f/", "g", "h/4").forEach(key -> bucket.put(key, "x"));
        ObjectListing top = list(bucket, request(bucket, "", "/", "", 1000));
        assertThat(keys(top)).containsExactly("a", "g");
        assertThat(top.getCommonPrefixes()).containsExactly("d/", "f/", "h/");
        ObjectListing below = list(bucket, request(bucket, "d/", "/", "", 1000));
        assertThat(keys(below)).containsExactly("d/1", "d/2");
        assertThat(below.getCommonPrefixes()).containsExactly("d/e/");
    }

    @Test
    void startsAfterTheMarker(TestBucket bucket) {
        Stream.of("a", "b", "c", "d").forEach(key -> bucket.put(key, "x"));
        assertThat(keys(list(bucket, request(bucket, "", "", "b", 1000)))).containsExactly("c", "d");
        assertThat(keys(list(bucket, request(bucket, "", "", "bb", 1000)))).containsExactly("c", "d");
    }

    @Test
    void aMarkerThatIsAPrefixSkipsAllBelowIt(TestBucket bucket) {
        Stream.of("a/1", "a/2", "b/1", "c").forEach(key -> bucket.put(key, "x"));
        ObjectListing rest = list(bucket, request(bucket, "", "/", "a/", 1000));
        assertThat(rest.getCommonPrefixes()).containsExactly("b/");
        assertThat(keys(rest)).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void pagesKeysAndPrefixesTogether(int pageSize, TestBucket bucket) {
        Stream.of("a", "b/1", "b/2", "c", "d/1", "d/2", "e").forEach(key -> bucket.put(key, "x"));
        List<String> seen = new ArrayList<>();
        ObjectListing page = list(bucket, request(bucket, "", "/", "", pageSize));
        while (true) {
            List<String> entries = new ArrayList<>(keys(page));
            entries.addAll(page.getCommonPrefixes());
            assertThat(entries).hasSizeLessThanOrEqualTo(pageSize);
            seen.addAll(entries);
            if (!page.isTruncated()) {
                break;
            }
            page = bucket.cos().listNextBatchOfObjects(page);
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b/", "c", "d/", "e");
    }

    @Test
    void givesAThousandAPageWhateverIsAsked(TestBucket bucket) {
        IntStream.range(0, 2500).forEach(i -> bucket.put(String.format("k%05d", i), ""));
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        ObjectListing page = list(bucket, request(bucket, "", "", "", 5000));
        while (true) {
            seen.addAll(keys(page));
            sizes.add(page.getObjectSummaries().size());
            if (!page.isTruncated()) {
                break;
            }
            page = bucket.cos().listNextBatchOfObjects(page);
        }
        assertThat(sizes).containsExactly(1000, 1000, 500);
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 2500)
                        .mapToObj(i -> String.format("k%05d", i))
                        .toList());
    }

    @Test
    void maxKeysOfZeroIsAnEmptyPage(TestBucket bucket) {
        bucket.put("a", "x");
        ObjectListing page = list(bucket, request(bucket, "", "", "", 0));
        assertThat(keys(page)).isEmpty();
        assertThat(page.isTruncated()).isFalse();
    }

    @Test
    void refusesMaxKeysBelowZero(TestBucket bucket) {
        ListObjectsRequest request = new ListObjectsRequest();
        request.setBucketName(bucket.name());
        RawResponse answer = raw(bucket, "/?max-keys=-1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidArgument");
        assertThat(raw(bucket, "/?max-keys=many").errorCode()).isEqualTo("InvalidArgument");
    }

    @Test
    void refusesAnUnknownEncoding(TestBucket bucket) {
        assertThat(raw(bucket, "/?encoding-type=base64").errorCode()).isEqualTo("InvalidArgument");
    }

    @Test
    void elementsComeInTheOrderOfTheReference(TestBucket bucket) {
        Stream.of("a b", "c/d", "e").forEach(key -> bucket.put(key, "x"));
        RawResponse answer = raw(bucket, "/?encoding-type=url&prefix=&delimiter=/&marker=&max-keys=2");
        assertThat(answer.elementNames())
                .containsExactly(
                        "Name",
                        "EncodingType",
                        "Prefix",
                        "Marker",
                        "MaxKeys",
                        "Delimiter",
                        "IsTruncated",
                        "NextMarker",
                        "CommonPrefixes",
                        "Contents");
        assertThat(answer.text()).contains("<Key>a%20b</Key>", "<Prefix>c/</Prefix>", "<NextMarker>c/</NextMarker>");
        assertThat(answer.header("x-cos-bucket-region")).contains(Account.REGION);
        assertThat(answer.header("Content-Type")).contains("application/xml");
    }

    @Test
    void withoutEncodingKeysAreEscapedOnly(TestBucket bucket) {
        bucket.put("a&b<c> d+e", "x");
        assertThat(raw(bucket, "/").text()).contains("<Key>a&amp;b&lt;c&gt; d+e</Key>");
    }

    @Test
    void emptyParametersAreAbsentOnes(TestBucket bucket) {
        bucket.put("a/b", "x");
        RawResponse answer = raw(bucket, "/?prefix=&delimiter=&marker=&encoding-type=url&max-keys=1000");
        assertThat(answer.text()).contains("<Key>a/b</Key>");
        assertThat(answer.elementNames()).doesNotContain("CommonPrefixes", "NextMarker");
    }

    @Test
    void aMissingBucketHasNoList(TestBucket bucket) {
        assertRefused(404, "NoSuchBucket", () -> bucket.cos().listObjects("missing-" + Account.APPID));
    }

    private static RawResponse raw(TestBucket bucket, String target) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("GET", target).signed());
    }

    private static ObjectListing list(TestBucket bucket, ListObjectsRequest request) {
        return bucket.cos().listObjects(request);
    }

    private static ListObjectsRequest request(
            TestBucket bucket, String prefix, String delimiter, String marker, int maxKeys) {
        return new ListObjectsRequest(bucket.name(), prefix, marker, delimiter, maxKeys);
    }

    private static List<String> keys(ObjectListing listing) {
        return listing.getObjectSummaries().stream()
                .map(COSObjectSummary::getKey)
                .toList();
    }
}

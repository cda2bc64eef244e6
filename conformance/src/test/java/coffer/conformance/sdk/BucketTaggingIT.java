package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketTaggingConfiguration;
import com.qcloud.cos.model.TagSet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of buckets, and finding buckets by them. */
@Shows({"PutBucketTagging", "GetBucketTagging", "DeleteBucketTagging"})
@ExtendWith(SharedCoffer.class)
class BucketTaggingIT {
    @Test
    void areHandedBackReplacedAndRemoved(TestBucket bucket) {
        Map<String, String> tags = Map.of("team", "media", "Team", "Größe 7", "部门", "a+b-c_d=e.f:g/h@i", "empty", "");
        set(bucket, tags);
        assertThat(get(bucket)).isEqualTo(tags);
        set(bucket, Map.of("team", "other"));
        assertThat(get(bucket)).isEqualTo(Map.of("team", "other"));
        bucket.cos().deleteBucketTaggingConfiguration(bucket.name());
        assertThat(bucket.cos().getBucketTaggingConfiguration(bucket.name())).isNull();
        bucket.cos().deleteBucketTaggingConfiguration(bucket.name());
    }

    @Test
    void keepTheOrderTheyWereGivenIn(TestBucket bucket) {
        RawResponse answer = put(bucket, document(tag("z", "1") + tag("a", "2") + tag("M", "3")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        RawResponse read = bucket.exchange("GET", "/?tagging");
        assertThat(read.elements("Key")).containsExactly("z", "a", "M");
        assertThat(read.elements("Value")).containsExactly("1", "2", "3");
    }

    @Test
    void severalSetsAreTakenAsOne(TestBucket bucket) {
        BucketTaggingConfiguration tags = new BucketTaggingConfiguration()
                .withTagSets(new TagSet(Map.of("team", "media")), new TagSet(Map.of("cost", "7")));
        bucket.cos().setBucketTaggingConfiguration(bucket.name(), tags);
        assertThat(get(bucket)).isEqualTo(Map.of("team", "media", "cost", "7"));
    }

    @Test
    void anEmptySetRemovesThem(TestBucket bucket) {
        set(bucket, Map.of("team", "media"));
        assertThat(put(bucket, document("")).status()).isEqualTo(204);
        assertThat(bucket.exchange("GET", "/?tagging").errorCode()).isEqualTo("NoSuchTagSet");
    }

    @Test
    void areFiftyAtMostOfLimitedLength(TestBucket bucket) {
        set(bucket, many(50));
        assertThat(get(bucket)).hasSize(50);
        assertRefused(400, "InvalidTag", () -> set(bucket, many(51)));
        assertRefused(400, "InvalidTag", () -> set(bucket, Map.of("k".repeat(129), "v")));
        assertRefused(400, "InvalidTag", () -> set(bucket, Map.of("k", "v".repeat(257))));
        assertThat(get(bucket)).hasSize(50);
        Map<String, String> longest = Map.of("部".repeat(128), "门".repeat(256));
        set(bucket, longest);
        assertThat(get(bucket)).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcs:a", "project", "a*b", "a&amp;b", "a?", ""})
    void refusesKeysThatAreReservedOrWrong(String key, TestBucket bucket) {
        RawResponse answer = put(bucket, document(tag(key, "v")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidTag");
    }

    @Test
    void refusesOneKeyTwice(TestBucket bucket) {
        assertThat(put(bucket, document(tag("a", "1") + tag("a", "2"))).errorCode())
                .isEqualTo("InvalidTag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Tagging/>", "<Tags><TagSet/></Tags>", "<Tagging><TagSet>", "<Tagging><Tag/></Tagging>"})
    void refusesAnotherDocument(String document, TestBucket bucket) {
        assertThat(put(bucket, document).errorCode()).isEqualTo("MalformedXML");
    }

    /** The blank is a character as others are: outer ones are kept too, from the document as from the header. */
    @ParameterizedTest
    @CsvSource({"team=media&%E9%83%A8+1=a%2Bb, 'team,部 1', 'media,a+b'", "+=v, ' ', v", "k=+v+, k, ' v '"})
    void canBeGivenWhenTheBucketIsMade(String header, String keys, String values, TestBucket other) {
        String host = Account.host(Scratch.bucketName("tagged", header + other.name()));
        RawRequest create =
                RawRequest.to("PUT", host, "/").header("x-cos-tagging", header).header("Content-Length", "0");
        assertThat(exchange(other, create).status()).isEqualTo(200);
        RawResponse read = exchange(other, RawRequest.to("GET", host, "/?tagging"));
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(String.join(",", read.elements("Key"))).isEqualTo(keys);
        assertThat(String.join(",", read.elements("Value"))).isEqualTo(values);
        assertThat(exchange(other, RawRequest.to("DELETE", host, "/")).status()).isEqualTo(204);
    }

    @Test
    void noBucketIsMadeWithWrongOnes(TestBucket other) {
        String host = Account.host(Scratch.bucketName("untagged", other.name()));
        RawRequest create = RawRequest.to("PUT", host, "/")
                .header("x-cos-tagging", "qcs:a=b")
                .header("Content-Length", "0");
        assertThat(exchange(other, create).errorCode()).isEqualTo("InvalidTag");
        assertThat(exchange(other, RawRequest.to("HEAD", host, "/")).status()).isEqualTo(404);
    }

    @Test
    void bucketsAreFoundByKeyAndValue(TestBucket one, TestBucket two, TestBucket three) {
        set(one, Map.of("team " + one.name(), "media", "more", "tags"));
        set(two, Map.of("team " + one.name(), ""));
        set(three, Map.of("team " + one.name(), "Media"));
        String key = "/?tagkey=" + URLEncoder.encode("team " + one.name(), StandardCharsets.UTF_8);
        assertThat(service(one, key + "&tagvalue=media").elements("Name")).containsExactly(one.name());
        assertThat(service(one, key + "&tagvalue=").elements("Name")).containsExactly(two.name());
        assertThat(service(one, key + "&tagvalue=none").elements("Name")).isEmpty();
        assertThat(service(one, "/?tagkey=&tagvalue=").elements("Name")).contains(one.name(), two.name(), three.name());
        assertThat(service(one, key).errorCode()).isEqualTo("InvalidArgument");
        assertThat(service(one, "/?tagvalue=media").errorCode()).isEqualTo("InvalidArgument");
    }

    @Test
    void theSdkReadsThemWithTheRestOfTheBucket(TestBucket bucket) {
        set(bucket, Map.of("team", "media"));
        assertThat(bucket.cos()
                        .getBucketMetadata(bucket.name())
                        .taggingConfiguration
                        .getTagSet()
                        .getTag("team"))
                .isEqualTo("media");
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "v"));
    }

    private static void set(TestBucket bucket, Map<String, String> tags) {
        bucket.cos()
                .setBucketTaggingConfiguration(
                        bucket.name(), new BucketTaggingConfiguration().withTagSets(new TagSet(new HashMap<>(tags))));
    }

    private static Map<String, String> get(TestBucket bucket) {
        return bucket.cos()
                .getBucketTaggingConfiguration(bucket.name())
                .getTagSet()
                .getAllTags();
    }

    private static RawResponse put(TestBucket bucket, String document) {
        return bucket.exchange(bucket.request("PUT", "/?tagging").body(document));
    }

    private static RawResponse service(TestBucket bucket, String target) {
        return exchange(bucket, RawRequest.to("GET", "service.cos.myqcloud.com", target));
    }

    private static RawResponse exchange(TestBucket bucket, RawRequest request) {
        return RawConnection.exchange(bucket.server(), request.signed());
    }

    private static String document(String tags) {
        return "<Tagging><TagSet>" + tags + "</TagSet></Tagging>";
    }

    private static String tag(String key, String value) {
        return "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>";
    }
}

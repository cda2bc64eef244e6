package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.DeleteObjectTaggingRequest;
import com.qcloud.cos.model.GetObjectTaggingRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.ObjectTagging;
import com.qcloud.cos.model.SetObjectTaggingRequest;
import com.qcloud.cos.model.Tag.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of objects and of their versions. */
@Shows({"PutObjectTagging", "GetObjectTagging", "DeleteObjectTagging"})
@ExtendWith(SharedCoffer.class)
class ObjectTaggingIT {
    private static final String HEADER = "x-cos-tagging";

    @Test
    void areSetReplacedAndRemovedInTheirOrder(TestBucket bucket) {
        bucket.put("k", "text");
        assertThat(tags(bucket, "k")).isEmpty();
        set(bucket, "k", tag("z", "1"), tag("a", "Größe 7"), tag("M", ""));
        assertThat(tags(bucket, "k")).containsExactly("z=1", "a=Größe 7", "M=");
        set(bucket, "k", tag("other", "+-_=.:/@"));
        assertThat(tags(bucket, "k")).containsExactly("other=+-_=.:/@");
        bucket.cos().deleteObjectTagging(new DeleteObjectTaggingRequest(bucket.name(), "k"));
        assertThat(tags(bucket, "k")).isEmpty();
        bucket.cos().deleteObjectTagging(new DeleteObjectTaggingRequest(bucket.name(), "k"));
    }

    @Test
    void changeNothingElse(TestBucket bucket) {
        ObjectMetadata metadata = tagged("team=media");
        metadata.addUserMetadata("colour", "green");
        metadata.setHeader("x-cos-storage-class", "STANDARD_IA");
        bucket.put("k", "text".getBytes(UTF_8), metadata);
        Map<String, Object> before = described(bucket);
        set(bucket, "k", tag("a", "1"), tag("b", "2"));
        assertThat(described(bucket)).isEqualTo(before);
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(head(bucket, "k").getRawMetadataValue("x-cos-tagging-count")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"k1=v1&k2=v2, 'k1=v1,k2=v2'", "%E9%83%A8+1=a%2Bb&bare, '部 1=a+b,bare='", "z=1&a=2&M=3, 'z=1,a=2,M=3'"})
    void comeWithAWrite(String header, String tags, TestBucket bucket) {
        bucket.put("k", "text".getBytes(UTF_8), tagged(header));
        assertThat(String.join(",", tags(bucket, "k"))).isEqualTo(tags);
    }

    @Test
    void goWithTheObjectThatHadThem(TestBucket bucket) {
        bucket.put("k", "text".getBytes(UTF_8), tagged("a=1"));
        bucket.put("k", "other");
        assertThat(tags(bucket, "k")).isEmpty();
        assertThat(head(bucket, "k").getRawMetadataValue("x-cos-tagging-count")).isNull();
    }

    @Test
    void areCopiedUnlessReplaced(TestBucket bucket) {
        bucket.put("k", "text".getBytes(UTF_8), tagged("a=1&b=2"));
        bucket.cos().copyObject(copy(bucket, "copy", Map.of()));
        assertThat(tags(bucket, "copy")).containsExactly("a=1", "b=2");
        bucket.cos().copyObject(copy(bucket, "same", Map.of(HEADER, "c=3", "x-cos-tagging-directive", "Copy")));
        assertThat(tags(bucket, "same")).containsExactly("a=1", "b=2");
        bucket.cos().copyObject(copy(bucket, "other", Map.of(HEADER, "c=3", "x-cos-tagging-directive", "Replaced")));
        assertThat(tags(bucket, "other")).containsExactly("c=3");
        bucket.cos().copyObject(copy(bucket, "none", Map.of("x-cos-tagging-directive", "Replaced")));
        assertThat(tags(bucket, "none")).isEmpty();
        assertRefused(
                400,
                "InvalidArgument",
                () -> bucket.cos().copyObject(copy(bucket, "bad", Map.of("x-cos-tagging-directive", "Merge"))));
    }

    @Test
    void areReplacedByACopyOntoItself(TestBucket bucket) {
        bucket.put("k", "text".getBytes(UTF_8), tagged("a=1"));
        bucket.cos().copyObject(copy(bucket, "k", Map.of(HEADER, "c=3", "x-cos-tagging-directive", "Replaced")));
        assertThat(tags(bucket, "k")).containsExactly("c=3");
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void ofAnUploadAreThoseItBeganWith(TestBucket bucket) {
        Multipart upload = Multipart.initiate(
                bucket, new InitiateMultipartUploadRequest(bucket.name(), "film").withObjectMetadata(tagged("a=1")));
        upload.complete(List.of(upload.part(1, 100)));
        assertThat(tags(bucket, "film")).containsExactly("a=1");
    }

    @Test
    void comeWithAForm(TestBucket bucket) {
        Map<String, String> form = PostObjectIT.form(bucket, "k");
        form.put(HEADER, "a=1&b=2");
        assertThat(PostObjectIT.post(bucket, form, "text").statusCode()).isEqualTo(204);
        assertThat(tags(bucket, "k")).containsExactly("a=1", "b=2");
    }

    @Test
    void belongToAVersion(TestBucket bucket) {
        bucket.put("k", "null".getBytes(UTF_8), tagged("v=null"));
        bucket.enableVersioning();
        String first = bucket.put("k", "first".getBytes(UTF_8), tagged("v=1")).getVersionId();
        String second = bucket.put("k", "second").getVersionId();
        assertThat(tags(bucket, "k")).isEmpty();
        assertThat(tags(bucket, "k", first)).containsExactly("v=1");
        assertThat(tags(bucket, "k", "null")).containsExactly("v=null");

        SetObjectTaggingRequest request =
                new SetObjectTaggingRequest(bucket.name(), "k", first, new ObjectTagging(List.of(tag("v", "one"))));
        assertThat(bucket.cos().setObjectTagging(request).getVersionId()).isEqualTo(first);
        set(bucket, "k", tag("v", "2"));
        bucket.cos().deleteObjectTagging(new DeleteObjectTaggingRequest(bucket.name(), "k").withVersionId("null"));
        assertThat(tags(bucket, "k", first)).containsExactly("v=one");
        assertThat(tags(bucket, "k", second)).containsExactly("v=2");
        assertThat(tags(bucket, "k", "null")).isEmpty();
        assertThat(bucket.versions()).hasSize(3);
        assertThat(bucket.text("k", first)).isEqualTo("first");
    }

    @Test
    void needWhatTheyAreOf(TestBucket bucket) {
        assertRefused(404, "NoSuchKey", () -> tags(bucket, "k"));
        assertRefused(404, "NoSuchKey", () -> set(bucket, "k", tag("a", "1")));
        bucket.put("k", "text");
        assertRefused(404, "NoSuchVersion", () -> tags(bucket, "k", "MTg0NDUxNzgzMTk1Mzk4OTYyODM"));
        bucket.enableVersioning();
        bucket.cos().deleteObject(bucket.name(), "k");
        assertRefused(404, "NoSuchKey", () -> tags(bucket, "k"));
        assertThat(tags(bucket, "k", "null")).isEmpty();
    }

    @Test
    void areTenAtMostOfLimitedLength(TestBucket bucket) {
        bucket.put("k", "text");
        set(bucket, "k", many(10));
        assertThat(tags(bucket, "k")).hasSize(10);
        assertRefused(400, "InvalidTag", () -> set(bucket, "k", many(11)));
        assertRefused(400, "InvalidTag", () -> set(bucket, "k", tag("k".repeat(129), "v")));
        assertRefused(400, "InvalidTag", () -> set(bucket, "k", tag("k", "v".repeat(257))));
        assertRefused(400, "InvalidTag", () -> set(bucket, "k", tag("k", "1"), tag("k", "2")));
        assertThat(tags(bucket, "k")).hasSize(10);
        set(bucket, "k", tag("部".repeat(128), "门".repeat(256)));
        assertThat(tags(bucket, "k")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%2A", "=v", "a=1&a=2", "a=%zz", "a=%3F", "%26=v", "1=&2=&3=&4=&5=&6=&7=&8=&9=&10=&11="})
    void refusesWrongOnesWithoutWriting(String header, TestBucket bucket) {
        assertRefused(400, "InvalidTag", () -> bucket.put("k", "text".getBytes(UTF_8), tagged(header)));
        assertRefused(
                400,
                "InvalidTag",
                () -> bucket.cos()
                        .initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "k")
                                .withObjectMetadata(tagged(header))));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void refusesAnotherDocument(TestBucket bucket) {
        bucket.put("k", "text");
        RawResponse answer =
                bucket.exchange(bucket.request("PUT", "/k?tagging").body("<Tagging><Tag><Key>a</Key></Tag></Tagging>"));
        assertThat(answer.errorCode()).isEqualTo("MalformedXML");
    }

    private static Map<String, Object> described(TestBucket bucket) {
        Map<String, Object> described = new HashMap<>(head(bucket, "k").getRawMetadata());
        described.keySet().removeAll(List.of("Date", "x-cos-request-id", "x-cos-trace-id", "x-cos-tagging-count"));
        described.put("metadata", head(bucket, "k").getUserMetadata());
        assertThat(described).containsKeys("ETag", "Last-Modified", "x-cos-storage-class");
        return described;
    }

    private static ObjectMetadata head(TestBucket bucket, String key) {
        return bucket.cos().getObjectMetadata(bucket.name(), key);
    }

    private static ObjectMetadata tagged(String header) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setHeader(HEADER, header);
        return metadata;
    }

    private static CopyObjectRequest copy(TestBucket bucket, String to, Map<String, String> headers) {
        CopyObjectRequest request = new CopyObjectRequest(bucket.name(), "k", bucket.name(), to);
        headers.forEach(request::putCustomRequestHeader);
        return request;
    }

    private static Tag tag(String key, String value) {
        return new Tag(key, value);
    }

    private static Tag[] many(int count) {
        return IntStream.range(0, count).mapToObj(i -> tag("key" + i, "v")).toArray(Tag[]::new);
    }

    private static void set(TestBucket bucket, String key, Tag... tags) {
        bucket.cos()
                .setObjectTagging(new SetObjectTaggingRequest(
                        bucket.name(), key, new ObjectTagging(new ArrayList<>(List.of(tags)))));
    }

    private static List<String> tags(TestBucket bucket, String key) {
        return texts(bucket, new GetObjectTaggingRequest(bucket.name(), key));
    }

    private static List<String> tags(TestBucket bucket, String key, String version) {
        return texts(bucket, new GetObjectTaggingRequest(bucket.name(), key).withVersionId(version));
    }

    private static List<String> texts(TestBucket bucket, GetObjectTaggingRequest request) {
        return bucket.cos().getObjectTagging(request).getTagSet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .toList();
    }
}

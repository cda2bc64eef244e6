package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.Refusals.assertStatus;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.ObjectMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What HEAD and GET Object tell about an object. */
@ExtendWith(SharedCoffer.class)
class MetadataIT {
    @Test
    void userMetadataComesBackWithLowerCaseNames(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("Owner-Name", "Li Lei");
        metadata.addUserMetadata("under_score", "kept");
        bucket.put("k", "text".getBytes(UTF_8), metadata);
        assertThat(head(bucket, "k").getUserMetadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("owner-name", "Li Lei", "under_score", "kept"));
    }

    /** The SDK's HTTP client spoils octets 80 to 9f, so these characters have none; raw sockets send the others. */
    @Test
    void userMetadataMayBeUnicode(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("name", "中義 é ñ");
        bucket.put("k", "text".getBytes(UTF_8), metadata);
        assertThat(head(bucket, "k").getUserMetadata()).containsEntry("name", "中義 é ñ");
    }

    @Test
    void contentHeadersComeBackVerbatim(TestBucket bucket) throws IOException {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/plain; charset=utf-8");
        metadata.setCacheControl("max-age=60, private");
        metadata.setContentDisposition("attachment; filename=\"a b.txt\"");
        metadata.setContentEncoding("gzip");
        metadata.setContentLanguage("zh-CN");
        metadata.setHttpExpiresDate(Date.from(Instant.parse("2031-02-03T04:05:06Z")));
        bucket.put("k", "not really compressed".getBytes(UTF_8), metadata);
        try (COSObject object = bucket.cos().getObject(bucket.name(), "k")) {
            for (ObjectMetadata seen : new ObjectMetadata[] {head(bucket, "k"), object.getObjectMetadata()}) {
                assertThat(seen.getContentType()).isEqualTo("text/plain; charset=utf-8");
                assertThat(seen.getCacheControl()).isEqualTo("max-age=60, private");
                assertThat(seen.getContentDisposition()).isEqualTo("attachment; filename=\"a b.txt\"");
                assertThat(seen.getContentEncoding()).isEqualTo("gzip");
                assertThat(seen.getContentLanguage()).isEqualTo("zh-CN");
                assertThat(seen.getHttpExpiresDate()).isEqualTo(Instant.parse("2031-02-03T04:05:06Z"));
            }
        }
        assertThat(bucket.text("k")).isEqualTo("not really compressed");
    }

    @Test
    void headTellsSizeChecksumsAndTime(TestBucket bucket) {
        Instant before = Instant.now().minusSeconds(2);
        bucket.put("k", "123456789");
        ObjectMetadata head = head(bucket, "k");
        assertThat(head.getContentLength()).isEqualTo(9);
        assertThat(head.getETag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(head.getCrc64Ecma()).isEqualTo("11051210869376104954");
        assertThat(head.getLastModified()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(head.getContentType()).isEqualTo("application/octet-stream");
        assertThat(head.getRawMetadataValue("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void anAbsentObjectIsFourHundredAndFour(TestBucket bucket) {
        assertStatus(404, () -> head(bucket, "absent"));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "absent")).isFalse();
    }

    @Test
    void deletingIsIdempotent(TestBucket bucket) {
        COSClient cos = bucket.cos();
        bucket.put("k", "text");
        cos.deleteObject(bucket.name(), "k");
        cos.deleteObject(bucket.name(), "k");
        assertThat(cos.doesObjectExist(bucket.name(), "k")).isFalse();
    }

    /** Names without their prefix and values, as bytes, together. */
    @Test
    void userMetadataMayHaveTwoKibibytesAndNoMore(TestBucket bucket) {
        ObjectMetadata most = new ObjectMetadata();
        most.addUserMetadata("a", "x".repeat(1023));
        most.addUserMetadata("b", "é".repeat(511) + "x");
        bucket.put("k", "kept".getBytes(UTF_8), most);
        assertThat(head(bucket, "k").getUserMetadata()).containsEntry("b", "é".repeat(511) + "x");
        most.addUserMetadata("c", "");
        assertRefused(400, "MetadataTooLarge", () -> bucket.put("k", "new".getBytes(UTF_8), most));
        assertThat(bucket.text("k")).isEqualTo("kept");
    }

    /** The SDK changes metadata by a copy of the object on to itself. */
    @Test
    void metadataCanBeReplacedInPlace(TestBucket bucket) {
        bucket.put("k", "text");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/css");
        metadata.addUserMetadata("colour", "blue");
        bucket.cos().updateObjectMetaData(bucket.name(), "k", metadata);
        assertThat(head(bucket, "k").getContentType()).isEqualTo("text/css");
        assertThat(head(bucket, "k").getUserMetadata()).containsEntry("colour", "blue");
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    private static ObjectMetadata head(TestBucket bucket, String key) {
        return bucket.cos().getObjectMetadata(bucket.name(), key);
    }
}

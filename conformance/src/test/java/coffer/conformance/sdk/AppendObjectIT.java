package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** APPEND Object. */
@Shows("AppendObject")
@ExtendWith(SharedCoffer.class)
class AppendObjectIT {
    @Test
    void growsByEachAppend(TestBucket bucket) {
        assertThat(append(bucket, 0, "part-one")).isEqualTo(8);
        assertThat(append(bucket, 8, "part-two")).isEqualTo(16);
        assertThat(bucket.text("log")).isEqualTo("part-onepart-two");
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "log");
        assertThat(head.getContentLength()).isEqualTo(16);
        assertThat(head.getCrc64Ecma()).isEqualTo("7774831544251770186");
        assertThat(head.getRawMetadataValue("x-cos-object-type")).isEqualTo("appendable");
    }

    @Test
    void refusesAnyOtherPositionThanTheEnd(TestBucket bucket) {
        append(bucket, 0, "12345");
        assertRefused(409, "AppendPositionErr", () -> append(bucket, 4, "x"));
        assertRefused(409, "AppendPositionErr", () -> append(bucket, 6, "x"));
        assertRefused(409, "AppendPositionErr", () -> append(bucket, 0, "x"));
        assertThat(bucket.text("log")).isEqualTo("12345");
    }

    @Test
    void refusesANormalObject(TestBucket bucket) {
        bucket.put("log", "normal");
        assertRefused(409, "ObjectNotAppendable", () -> append(bucket, 6, "x"));
        assertThat(bucket.text("log")).isEqualTo("normal");
    }

    @Test
    void aPutMakesItNormalAgain(TestBucket bucket) {
        append(bucket, 0, "12345");
        bucket.put("log", "normal");
        assertRefused(409, "ObjectNotAppendable", () -> append(bucket, 6, "x"));
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "log").getRawMetadataValue("x-cos-object-type"))
                .isNotEqualTo("appendable");
    }

    @Test
    void metadataIsThatOfTheFirstAppend(TestBucket bucket) {
        ObjectMetadata first = new ObjectMetadata();
        first.setContentType("text/plain");
        first.addUserMetadata("colour", "red");
        append(bucket, 0, "a", first);
        ObjectMetadata second = new ObjectMetadata();
        second.setContentType("text/html");
        second.addUserMetadata("colour", "blue");
        append(bucket, 1, "b", second);
        ObjectMetadata head = bucket.cos().getObjectMetadata(bucket.name(), "log");
        assertThat(head.getContentType()).isEqualTo("text/plain");
        assertThat(head.getUserMetadata()).containsEntry("colour", "red");
    }

    /** The Go SDK compares this header, whatever its name says, with the MD5 of what it sent. */
    @Test
    void answersTheMd5OfTheSegmentAsSha1(TestBucket bucket) {
        append(bucket, 0, "123456789");
        RawResponse answer = raw(bucket, "/log?append=&position=9", "123456789");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("x-cos-content-sha1")).contains("25f9e794323b453885f5181f1b624d0b");
        assertThat(answer.header("x-cos-next-append-position")).contains("18");
        assertThat(answer.header("ETag").orElseThrow()).startsWith("\"").endsWith("\"");
    }

    @Test
    void needsAPosition(TestBucket bucket) {
        assertThat(raw(bucket, "/log?append", "x").errorCode()).isEqualTo("InvalidArgument");
        assertThat(raw(bucket, "/log?append&position=end", "x").errorCode()).isEqualTo("InvalidArgument");
    }

    private static RawResponse raw(TestBucket bucket, String target, String text) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("POST", target).body(text).signed());
    }

    private static long append(TestBucket bucket, long position, String text) {
        return append(bucket, position, text, new ObjectMetadata());
    }

    private static long append(TestBucket bucket, long position, String text, ObjectMetadata metadata) {
        byte[] bytes = text.getBytes(UTF_8);
        metadata.setContentLength(bytes.length);
        AppendObjectRequest request =
                new AppendObjectRequest(bucket.name(), "log", new ByteArrayInputStream(bytes), metadata);
        request.setPosition(position);
        return bucket.cos().appendObject(request).getNextAppendPosition();
    }
}

package coffer.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has, in the spelling that SDKs look for. */
@ExtendWith(SharedCoffer.class)
class RawAnswerIT {
    @ParameterizedTest(name = "{0} {1} gives {2}")
    @CsvSource({
        "GET, /, 200",
        "GET, /k, 200",
        "HEAD, /k, 200",
        "HEAD, /absent, 404",
        "GET, /absent, 404",
        "DELETE, /absent, 204",
        "POST, /k?uploads, 200",
        "POST, /x/, 405",
        "GET, /?cors, 404",
        "PUT, /?domaincertificate, 501",
    })
    void hasTheHeadersOfEveryAnswer(String method, String target, int status, TestBucket bucket) {
        bucket.put("k", "text");
        RawRequest request = bucket.request(method, target);
        RawResponse answer = RawConnection.exchange(
                bucket.server(), (method.startsWith("P") ? request.header("Content-Length", "0") : request).signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("x-cos-request-id").orElse("")).isNotBlank();
        assertThat(answer.header("Server")).contains("tencent-cos");
        assertThat(answer.header("Connection")).contains("keep-alive");
        ZonedDateTime date =
                ZonedDateTime.parse(answer.header("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(date.toInstant(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        assertThat(answer.reason()).as("Java's SDK shows it").isNotBlank();
        assertThat(answer.headers())
                .extracting(Entry::getKey)
                .containsAnyOf("Content-Length", "Transfer-Encoding", status == 204 ? "Date" : "Content-Length");
        if (status >= 400) {
            assertThat(answer.header("x-cos-trace-id").orElse("")).isNotBlank();
        }
    }

    /** Python gives up on the whole document if one of the five is missing or empty. */
    @Test
    void anErrorHasItsFiveElementsInOrder(TestBucket bucket) {
        RawResponse answer = RawConnection.exchange(
                bucket.server(), bucket.request("GET", "/2026/a%20b.jpg").signed());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).contains("application/xml");
        assertThat(answer.xml().getNodeName()).isEqualTo("Error");
        assertThat(answer.elementNames()).isEqualTo(List.of("Code", "Message", "Resource", "RequestId", "TraceId"));
        answer.elementNames().forEach(name -> assertThat(answer.element(name)).isNotBlank());
        assertThat(answer.element("Code")).isEqualTo("NoSuchKey");
        assertThat(answer.element("Resource")).startsWith(bucket.host() + "/2026/a");
        assertThat(answer.header("x-cos-request-id")).contains(answer.element("RequestId"));
        assertThat(answer.header("x-cos-trace-id")).contains(answer.element("TraceId"));
    }

    @Test
    void everyRequestHasAnIdOfItsOwn(TestBucket bucket) {
        Set<String> ids = new HashSet<>();
        try (RawConnection connection = bucket.connect()) {
            for (int i = 0; i < 100; i++) {
                RawResponse answer =
                        connection.exchange(bucket.request("HEAD", "/").signed());
                ids.add(answer.header("x-cos-request-id").orElseThrow());
            }
        }
        assertThat(ids).hasSize(100);
    }

    @Test
    void headOfAnObjectHasItsLengthAndNoBody(TestBucket bucket) {
        bucket.put("k", "123456789");
        try (RawConnection connection = bucket.connect()) {
            RawResponse head = connection.exchange(bucket.request("HEAD", "/k").signed());
            assertThat(head.header("Content-Length")).contains("9");
            assertThat(head.header("ETag")).contains("\"25f9e794323b453885f5181f1b624d0b\"");
            assertThat(head.header("x-cos-hash-crc64ecma")).contains("11051210869376104954");
            assertThat(head.header("Last-Modified").orElseThrow()).endsWith(" GMT");
            // Anything sent as a body would be read as the next answer.
            RawResponse missing =
                    connection.exchange(bucket.request("HEAD", "/no").signed());
            assertThat(missing.status()).isEqualTo(404);
            assertThat(connection.exchange(bucket.request("GET", "/k").signed()).text())
                    .isEqualTo("123456789");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-", "bytes=9-10", "bytes=100-200", "bytes=-0"})
    void refusesARangeOutsideTheObject(String range, TestBucket bucket) {
        bucket.put("k", "123456789");
        RawResponse answer = get(bucket, "Range", range);
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.errorCode()).isEqualTo("InvalidRange");
        assertThat(answer.header("Content-Range")).contains("bytes */9");
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "bytes=0-0, 1, bytes 0-0/9",
        "bytes=3-, 456789, bytes 3-8/9",
        "bytes=-2, 89, bytes 7-8/9",
        "bytes=-20, 123456789, bytes 0-8/9",
        "bytes=7-100, 89, bytes 7-8/9",
    })
    void givesTheRangesThatSdksAskFor(String range, String text, String contentRange, TestBucket bucket) {
        bucket.put("k", "123456789");
        RawResponse answer = get(bucket, "Range", range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.header("Content-Range")).contains(contentRange);
        assertThat(answer.header("x-cos-hash-crc64ecma")).contains("11051210869376104954");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes"})
    void ignoresRangesItDoesNotUnderstand(String range, TestBucket bucket) {
        bucket.put("k", "123456789");
        RawResponse answer = get(bucket, "Range", range);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("123456789");
    }

    @ParameterizedTest(name = "{0}: {1} gives {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match | \"25f9e794323b453885f5181f1b624d0b\" | 200",
                "If-Match | 25f9e794323b453885f5181f1b624d0b | 200",
                "If-Match | \"x\", \"25f9e794323b453885f5181f1b624d0b\" | 200",
                "If-Match | * | 200",
                "If-Match | \"x\" | 412",
                "If-None-Match | \"25f9e794323b453885f5181f1b624d0b\" | 304",
                "If-None-Match | * | 304",
                "If-None-Match | \"x\" | 200",
                "If-Modified-Since | Wed, 03 Feb 2100 01:02:03 GMT | 304",
                "If-Modified-Since | Tue, 03 Feb 2015 01:02:03 GMT | 200",
                "If-Modified-Since | yesterday | 200",
                "If-Unmodified-Since | Tue, 03 Feb 2015 01:02:03 GMT | 412",
                "If-Unmodified-Since | Wed, 03 Feb 2100 01:02:03 GMT | 200",
            })
    void honoursConditions(String header, String value, int status, TestBucket bucket) {
        bucket.put("k", "123456789");
        for (String method : new String[] {"GET", "HEAD"}) {
            RawResponse answer = RawConnection.exchange(
                    bucket.server(),
                    bucket.request(method, "/k").header(header, value).signed());
            assertThat(answer.status()).as(method).isEqualTo(status);
        }
    }

    @Test
    void notModifiedStillNamesTheObject(TestBucket bucket) {
        bucket.put("k", "123456789");
        RawResponse answer = get(bucket, "If-None-Match", "\"25f9e794323b453885f5181f1b624d0b\"");
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).contains("\"25f9e794323b453885f5181f1b624d0b\"");
        assertThat(answer.header("x-cos-request-id")).isPresent();
    }

    @Test
    void refusesKeysOverTheirLimit(TestBucket bucket) {
        assertThat(put(bucket, "/" + "x".repeat(850), "x-cos-meta-a", "1").status())
                .isEqualTo(200);
        RawResponse answer = put(bucket, "/" + "x".repeat(851), "x-cos-meta-a", "1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("KeyTooLong");
        assertThat(put(bucket, "/" + "%E5%AD%97".repeat(284), "x-cos-meta-a", "1")
                        .errorCode())
                .isEqualTo("KeyTooLong");
    }

    @Test
    void refusesMetadataOverItsLimit(TestBucket bucket) {
        assertThat(put(bucket, "/k", "x-cos-meta-a", "x".repeat(1900)).status()).isEqualTo(200);
        RawResponse answer = put(bucket, "/k2", "x-cos-meta-a", "x".repeat(2100));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k2")).isFalse();
    }

    @Test
    void metadataTravelsAsOctetsOfUtf8(TestBucket bucket) {
        put(bucket, "/k", "x-cos-meta-Name", "李 雷");
        RawResponse answer = get(bucket, "x-cos-sdk-log-debug", "on");
        assertThat(answer.header("x-cos-meta-name")).contains("李 雷");
    }

    /** COS does not compress; a client that never decodes would store garbage. */
    @Test
    void neverCompresses(TestBucket bucket) {
        bucket.put("k", "a".repeat(100_000));
        RawResponse answer = get(bucket, "Accept-Encoding", "gzip, deflate, br");
        assertThat(answer.body()).hasSize(100_000);
        assertThat(answer.header("Content-Encoding")).isEmpty();
    }

    private static RawResponse put(TestBucket bucket, String target, String header, String value) {
        return RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", target).header(header, value).body("text").signed());
    }

    private static RawResponse get(TestBucket bucket, String header, String value) {
        return RawConnection.exchange(
                bucket.server(),
                bucket.request("GET", "/k").header(header, value).signed());
    }
}

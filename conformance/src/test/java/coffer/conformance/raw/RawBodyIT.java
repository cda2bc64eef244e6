package coffer.conformance.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too short, too long, wrong or missing. */
@ExtendWith(SharedCoffer.class)
class RawBodyIT {
    @Test
    void aBodyCutShortLeavesTheOldObject(TestBucket bucket) {
        bucket.put("k", "old");
        RawRequest put =
                bucket.request("PUT", "/k").header("Content-Length", "100").signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            connection.send("only this".getBytes(UTF_8));
            connection.endOutput();
            // An answer, if there is one, is a refusal.
            connection.readIfAny().ifPresent(answer -> {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.errorCode()).isEqualTo("IncompleteBody");
            });
        }
        assertThat(bucket.text("k")).isEqualTo("old");
    }

    @Test
    void aClientThatHangsUpLeavesNothing(TestBucket bucket) {
        RawRequest put =
                bucket.request("PUT", "/k").header("Content-Length", "10000000").signed();
        for (int i = 0; i < 5; i++) {
            try (RawConnection connection = bucket.connect()) {
                connection.send(put.head());
                connection.send(Scratch.bytes(3_000_000, i));
            }
        }
        RawRequest chunked = bucket.request("PUT", "/c")
                .header("Transfer-Encoding", "chunked")
                .signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(chunked.head());
            connection.send("5\r\nhello\r\n".getBytes(UTF_8));
        }
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
        bucket.cos().deleteBucket(bucket.name());
    }

    /** What follows cannot be told from a next request, so it ends the connection at the latest. */
    @Test
    void aBodyLongerThanAnnouncedIsCut(TestBucket bucket) {
        RawRequest put =
                bucket.request("PUT", "/k").header("Content-Length", "4").signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            connection.send("textEXCESS that is no request\r\n\r\n".getBytes(UTF_8));
            assertThat(connection.read(put).status()).isEqualTo(200);
            connection
                    .readIfAny()
                    .ifPresent(answer -> assertThat(answer.status()).isEqualTo(400));
            assertThat(connection.isEnded()).isTrue();
        }
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void needsALength(TestBucket bucket) {
        RawResponse answer = RawConnection.exchange(
                bucket.server(), bucket.request("PUT", "/k").signed());
        assertThat(answer.status()).isEqualTo(411);
        assertThat(answer.errorCode()).isEqualTo("MissingContentLength");
    }

    @Test
    void verifiesContentMd5(TestBucket bucket) {
        String wrong = Base64.getEncoder().encodeToString(new byte[16]);
        RawResponse answer = put(bucket, "Content-MD5", wrong);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("BadDigest");
        assertThat(put(bucket, "Content-MD5", "short").errorCode()).isEqualTo("InvalidDigest");
        assertThat(put(bucket, "Content-MD5", "????????????????????????").errorCode())
                .isEqualTo("InvalidDigest");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
        assertThat(put(bucket, "Content-MD5", "HLJR7A1WjeapKbUgxK7Y0Q==").status())
                .isEqualTo(200);
    }

    @Test
    void verifiesContentMd5OfDocumentsToo(TestBucket bucket) {
        bucket.put("k", "kept");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("POST", "/?delete")
                        .header("Content-MD5", Base64.getEncoder().encodeToString(new byte[16]))
                        .body("<Delete><Object><Key>k</Key></Object></Delete>")
                        .signed());
        assertThat(answer.errorCode()).isEqualTo("BadDigest");
        assertThat(bucket.text("k")).isEqualTo("kept");
    }

    @Test
    void verifiesSha1(TestBucket bucket) {
        assertThat(put(bucket, "x-cos-content-sha1", "0".repeat(40)).errorCode())
                .isEqualTo("InvalidSHA1Digest");
        assertThat(put(bucket, "x-cos-content-sha1", "372ea08cab33e71c02c651dbc83a474d32c676ea")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete><Object>",
                "not xml",
                "<Delete><Object><Key>a</Key></Object></Delete><More/>",
                "<Other><Object><Key>a</Key></Object></Other>",
                "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY e \"x\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
                "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><Delete><Object><Key>a</Key></Object></Delete>",
                "<Delete><Object><Key>&unknown;</Key></Object></Delete>",
            })
    void refusesDocumentsThatAreNone(String xml, TestBucket bucket) {
        bucket.put("a", "kept");
        bucket.put("x", "kept");
        RawResponse answer = RawConnection.exchange(
                bucket.server(), bucket.request("POST", "/?delete").body(xml).signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("MalformedXML");
        assertThat(bucket.text("a") + bucket.text("x")).isEqualTo("keptkept");
    }

    @Test
    void refusesADocumentOfManyMegabytes(TestBucket bucket) {
        String xml = "<Delete>" + " ".repeat(9_000_000) + "</Delete>";
        RawRequest request = bucket.request("POST", "/?delete").body(xml).signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(request.head());
            RawResponse answer = connection.read(request);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isIn("XMLSizeLimit", "MalformedXML");
        }
    }

    @Test
    void readsAByteOrderMark(TestBucket bucket) {
        bucket.put("a", "x");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("POST", "/?delete")
                        .body(
                                "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Delete><Object><Key>a</Key></Object></Delete>")
                        .signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "one", "", "1.5", "99999999999"})
    void refusesPartNumbersOutsideTheirRange(String number, TestBucket bucket) {
        RawRequest initiate = bucket.request("POST", "/k?uploads")
                .header("Content-Length", "0")
                .signed();
        String id = RawConnection.exchange(bucket.server(), initiate).element("UploadId");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/k?partNumber=" + number + "&uploadId=" + id)
                        .body("x")
                        .signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10000"})
    void takesPartNumbersAtTheEndsOfTheirRange(String number, TestBucket bucket) {
        RawRequest initiate = bucket.request("POST", "/k?uploads")
                .header("Content-Length", "0")
                .signed();
        String id = RawConnection.exchange(bucket.server(), initiate).element("UploadId");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/k?partNumber=" + number + "&uploadId=" + id)
                        .body("x")
                        .signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static RawResponse put(TestBucket bucket, String header, String value) {
        return RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/k").header(header, value).body("text").signed());
    }
}

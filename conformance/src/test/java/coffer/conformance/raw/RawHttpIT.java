package coffer.conformance.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.RequestSignature;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are framed, addressed and kept apart on a connection. */
@ExtendWith(SharedCoffer.class)
class RawHttpIT {
    @Test
    void keepsTheConnection(TestBucket bucket) {
        try (RawConnection connection = bucket.connect()) {
            for (int i = 0; i < 20; i++) {
                RawResponse put = connection.exchange(
                        bucket.request("PUT", "/k" + i).body("text " + i).signed());
                assertThat(put.status()).isEqualTo(200);
                RawResponse get =
                        connection.exchange(bucket.request("GET", "/k" + i).signed());
                assertThat(get.text()).isEqualTo("text " + i);
            }
        }
    }

    @Test
    void keepsTheConnectionAfterARefusal(TestBucket bucket) {
        try (RawConnection connection = bucket.connect()) {
            assertThat(connection
                            .exchange(bucket.request("GET", "/absent").signed())
                            .status())
                    .isEqualTo(404);
            assertThat(connection
                            .exchange(bucket.request("HEAD", "/absent").signed())
                            .status())
                    .isEqualTo(404);
            assertThat(connection.exchange(bucket.request("GET", "/").signed()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void closesWhenAsked(TestBucket bucket) {
        try (RawConnection connection = bucket.connect()) {
            RawResponse answer = connection.exchange(
                    bucket.request("GET", "/").header("Connection", "close").signed());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).contains("close");
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void answersPipelinedRequestsInOrder(TestBucket bucket) {
        bucket.put("one", Scratch.bytes(100_000, 1));
        bucket.put("two", "two");
        try (RawConnection connection = bucket.connect()) {
            RawRequest one = bucket.request("GET", "/one").signed();
            RawRequest missing = bucket.request("HEAD", "/missing").signed();
            RawRequest two = bucket.request("GET", "/two").signed();
            connection.send(one.head());
            connection.send(missing.head());
            connection.send(two.head());
            assertThat(connection.read(one).body()).isEqualTo(Scratch.bytes(100_000, 1));
            assertThat(connection.read(missing).status()).isEqualTo(404);
            assertThat(connection.read(two).text()).isEqualTo("two");
        }
    }

    @Test
    void pipelinedWritesAllHappen(TestBucket bucket) {
        try (RawConnection connection = bucket.connect()) {
            for (int i = 0; i < 5; i++) {
                RawRequest put =
                        bucket.request("PUT", "/k" + i).body("text " + i).signed();
                connection.send(put.head());
                connection.send(put.body());
            }
            for (int i = 0; i < 5; i++) {
                assertThat(connection.read().status()).isEqualTo(200);
            }
        }
        assertThat(bucket.text("k4")).isEqualTo("text 4");
    }

    @Test
    void takesAChunkedBody(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/k")
                .header("Transfer-Encoding", "chunked")
                .signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            connection.send("5\r\nhello\r\n".getBytes(UTF_8));
            connection.send("7;ext=1\r\n, world\r\n0\r\n\r\n".getBytes(UTF_8));
            assertThat(connection.read(put).status()).isEqualTo(200);
        }
        assertThat(bucket.text("k")).isEqualTo("hello, world");
    }

    @Test
    void invitesABodyOnlyFromThoseWhoMaySendIt(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/k")
                .header("Expect", "100-continue")
                .body("text")
                .signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            assertThat(connection.read(put).status()).isEqualTo(100);
            connection.send(put.body());
            assertThat(connection.read(put).status()).isEqualTo(200);
        }
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void refusesABodyBeforeItIsSent(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/k")
                .header("Expect", "100-continue")
                .header("Content-Length", "1000000000")
                .signed(new RequestSignature(
                        Account.SECRET_ID,
                        "wrong",
                        RequestSignature.validAt(Instant.now()).keyTime()));
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            RawResponse answer = connection.read(put);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.errorCode()).isEqualTo("SignatureDoesNotMatch");
        }
    }

    /** What a program with a forward proxy sends. */
    @Test
    void readsTheAbsoluteForm(TestBucket bucket) {
        bucket.put("a b", "text");
        // Signed is the path; the Host header of a proxied request may name the proxy.
        String authorization = RequestSignature.validAt(Instant.now())
                .authorization("GET", "/a%20b", java.util.Map.of("Host", bucket.host()));
        RawRequest request = RawRequest.to("GET", bucket.host(), "http://" + bucket.host() + "/a%20b")
                .header("Authorization", authorization);
        assertThat(RawConnection.exchange(bucket.server(), request).text()).isEqualTo("text");
    }

    @Test
    void readsPathStyleOnTheHostOfTheRegion(TestBucket bucket) {
        bucket.put("a b", "text");
        RawRequest request =
                RawRequest.to("GET", "cos." + Account.REGION + ".myqcloud.com", "/" + bucket.name() + "/a%20b");
        assertThat(RawConnection.exchange(bucket.server(), request.signed()).text())
                .isEqualTo("text");
    }

    @Test
    void readsPathStyleOnItsOwnAddress(TestBucket bucket) {
        bucket.put("a b", "text");
        RawRequest request = RawRequest.to("GET", bucket.server().authority(), "/" + bucket.name() + "/a%20b");
        assertThat(RawConnection.exchange(bucket.server(), request.signed()).text())
                .isEqualTo("text");
    }

    /** SDKs go over to the other suffix by themselves, and private installations have their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s.cos.ap-guangzhou.tencentcos.cn",
                "%s.cos-internal.ap-guangzhou.tencentcos.cn",
                "%s.cos.ap-guangzhou.example.com",
                "%s.cos.ap-guangzhou.myqcloud.com:9000",
            })
    void readsTheBucketFromTheHost(String pattern, TestBucket bucket) {
        bucket.put("k", "text");
        RawRequest request = RawRequest.to("GET", String.format(pattern, bucket.name()), "/k");
        RawResponse answer = RawConnection.exchange(bucket.server(), request.signed());
        assertThat(answer.text()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bad_Name-1250000000",
                "-leading-1250000000",
                "trailing--1250000000",
                "noappid",
                "dots.in.it-1250000000",
            })
    void refusesBadBucketNames(String name, CofferProcess server) {
        RawRequest request = RawRequest.to("PUT", "cos." + Account.REGION + ".myqcloud.com", "/" + name)
                .header("Content-Length", "0");
        RawResponse answer = RawConnection.exchange(server, request.signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidBucketName", "BucketNameTooLong");
    }

    @Test
    void refusesABucketNameThatIsTooLong(CofferProcess server) {
        String host = Account.host("x".repeat(51) + "-" + Account.APPID);
        RawRequest request = RawRequest.to("PUT", host, "/").header("Content-Length", "0");
        RawResponse answer = RawConnection.exchange(server, request.signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidBucketName", "BucketNameTooLong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bad%zz", "/bad%e4", "/bad%", "/%c3%28"})
    void refusesPathsThatAreNoText(String target, TestBucket bucket) {
        // Signed as if it were "/": it must not come to that.
        RawRequest request = RawRequest.to("GET", bucket.host(), target)
                .header(
                        "Authorization",
                        RequestSignature.validAt(Instant.now())
                                .authorization("GET", "/", java.util.Map.of("Host", bucket.host())));
        RawResponse answer = RawConnection.exchange(bucket.server(), request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidURI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            })
    void refusesWhatIsNotHttp(String bytes, CofferProcess server) {
        try (RawConnection connection = RawConnection.open(server)) {
            connection.send(bytes.getBytes(ISO_8859_1));
            assertThat(connection.read().status()).isEqualTo(400);
        }
    }

    @Test
    void outlivesHeadersWithoutEnd(CofferProcess server, TestBucket bucket) {
        try (RawConnection connection = RawConnection.open(server)) {
            connection.send(("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000)).getBytes(ISO_8859_1));
            assertThat(connection.read().status()).isBetween(400, 499);
        }
        bucket.put("k", "text");
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    /** SDKs keep idle connections for a minute and expect them to be alive. */
    @Test
    void anIdleConnectionLives(TestBucket bucket) throws InterruptedException {
        try (RawConnection connection = bucket.connect()) {
            connection.exchange(bucket.request("GET", "/").signed());
            Thread.sleep(Duration.ofSeconds(12));
            assertThat(connection.exchange(bucket.request("GET", "/").signed()).status())
                    .isEqualTo(200);
        }
    }
}

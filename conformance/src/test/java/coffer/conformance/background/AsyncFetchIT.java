package coffer.conformance.background;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.endpoint.UserSpecifiedEndpointBuilder;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.fetch.GetAsyncFetchTaskRequest;
import com.qcloud.cos.model.fetch.PutAsyncFetchTaskRequest;
import com.qcloud.cos.utils.Md5Utils;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that fetch objects from elsewhere, by the official SDK, from a real server. */
@Shows({"FetchTask", "GetFetchTask"})
@SuppressWarnings("deprecation") // the SDK has nothing else for it
class AsyncFetchIT {
    private static final String HOST = Account.REGION + ".migration.myqcloud.com";

    private Origin origin;
    private AdminApi admin;
    private COSClient cos;
    private COSClient fetching;
    private TestBucket bucket;

    @BeforeEach
    void start() {
        origin = new Origin();
        admin = AdminApi.startInDevelopment(Map.of("COFFER_OUTBOUND_ALLOW", "127.0.0.0/8"));
        cos = JavaSdk.client(admin.server());
        fetching = fetching(admin.server(), Account.SECRET_ID, Account.SECRET_KEY);
        bucket = TestBucket.create(admin.server(), cos, "fetched-" + Account.APPID);
    }

    @AfterEach
    void stop() {
        fetching.shutdown();
        cos.shutdown();
        admin.close();
        origin.close();
    }

    private static COSClient fetching(CofferProcess server, String id, String key) {
        ClientConfig config = JavaSdk.config(server);
        config.setEndpointBuilder(new UserSpecifiedEndpointBuilder(HOST, "service.cos.myqcloud.com"));
        return new COSClient(new BasicCOSCredentials(id, key), config);
    }

    private PutAsyncFetchTaskRequest order(String path, String key) {
        PutAsyncFetchTaskRequest order = new PutAsyncFetchTaskRequest();
        order.setBucketName(bucket.name());
        order.setUrl(origin.url(path));
        order.setKey(key);
        return order;
    }

    private String submit(PutAsyncFetchTaskRequest order) {
        return Objects.requireNonNull(
                fetching.putAsyncFetchTask(order).getData().get("taskid"));
    }

    private Map<String, String> state(String task) {
        GetAsyncFetchTaskRequest request = new GetAsyncFetchTaskRequest();
        request.setBucketName(bucket.name());
        request.setTaskId(task);
        return fetching.getAsyncFetchTask(request).getData();
    }

    /** What a task is once it has ended. */
    private Map<String, String> ended(String task) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            Map<String, String> state = state(task);
            if (!Objects.equals(state.get("status"), "TASK_DOING")) {
                return state;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the task does not end: " + state(task));
    }

    private void awaitRequest(String beginning) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (origin.requests().stream().anyMatch(request -> request.startsWith(beginning))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("nobody asked for " + beginning + ", but for " + origin.requests());
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(5).nextBytes(content);
        return content;
    }

    @Test
    void anObjectIsFetchedAndWhoWantsToKnowIsTold() throws Exception {
        byte[] content = random(3_000_000);
        origin.on("/a%20b", Origin.bytes(content, "image/jpeg"));
        origin.on("/told", Origin.status(200));
        PutAsyncFetchTaskRequest order = order("/a%20b?token=hidden-token", "旅/a b");
        order.setMd5(Md5Utils.md5Hex(content));
        order.setSuccessCallbackUrl(origin.url("/told"));
        String task = submit(order);
        assertThat(ended(task)).containsEntry("status", "TASK_DONE").containsEntry("percent", "100");
        assertThat(bucket.bytes("旅/a b")).isEqualTo(content);
        assertThat(cos.getObjectMetadata(bucket.name(), "旅/a b").getContentType())
                .isEqualTo("image/jpeg");
        awaitRequest("POST /told ");
        assertThat(origin.requests().getLast())
                .contains("\"taskid\":\"" + task + "\"", "\"status\":\"TASK_DONE\"", "\"key\":\"旅/a b\"");
        assertThat(admin.server().log()).doesNotContain("hidden-token");
    }

    @Test
    void whatIsNotWhatWasAnnouncedIsNotKept() throws Exception {
        origin.on("/k", Origin.bytes(random(1000), "text/plain"));
        origin.on("/told", Origin.status(200));
        PutAsyncFetchTaskRequest order = order("/k", "k");
        order.setMd5(Md5Utils.md5Hex(new byte[1]));
        order.setFailureCallbackUrl(origin.url("/told"));
        assertThat(ended(submit(order))).containsEntry("status", "TASK_FAILED").containsEntry("code", "BadDigest");
        assertThat(cos.doesObjectExist(bucket.name(), "k")).isFalse();
        awaitRequest("POST /told ");
        assertThat(origin.requests().getLast()).contains("\"status\":\"TASK_FAILED\"");
    }

    @Test
    void whatIsThereStaysOrGoes() throws Exception {
        assertThat(left("1", true, "")).isEqualTo("old");
        assertThat(left("2", false, "")).isEqualTo("new");
        assertThat(left("3", false, "ignore")).isEqualTo("old");
        assertThat(left("4", true, "override")).isEqualTo("new");
        assertThat(left("5", false, "override")).isEqualTo("new");
    }

    private String left(String key, boolean ignoreSameKey, String onKeyExist) throws Exception {
        origin.on("/k", Origin.bytes("new".getBytes(UTF_8), "text/plain"));
        bucket.put(key, "old");
        PutAsyncFetchTaskRequest order = order("/k", key);
        order.setIgnoreSameKey(ignoreSameKey);
        order.setOnKeyExist(onKeyExist);
        assertThat(ended(submit(order))).containsEntry("status", "TASK_DONE");
        return bucket.text(key);
    }

    @Test
    void anOriginThatStumblesIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Origin.Script good = Origin.bytes("text".getBytes(UTF_8), "text/plain");
        origin.on("/k", exchange -> {
            switch (asked.incrementAndGet()) {
                case 1 -> exchange.sendResponseHeaders(503, -1);
                case 2 -> { // breaks off
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    exchange.close();
                }
                default -> good.answer(exchange);
            }
        });
        String task = submit(order("/k", "k"));
        for (int attempt = 1; attempt < 3; attempt++) {
            while (asked.get() < attempt) {
                Thread.sleep(50);
            }
            Thread.sleep(1000);
            assertThat(state(task)).containsEntry("status", "TASK_DOING");
            assertThat(cos.doesObjectExist(bucket.name(), "k")).isFalse();
            admin.advance("PT1M");
        }
        assertThat(ended(task)).containsEntry("status", "TASK_DONE");
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsNotThereIsNotAskedForAgain() throws Exception {
        assertThat(ended(submit(order("/missing", "k"))))
                .containsEntry("status", "TASK_FAILED")
                .containsEntry("msg", "The origin answered 404.");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aServerThatIsKilledInTheMiddleGoesOn() throws Exception {
        byte[] content = random(100_000_000);
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        origin.on("/film", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, content.length / 2);
            exchange.getResponseBody().flush();
            half.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        String task = submit(order("/film", "film"));
        half.await();
        int percent = 0;
        while (percent < 40) {
            percent = Integer.parseInt(state(task).getOrDefault("percent", "0"));
            Thread.sleep(50);
        }
        assertThat(percent).isLessThan(100);
        admin.server().kill();
        origin.on("/film", Origin.bytes(content, "video/mp4"));
        admin.server().startAgain();
        assertThat(ended(task)).containsEntry("status", "TASK_DONE").containsEntry("percent", "100");
        assertThat(cos.getObjectMetadata(bucket.name(), "film").getETag()).isEqualTo(Md5Utils.md5Hex(content));
    }

    @Test
    void aServerThatIsStoppedInTheMiddleGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        origin.on("/k", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        String task = submit(order("/k", "k"));
        begun.await();
        admin.server().askToStop();
        assertThat(admin.server().exitCode()).isZero();
        origin.on("/k", Origin.bytes("text".getBytes(UTF_8), "text/plain"));
        admin.server().startAgain();
        assertThat(ended(task)).containsEntry("status", "TASK_DONE");
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void tasksAreForgottenAfterSomeDays() throws Exception {
        String task = submit(order("/missing", "k"));
        ended(task);
        admin.advance("P6D");
        assertThat(state(task)).containsEntry("status", "TASK_FAILED");
        admin.advance("P2D");
        for (int i = 0; i < 100 && !isForgotten(task); i++) {
            Thread.sleep(100);
        }
        assertThat(isForgotten(task)).isTrue();
    }

    private boolean isForgotten(String task) {
        try {
            return state(task).isEmpty();
        } catch (CosServiceException e) {
            assertThat(e.getStatusCode()).isEqualTo(404);
            return true;
        }
    }

    @Test
    void whoMayNotPutTheObjectMayNotHaveItFetched() {
        AdminApi.Key key = admin.rootKey(admin.account("Others"));
        COSClient others = fetching(admin.server(), key.secretId(), key.secretKey());
        CosServiceException refused =
                assertThrows(CosServiceException.class, () -> others.putAsyncFetchTask(order("/k", "k")));
        assertThat(refused.getStatusCode()).isEqualTo(403);
        others.shutdown();
        RawResponse answer = RawConnection.exchange(
                admin.server(),
                RawRequest.to("POST", HOST, "/" + bucket.name() + "/").body("{}"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).startsWith("{\"code\":403,\"message\":\"AccessDenied");
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void wrongOrdersAreRefusedInJson() {
        for (String order : List.of(
                "",
                "[]",
                "{\"Key\":\"k\"}",
                "{\"Url\":\"http://a/\"}",
                "{\"Url\":\"http://a/\",\"Key\":1}",
                "{\"Url\":\"ftp://a/\",\"Key\":\"k\"}",
                "{\"Url\":\"file:///etc/passwd\",\"Key\":\"k\"}",
                "{\"Url\":\"http://u:p@a/\",\"Key\":\"k\"}",
                "{\"Url\":\"http://a b/\",\"Key\":\"k\"}",
                "{\"Url\":\"http://a/\",\"Key\":\"k\",\"MD5\":\"abc\"}",
                "{\"Url\":\"http://a/\",\"Key\":\"k\",\"OnKeyExist\":\"maybe\"}",
                "{\"Url\":\"http://a/\",\"Key\":\"k\",\"SuccessCallbackUrl\":\"gopher://a\"}")) {
            RawResponse answer = RawConnection.exchange(
                    admin.server(),
                    RawRequest.to("POST", HOST, "/" + bucket.name() + "/")
                            .body(order)
                            .signed());
            assertThat(answer.status()).as(order + answer.text()).isEqualTo(400);
            assertThat(answer.text()).startsWith("{\"code\":400,\"message\":").contains("\"request_id\":");
        }
    }

    @Test
    void unknownTasksAndBucketsAreNotFound() {
        for (String target : new String[] {"/" + bucket.name() + "/dGFzaw==", "/missing-1250000000/dGFzaw=="}) {
            RawResponse answer = RawConnection.exchange(
                    admin.server(), RawRequest.to("GET", HOST, target).signed());
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            assertThat(answer.text()).startsWith("{\"code\":404,");
        }
    }
}

package coffer.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.accesslog.AccessLog;
import coffer.address.AddressParser;
import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.awssignature.AwsAuthenticator;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.identity.Keyring;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.signature.CosAuthenticator;
import coffer.store.Blob;
import coffer.store.BlobStore;
import coffer.store.BodyRef;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.store.Trouble;
import coffer.store.memory.MemoryEngine;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a request ends that gets no answer of its own. */
class DispatcherTest {
    private static final String HOST = "b-1250000000.cos.ap-guangzhou.myqcloud.com";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z"));

    @Test
    void namesTheErrorTheResourceAndTheRequest() {
        CosResponse response =
                dispatcher(new MemoryEngine()).prepare(request("GET", "/旅")).answer();
        assertThat(response.status()).isEqualTo(404);
        String id = response.header("x-cos-request-id").orElseThrow();
        assertThat(text(response))
                .contains("<Code>NoSuchBucket</Code>", "<Message>", "<Resource>" + HOST + "/旅</Resource>")
                .contains("<RequestId>" + id + "</RequestId>", "<TraceId>");
        assertThat(response.header("Content-Type")).contains("application/xml");
    }

    @Test
    void answersHeadWithoutADocument() {
        CosResponse response =
                dispatcher(new MemoryEngine()).prepare(request("HEAD", "/k")).answer();
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo(new ResponseBody.None(0));
        assertThat(response.header("x-cos-request-id")).isPresent();
    }

    /** Whatever an engine says of itself is for the log. */
    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 503, ServiceUnavailable",
        "UNKNOWN, 503, ServiceUnavailable",
        "FULL, 503, ServiceUnavailable",
        "CORRUPT, 500, InternalError",
        "GONE, 500, InternalError",
    })
    void translatesWhatTheEngineSays(StoreException.Reason reason, int status, String code) {
        RuntimeException failure = new StoreException(reason, "/srv/coffer/log/0001.log: Input/output error");
        CosResponse response =
                dispatcher(new Failing(failure)).prepare(request("GET", "/k")).answer();
        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response)).contains("<Code>" + code + "</Code>").doesNotContain("/srv/coffer");
    }

    @Test
    void tellsNobodyWhatWentWrongInside() {
        CosResponse response = dispatcher(new Failing(new IllegalStateException("a secret of ours")))
                .prepare(request("GET", "/k"))
                .answer();
        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response))
                .contains("<Code>InternalError</Code>")
                .doesNotContain("secret of ours")
                .doesNotContain("IllegalState");
    }

    @Test
    void rendersWhatTheHttpServerRefuses() {
        CosResponse response = dispatcher(new MemoryEngine()).refuse(CosError.BAD_REQUEST.because("No <such> thing."));
        assertThat(text(response)).contains("<Message>No &lt;such&gt; thing.</Message>", "<Resource>/</Resource>");
    }

    @Test
    void doesNotTellStrangersWhichTargetsWouldBeUnderstood() {
        CosResponse response =
                dispatcher(new MemoryEngine()).prepare(request("GET", "/%zz")).answer();
        assertThat(text(response)).contains("<Code>InvalidURI</Code>", "<Resource>/</Resource>");
    }

    @Test
    void saysWhetherItIsWell() {
        HttpRequest asked = new HttpRequest(
                "GET",
                "/-/health",
                Headers.of("Host", "127.0.0.1:9000"),
                RequestBody.EMPTY,
                "127.0.0.1",
                Optional.empty());
        Gateway.Prepared well = dispatcher(new MemoryEngine()).prepare(asked);
        assertThat(well.isVital()).isTrue();
        assertThat(well.answer().status()).isEqualTo(200);
        CosResponse ill = dispatcher(new Failing(new IllegalStateException()))
                .prepare(asked)
                .answer();
        assertThat(ill.status()).isEqualTo(503);
        assertThat(text(ill)).isEqualTo("The disk is gone.\n");
    }

    /** On the host of a bucket it is a key like any other. */
    @Test
    void aKeyMayBeCalledAsTheHealthCheckIs() {
        Gateway.Prepared object = dispatcher(new MemoryEngine()).prepare(request("GET", "/-/health"));
        assertThat(object.isVital()).isFalse();
        assertThat(object.answer().status()).isEqualTo(404);
    }

    private static Dispatcher dispatcher(Engine engine) {
        Keyring keys = (secretId, token) -> Optional.empty();
        Callers callers = Callers.roots(keys, CLOCK);
        UniqueIds ids = new UniqueIds(CLOCK, new Random(1));
        Services services = Services.over(
                engine,
                callers,
                new ContentKeys(KeyService.none(), new SecureRandom()),
                CLOCK,
                ids,
                List.of("ap-guangzhou"),
                RestoreDelays.NONE,
                Outbound.NONE,
                Targets.NONE);
        services.health().started();
        return new Dispatcher(
                new AddressParser(List.of(), List.of("ap-guangzhou")),
                new CosAuthenticator(keys, callers.attempts(), CLOCK),
                new AwsAuthenticator(keys, callers.attempts(), CLOCK, List.of("ap-guangzhou")),
                services,
                AccessLog.NONE,
                RequestMeter.NONE,
                new Random(2));
    }

    private static HttpRequest request(String method, String target) {
        return new HttpRequest(
                method, target, Headers.of("Host", HOST), RequestBody.EMPTY, "127.0.0.1", Optional.empty());
    }

    private static String text(CosResponse response) {
        return new String(((ResponseBody.Bytes) response.body()).bytes(), UTF_8);
    }

    /** An engine whose every read fails. */
    private record Failing(RuntimeException failure) implements Engine, MetadataStore {
        @Override
        public MetadataStore metadata() {
            return this;
        }

        @Override
        public BlobStore blobs() {
            return new MemoryEngine();
        }

        @Override
        public boolean isLeader() {
            return true;
        }

        @Override
        public Optional<Trouble> trouble() {
            return Optional.of(new Trouble(Trouble.Kind.BROKEN, "The disk is gone."));
        }

        @Override
        public int maxBodyBytes() {
            return 1024;
        }

        @Override
        public Optional<Row> get(RowKey key) {
            throw failure;
        }

        @Override
        public Blob openBody(BodyRef body) {
            throw failure;
        }

        @Override
        public RowCursor scan(String space, char kind, String fromKey, String fromSuffix) {
            throw failure;
        }

        @Override
        public RowCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix) {
            throw failure;
        }

        @Override
        public boolean commit(Commit commit) {
            throw failure;
        }

        @Override
        public void drop(String space) {
            throw failure;
        }

        @Override
        public List<String> spaces() {
            throw failure;
        }

        @Override
        public void close() {}
    }
}

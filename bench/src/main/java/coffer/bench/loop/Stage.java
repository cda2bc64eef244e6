package coffer.bench.loop;

import coffer.accesslog.AccessLog;
import coffer.address.AddressParser;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import coffer.awssignature.AwsAuthenticator;
import coffer.bench.CosSigner;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.operation.Callers;
import coffer.operation.Dispatcher;
import coffer.operation.RequestMeter;
import coffer.operation.Services;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.store.memory.MemoryEngine;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** All of the protocol over a store in memory, without sockets, with one bucket. */
public final class Stage {
    /** The bucket that is there. */
    public static final String BUCKET = "bench-1250000000";

    /** Who owns it. */
    public static final AccessKey KEY =
            new AccessKey("AKIDbenchmark", "benchmark-secret", new Account("1250000000", "100000000001"));

    static final String HOST = BUCKET + ".cos.ap-guangzhou.myqcloud.com";

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z"));
    private static final List<String> REGIONS = List.of("ap-guangzhou");

    private final CosSigner signer;
    private final Dispatcher dispatcher;

    Stage() {
        this(CLOCK);
    }

    /** @param meter counts the requests that are answered */
    Stage(RequestMeter meter) {
        this(CLOCK, meter);
    }

    /** @param clock what signatures are checked by */
    public Stage(InstantSource clock) {
        this(clock, RequestMeter.NONE);
    }

    private Stage(InstantSource clock, RequestMeter meter) {
        signer = new CosSigner(KEY.secretId(), KEY.secretKey(), clock.instant());
        MemoryEngine engine = new MemoryEngine();
        Callers callers = Callers.roots(keys(), clock);
        dispatcher = new Dispatcher(
                addresses(),
                new CosAuthenticator(keys(), callers.attempts(), clock),
                new AwsAuthenticator(keys(), callers.attempts(), clock, REGIONS),
                Services.over(
                        engine,
                        callers,
                        NewKeys.of(engine),
                        clock,
                        new UniqueIds(clock, new Random(1)),
                        REGIONS,
                        RestoreDelays.NONE,
                        Outbound.NONE,
                        Targets.NONE),
                AccessLog.NONE,
                meter,
                new Random(2));
        require(200, answer(presigned("PUT", "/", new TreeMap<>(), new byte[0])));
    }

    /** Answers requests. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    static AddressParser addresses() {
        return new AddressParser(List.of(), REGIONS);
    }

    static CosAuthenticator authenticator() {
        return new CosAuthenticator(keys(), new FailedAttempts(CLOCK), CLOCK);
    }

    private static Keyring keys() {
        return (secretId, token) -> secretId.equals(KEY.secretId()) ? Optional.of(KEY) : Optional.empty();
    }

    HttpRequest presigned(String method, String path, SortedMap<String, String> query, byte[] body) {
        return request(
                method,
                signer.presigned(method, HOST, path, query),
                Headers.of("Host", HOST, "Content-Length", Integer.toString(body.length)),
                body);
    }

    HttpRequest signed(String method, String path) {
        String authorization = signer.headerLines(method, HOST, path, new TreeMap<>());
        String value = authorization.substring(authorization.indexOf(' ') + 1).strip();
        return request(method, path, Headers.of("Host", HOST, "Authorization", value), new byte[0]);
    }

    static HttpRequest anonymous(String method, String path) {
        return request(method, path, Headers.of("Host", HOST), new byte[0]);
    }

    private static HttpRequest request(String method, String target, Headers headers, byte[] body) {
        return new HttpRequest(method, target, headers, new InMemory(body), "127.0.0.1", Optional.empty());
    }

    /** The same request once more: a body can be read only once. */
    static HttpRequest again(HttpRequest request, byte[] body) {
        return request(request.method(), request.target(), request.headers(), body);
    }

    CosResponse answer(HttpRequest request) {
        Gateway.Prepared prepared = dispatcher.prepare(request);
        CosResponse answer = prepared.answer();
        prepared.sent(answer.status(), 0);
        return answer;
    }

    /** Fails if an answer has another status: what is measured must be the thing itself. */
    static CosResponse require(int status, CosResponse response) {
        if (response.status() != status) {
            throw new IllegalStateException(response.status() + " instead of " + status + ": " + response);
        }
        return response;
    }

    private static final class InMemory implements RequestBody {
        private final ByteBuffer left;

        InMemory(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public long declaredBytes() {
            return left.capacity();
        }

        @Override
        public int read(ByteBuffer target) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), target.remaining());
            target.put(left.slice().limit(count));
            left.position(left.position() + count);
            return count;
        }
    }
}

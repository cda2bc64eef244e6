package coffer.operation;

import coffer.accesslog.AccessLog;
import coffer.accesslog.AccessRecord;
import coffer.accesslog.LogFormat;
import coffer.accesslog.LogSource;
import coffer.accesslog.LogTarget;
import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.identity.SignedParts;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import coffer.request.Trace;
import coffer.s3.S3Error;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes down one request to a bucket whose requests are logged. Used by the thread of the request. */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    private static final int NOT_MODIFIED = 304;

    private final AccessLog log;
    private final InstantSource clock;
    private final LogTarget target;
    private final Bucket bucket;
    private final What what;
    private final Trace trace = new Trace();
    private Caller caller = new Caller.Anonymous();
    private long receivedBytes;
    private long receivedNanos;
    private long answeredNanos;
    private Optional<CosResponse> made = Optional.empty();
    private Optional<CosException> failure = Optional.empty();

    /**
     * What is known of a request before anything else.
     *
     * @param sent as it came
     * @param operation what it means; empty if nothing
     * @param begunNanos when its head was there, by {@link System#nanoTime}
     */
    record What(
            HttpRequest sent,
            Address address,
            Protocol protocol,
            Optional<Operation> operation,
            String requestId,
            long begunNanos) {}

    RequestLog(AccessLog log, InstantSource clock, Bucket bucket, LogTarget target, What what) {
        this.log = log;
        this.clock = clock;
        this.bucket = bucket;
        this.target = target;
        this.what = what;
        this.receivedNanos = what.begunNanos;
        this.answeredNanos = what.begunNanos;
    }

    /** Has the request handled, and looks on. */
    CosResponse handle(Handler handler, CosRequest request) {
        HttpRequest http = request.http();
        CosRequest watched = new CosRequest(
                http.with(http.headers(), new WatchedBody(http.body())),
                request.address(),
                request.query(),
                request.caller(),
                request.requestId(),
                request.protocol(),
                request.bucketName());
        CosResponse answer = trace.handle(handler, watched);
        answeredNanos = System.nanoTime();
        made = Optional.of(answer);
        return answer;
    }

    /** Somebody signed it. */
    void calledBy(Caller signer) {
        caller = signer;
    }

    /** It came to nothing. */
    void failed(CosException error) {
        answeredNanos = System.nanoTime();
        failure = Optional.of(error);
    }

    /** The answer is out. */
    void sent(int status, long bodyBytes) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - what.begunNanos);
        Instant now = clock.instant();
        Optional<Trace.Written> written = failure.isPresent() ? Optional.empty() : trace.written();
        LogSource source = new LogSource(bucket.name(), bucket.region(), bucket.appId(), bucket.ownerUin());
        log.add(
                target,
                new AccessRecord(
                        source,
                        asked(now.minus(Duration.ofMillis(millis)), written),
                        new AccessRecord.Answered(
                                now,
                                status,
                                failure.map(this::told),
                                receivedBytes,
                                bodyBytes,
                                trace.addedBytes(),
                                millis,
                                Math.max(0, TimeUnit.NANOSECONDS.toMillis(answeredNanos - receivedNanos)),
                                objectBytes(status, written),
                                made.flatMap(answer -> answer.header("x-cos-version-id")),
                                isCopy() ? Optional.empty() : storageClass(status, written),
                                isCopy() ? storageClass(status, written) : Optional.empty())));
    }

    private AccessRecord.Asked asked(Instant begun, Optional<Trace.Written> written) {
        HttpRequest sent = what.sent;
        Caller signer = trace.caller().orElse(caller);
        Optional<String> key = Optional.of(what.address.key())
                .filter(text -> !text.isEmpty())
                .or(() -> written.map(Trace.Written::key));
        return new AccessRecord.Asked(
                what.requestId,
                begun,
                what.address.host(),
                what.operation.map(OperationNames::of).orElse(OperationNames.UNKNOWN),
                sent.remoteAddress(),
                switch (signer) {
                    case Caller.Anonymous _ -> new Principal.Anonymous();
                    case Caller.Signed signed -> signed.principal();
                },
                secretId(signer),
                signature(signer),
                place(signer),
                key,
                sent.method(),
                sent.target(),
                sent.headers().nonEmpty("User-Agent"),
                sent.headers().nonEmpty("Referer"),
                sent.tlsVersion());
    }

    /** Of a signature that does not hold, the error knows the key. */
    private Optional<String> secretId(Caller signer) {
        return switch (signer) {
            case Caller.Anonymous _ ->
                failure.flatMap(error -> Optional.ofNullable(error.notes().get("secretId")));
            case Caller.Signed signed -> Optional.of(signed.secretId());
        };
    }

    private Optional<String> signature(Caller signer) {
        if (signer instanceof Caller.Anonymous || what.protocol != Protocol.S3) {
            return Optional.empty();
        }
        boolean isV4 = what.sent
                        .headers()
                        .first("Authorization")
                        .filter(text -> text.startsWith("AWS4"))
                        .isPresent()
                || what.sent.target().contains("X-Amz-Algorithm=AWS4");
        return Optional.of(isV4 ? "SigV4" : "SigV2");
    }

    private static Optional<String> place(Caller signer) {
        return switch (signer) {
            case Caller.Anonymous _ -> Optional.empty();
            case Caller.Signed signed ->
                switch (signed.parts().place()) {
                    case SignedParts.Place.HEADER -> Optional.of("AuthHeader");
                    case SignedParts.Place.URL -> Optional.of("QueryString");
                    case SignedParts.Place.FORM -> Optional.empty();
                };
        };
    }

    private AccessRecord.Failure told(CosException error) {
        return target.format() == LogFormat.S3
                ? new AccessRecord.Failure(S3Error.of(error).code(), S3Error.message(error))
                : new AccessRecord.Failure(error.error().code(), error.message());
    }

    private boolean isCopy() {
        return what.operation.equals(Optional.of(Operation.COPY_OBJECT));
    }

    private boolean isRead() {
        return what.operation
                .filter(operation -> switch (operation) {
                    case GET_OBJECT, HEAD_OBJECT, GET_WEBSITE_PAGE, HEAD_WEBSITE_PAGE -> true;
                    default -> false;
                })
                .isPresent();
    }

    private OptionalLong objectBytes(int status, Optional<Trace.Written> written) {
        if (written.isPresent()) {
            return OptionalLong.of(written.get().sizeBytes());
        }
        return isRead() && status / 100 == 2 && made.isPresent() ? wholeBytes(made.get()) : OptionalLong.empty();
    }

    private static OptionalLong wholeBytes(CosResponse answer) {
        Optional<String> range = answer.header("Content-Range");
        if (range.isPresent()) {
            return OptionalLong.of(
                    Long.parseLong(range.get().substring(range.get().lastIndexOf('/') + 1)));
        }
        return OptionalLong.of(
                switch (answer.body()) {
                    case ResponseBody.None none -> none.announcedBytes();
                    case ResponseBody.Bytes bytes -> bytes.bytes().length;
                    case ResponseBody.Stored stored -> stored.pieces().lengthBytes();
                    case ResponseBody.Streamed _ -> 0;
                });
    }

    private Optional<String> storageClass(int status, Optional<Trace.Written> written) {
        boolean isThere = isRead() && (status / 100 == 2 || status == NOT_MODIFIED);
        return written.map(Trace.Written::storageClass)
                .or(() -> isThere
                        ? made.map(
                                answer -> answer.header("x-cos-storage-class").orElse("STANDARD"))
                        : Optional.empty());
    }

    /** Takes a request down, if it is logged. Never throws. */
    static void takeDown(Supplier<Optional<RequestLog>> log, int status, long bodyBytes) {
        try {
            log.get().ifPresent(found -> found.sent(status, bodyBytes));
        } catch (RuntimeException e) {
            LOG.warn("A request is missing from an access log.", e);
        }
    }

    /** Counts what of a body is read. */
    private final class WatchedBody implements RequestBody {
        private final RequestBody body;

        WatchedBody(RequestBody body) {
            this.body = body;
        }

        @Override
        public long declaredBytes() {
            return body.declaredBytes();
        }

        @Override
        public int read(ByteBuffer buffer) {
            int count = body.read(buffer);
            receivedBytes += Math.max(count, 0);
            receivedNanos = System.nanoTime();
            return count;
        }

        @Override
        public void requireEnd() {
            body.requireEnd();
        }

        @Override
        public Optional<String> trailer(String name) {
            return body.trailer(name);
        }
    }
}

package coffer.operation;

import coffer.accesslog.AccessLog;
import coffer.accesslog.LoggingConfiguration;
import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.awssignature.AwsAuthenticator;
import coffer.bucket.Bucket;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.signature.CosAuthenticator;
import coffer.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request: address, operation, caller, bucket, rights, key, handler; errors rendered, ids added. What
 * is cheap and tells nothing about stored data comes first. Thread-safe.
 */
public final class Dispatcher implements Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Hashing a longer body takes a while. */
    private static final int BRIEF_BYTES = 64 * 1024;

    private static final int FORBIDDEN = 403;

    private final AddressParser addresses;
    private final Dialect cos;
    private final Dialect s3;
    private final Dialect cosWebsite;
    private final Dialect s3Website;
    private final Dialect migration;
    private final Services services;
    private final RandomGenerator random;
    private final Router router = new Router();
    private final Admission admission;
    private final CrossOrigin crossOrigin;
    private final AccessLog accessLog;
    private final RequestMeter meter;

    /**
     * The way of all requests.
     *
     * @param accessLog takes down what buckets have logged
     * @param meter counts every request but health checks
     */
    public Dispatcher(
            AddressParser addresses,
            CosAuthenticator cosSignatures,
            AwsAuthenticator awsSignatures,
            Services services,
            AccessLog accessLog,
            RequestMeter meter,
            RandomGenerator random) {
        this.addresses = addresses;
        this.cos = new CosDialect(cosSignatures, services);
        this.s3 = new S3Dialect(awsSignatures, services, cos);
        this.cosWebsite = new WebsiteDialect(cos);
        this.s3Website = new WebsiteDialect(s3);
        this.migration = new MigrationDialect(cos);
        this.services = services;
        this.random = random;
        this.admission = new Admission(services);
        this.crossOrigin = new CrossOrigin(services);
        this.accessLog = accessLog;
        this.meter = meter;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        RequestIds ids = RequestIds.next(random);
        try {
            Address address = addresses.parse(request);
            if (HealthCheck.isMeant(request, address)) {
                return new HealthCheck(services.health(), ids);
            }
            return route(request, ids, address);
        } catch (CosException e) {
            Dialect dialect = addresses.isForWebsite(request) ? cosWebsite : cos;
            return new FailedRequest(
                    meter, request, dialect, e, () -> failed(e, request, ids, dialect), Optional.empty());
        } catch (RuntimeException e) {
            CosException error = CosError.INTERNAL_ERROR.causedBy(e);
            return new FailedRequest(
                    meter, request, cos, error, () -> failed(error, request, ids, cos), Optional.empty());
        }
    }

    private Prepared route(HttpRequest request, RequestIds ids, Address address) {
        Query query = Query.parse(AddressParser.rawQuery(request));
        boolean isS3 = S3Dialect.isSpoken(request, address, query);
        Dialect dialect = dialect(address, isS3);
        try {
            HttpRequest understood = dialect.understood(request, query);
            Route.Scope scope = Route.Scope.of(address);
            Operation operation = router.find(understood, scope, query);
            return new Routed(request, understood, ids, address, query, dialect, scope, operation);
        } catch (CosException e) {
            RequestLog.What what = new RequestLog.What(
                    request, address, dialect.protocol(), Optional.empty(), ids.requestId(), System.nanoTime());
            return new FailedRequest(
                    meter,
                    request,
                    dialect,
                    e,
                    () -> crossOrigin.on(
                            failed(e, request, ids, dialect), request, dialect.bucket(address, new Caller.Anonymous())),
                    Optional.of(() -> log(dialect, what, Optional.of(e))));
        }
    }

    private Dialect dialect(Address address, boolean isS3) {
        return switch (address.kind()) {
            case WEBSITE -> isS3 ? s3Website : cosWebsite;
            case MIGRATION -> migration;
            case SERVICE, BUCKET, CONTROL, DATA_PROCESSING -> isS3 ? s3 : cos;
        };
    }

    /** Finds where a request is taken down that failed before its bucket was known. */
    private Optional<RequestLog> log(Dialect dialect, RequestLog.What what, Optional<CosException> failure) {
        Optional<RequestLog> log = dialect.bucket(what.address(), new Caller.Anonymous())
                .flatMap(services.buckets()::find)
                .flatMap(bucket -> log(bucket, what));
        failure.ifPresent(error -> log.ifPresent(found -> found.failed(error)));
        return log;
    }

    private Optional<RequestLog> log(Bucket bucket, RequestLog.What what) {
        return services.settings()
                .find(bucket, Settings.LOGGING)
                .flatMap(LoggingConfiguration::target)
                .map(target -> new RequestLog(accessLog, services.clock(), bucket, target, what));
    }

    private final class Routed implements Prepared {
        private final HttpRequest sent;
        private final HttpRequest request;
        private final RequestIds ids;
        private final Address address;
        private final Query query;
        private final Dialect dialect;
        private final Route.Scope scope;
        private final Operation operation;
        private final long begunNanos = System.nanoTime();
        private long answeredNanos = begunNanos;
        private Optional<String> principal = Optional.empty();
        private Optional<String> bucket = Optional.empty();
        private Optional<CosException> failure = Optional.empty();

        /** Whether it is known whether the request is logged. */
        private boolean isLogKnown;

        private Optional<RequestLog> log = Optional.empty();

        /** @param request what was sent, in the words of COS */
        Routed(
                HttpRequest sent,
                HttpRequest request,
                RequestIds ids,
                Address address,
                Query query,
                Dialect dialect,
                Route.Scope scope,
                Operation operation) {
            this.sent = sent;
            this.request = request;
            this.ids = ids;
            this.address = address;
            this.query = query;
            this.dialect = dialect;
            this.scope = scope;
            this.operation = operation;
        }

        @Override
        public boolean isBrief() {
            long bytes = request.body().declaredBytes();
            return Traits.isBrief(operation) && bytes >= 0 && bytes <= BRIEF_BYTES;
        }

        @Override
        public CosResponse answer() {
            CosResponse answer = sameOrigin();
            answeredNanos = System.nanoTime();
            return crossOrigin.on(answer, request, bucket.or(() -> dialect.bucket(address, new Caller.Anonymous())));
        }

        private CosResponse sameOrigin() {
            try {
                return dialect.spoken(ids.on(handled()));
            } catch (CosException e) {
                if (e.error().status() == FORBIDDEN) {
                    remember(e);
                }
                return refused(e);
            } catch (StoreException e) {
                return refused(translate(e));
            } catch (RuntimeException e) {
                return refused(CosError.INTERNAL_ERROR.causedBy(e));
            }
        }

        private CosResponse refused(CosException e) {
            failure = Optional.of(e);
            log.ifPresent(found -> found.failed(e));
            return failed(e, request, ids, dialect);
        }

        @Override
        public void sent(int status, long bodyBytes) {
            meter.count(new RequestMeter.Answered(
                    Optional.of(operation),
                    dialect.protocol(),
                    status,
                    failure.map(CosException::error),
                    answeredNanos - begunNanos,
                    System.nanoTime() - begunNanos,
                    sent.body().receivedBytes(),
                    bodyBytes));
            boolean isLate = !isLogKnown && (failure.isPresent() || Traits.admission(operation) == AdmissionKind.NONE);
            if (isLate) {
                RequestLog.takeDown(() -> log(dialect, what(), failure), status, bodyBytes);
            } else if (log.isPresent()) {
                RequestLog.takeDown(() -> log, status, bodyBytes);
            }
        }

        private RequestLog.What what() {
            return new RequestLog.What(
                    sent, address, dialect.protocol(), Optional.of(operation), ids.requestId(), begunNanos);
        }

        private void remember(CosException refused) {
            Map<String, String> notes = new LinkedHashMap<>();
            principal.ifPresent(name -> notes.put("principal", name));
            notes.put("action", operation.action());
            notes.putAll(refused.notes());
            services.refusals()
                    .add(new Refusal(
                            ids.requestId(),
                            services.clock().instant(),
                            request.remoteAddress(),
                            request.method(),
                            address.host(),
                            address.path(),
                            operation.title(),
                            refused.error().code(),
                            refused.message(),
                            notes));
            if (refused.error() == CosError.SIGNATURE_DOES_NOT_MATCH) {
                LOG.info(
                        "{} {} {}: {}",
                        ids.requestId(),
                        refused.error().code(),
                        notes.getOrDefault("secretId", ""),
                        notes.getOrDefault("finding", refused.message()));
            }
        }

        private CosResponse handled() {
            Dialect.Authenticated who = authenticated();
            Caller caller = who.caller();
            bucket = Traits.admission(operation) == AdmissionKind.NEW_BUCKET
                    ? dialect.newBucket(address, caller)
                    : dialect.bucket(address, caller);
            HttpRequest understood = dialect.understood(request, who);
            CosRequest known =
                    new CosRequest(understood, address, query, caller, ids.requestId(), dialect.protocol(), bucket);
            principal = principal(caller);
            Optional<Bucket> found = admission.bucket(operation, scope, known);
            if (found.isPresent()) {
                beginLog(found.get(), caller);
            }
            admission.require(operation, scope, known, found);
            if (scope == Route.Scope.OBJECT) {
                ObjectKey.check(address.key(), dialect.maxKeyBytes());
            }
            if (dialect.needsLength(operation)) {
                refuseMissingLength(request);
            }
            Handler handler = dialect.handler(operation);
            return cause().during(() -> log.isPresent() ? log.get().handle(handler, known) : handler.handle(known));
        }

        private Cause cause() {
            return new Cause(
                    Traits.act(operation), principal.orElse("anonymous"), request.remoteAddress(), ids.requestId());
        }

        private void beginLog(Bucket found, Caller caller) {
            isLogKnown = true;
            if (services.settings().find(found, Settings.LOGGING).isPresent()) {
                log = log(found, what());
                log.ifPresent(begun -> begun.calledBy(caller));
            }
        }

        /** A form brings its signature in its fields, which {@code PostObject} reads; a preflight needs none. */
        private Dialect.Authenticated authenticated() {
            boolean unsigned = operation == Operation.POST_OBJECT || Traits.admission(operation) == AdmissionKind.NONE;
            return unsigned
                    ? new Dialect.Authenticated(new Caller.Anonymous(), sent.body())
                    : dialect.authenticate(sent, address, query);
        }
    }

    private static Optional<String> principal(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> Optional.of(new Principal.Anonymous().qcs());
            case Caller.Signed signed -> Optional.of(signed.principal().qcs());
        };
    }

    @Override
    public CosResponse refuse(CosException error) {
        RequestIds ids = RequestIds.next(random);
        return ids.on(ErrorDocument.ofCos(error, "/", ids, false));
    }

    /** Chunked bodies have no length; all others that may have a body must announce it. */
    private static void refuseMissingLength(HttpRequest request) {
        boolean mayHaveBody = request.method().equals("PUT") || request.method().equals("POST");
        if (mayHaveBody && !request.headers().hasAny("Content-Length", "Transfer-Encoding")) {
            throw CosError.MISSING_CONTENT_LENGTH.exception();
        }
    }

    private static CosException translate(StoreException e) {
        return switch (e.reason()) {
            case UNAVAILABLE, UNKNOWN -> CosError.SERVICE_UNAVAILABLE.causedBy(e);
            case FULL -> CosError.SERVICE_UNAVAILABLE.because("No space is left on the server.");
            case CORRUPT, GONE -> CosError.INTERNAL_ERROR.causedBy(e);
        };
    }

    private CosResponse failed(CosException error, HttpRequest request, RequestIds ids, Dialect dialect) {
        if (error.getCause() != null) {
            LOG.error("{} {} failed: {}", request.method(), ids.requestId(), error.message(), error);
        } else if (error.error() == CosError.SERVICE_UNAVAILABLE) {
            LOG.warn("{} {} refused: {}", request.method(), ids.requestId(), error.message());
        }
        boolean head = request.method().equals("HEAD");
        CosResponse document = dialect.error(error, resource(request), ids, head);
        return dialect.spoken(ids.on(document));
    }

    private String resource(HttpRequest request) {
        try {
            Address address = addresses.parse(request);
            return address.host() + address.path();
        } catch (CosException e) {
            return "/";
        }
    }
}

package coffer.operation;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.signature.CosAuthenticator;
import coffer.store.StoreException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
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
    private final CosAuthenticator authenticator;
    private final Services services;
    private final RandomGenerator random;
    private final Router router = new Router();
    private final Admission admission;
    private final CrossOrigin crossOrigin;

    private final Map<Operation, Handler> handlers;

    public Dispatcher(
            AddressParser addresses, CosAuthenticator authenticator, Services services, RandomGenerator random) {
        this.addresses = addresses;
        this.authenticator = authenticator;
        this.services = services;
        this.random = random;
        this.admission = new Admission(services);
        this.crossOrigin = new CrossOrigin(services);
        this.handlers = Arrays.stream(Operation.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), row -> row.handler(services)));
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        RequestIds ids = RequestIds.next(random);
        try {
            Address address = addresses.parse(request);
            if (HealthCheck.isMeant(request, address)) {
                return new HealthCheck(services.trouble(), ids);
            }
            return route(request, ids, address);
        } catch (CosException e) {
            return new Failed(() -> failed(e, request, ids));
        } catch (RuntimeException e) {
            return new Failed(() -> failed(CosError.INTERNAL_ERROR.causedBy(e), request, ids));
        }
    }

    private Prepared route(HttpRequest request, RequestIds ids, Address address) {
        try {
            Query query = Query.parse(AddressParser.rawQuery(request));
            Route.Scope scope = Route.Scope.of(address);
            return new Routed(request, ids, address, query, scope, router.find(request, scope, query));
        } catch (CosException e) {
            return new Failed(() -> crossOrigin.on(failed(e, request, ids), request, address));
        }
    }

    /** A request that needs no more looking into. */
    private record Failed(Supplier<CosResponse> error) implements Prepared {
        @Override
        public boolean isBrief() {
            return true;
        }

        @Override
        public CosResponse answer() {
            return error.get();
        }
    }

    private final class Routed implements Prepared {
        private final HttpRequest request;
        private final RequestIds ids;
        private final Address address;
        private final Query query;
        private final Route.Scope scope;
        private final Operation operation;
        private Optional<String> principal = Optional.empty();

        Routed(
                HttpRequest request,
                RequestIds ids,
                Address address,
                Query query,
                Route.Scope scope,
                Operation operation) {
            this.request = request;
            this.ids = ids;
            this.address = address;
            this.query = query;
            this.scope = scope;
            this.operation = operation;
        }

        @Override
        public boolean isBrief() {
            long bytes = request.body().declaredBytes();
            return operation.isBrief() && bytes >= 0 && bytes <= BRIEF_BYTES;
        }

        @Override
        public CosResponse answer() {
            return crossOrigin.on(sameOrigin(), request, address);
        }

        private CosResponse sameOrigin() {
            try {
                return ids.on(handled());
            } catch (CosException e) {
                if (e.error().status() == FORBIDDEN) {
                    remember(e);
                }
                return failed(e, request, ids);
            } catch (StoreException e) {
                return failed(translate(e), request, ids);
            } catch (RuntimeException e) {
                return failed(CosError.INTERNAL_ERROR.causedBy(e), request, ids);
            }
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
            Caller caller = caller(operation, request, address, query);
            CosRequest known = new CosRequest(request, address, query, caller, ids.requestId());
            principal = principal(caller);
            admission.require(operation, scope, known);
            if (scope == Route.Scope.OBJECT) {
                ObjectKey.check(address.key());
            }
            refuseMissingLength(request);
            return Objects.requireNonNull(handlers.get(operation)).handle(known);
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
        return ids.on(ErrorDocument.render(error, "/", ids, false));
    }

    /** A form brings its signature in its fields, which {@code PostObject} reads; a preflight needs none. */
    private Caller caller(Operation operation, HttpRequest request, Address address, Query query) {
        boolean unsigned = operation == Operation.POST_OBJECT || operation.admission() == Operation.AdmissionKind.NONE;
        return unsigned ? new Caller.Anonymous() : authenticator.authenticate(request, address, query);
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

    private CosResponse failed(CosException error, HttpRequest request, RequestIds ids) {
        if (error.getCause() != null) {
            LOG.error("{} {} failed: {}", request.method(), ids.requestId(), error.message(), error);
        } else if (error.error() == CosError.SERVICE_UNAVAILABLE) {
            LOG.warn("{} {} refused: {}", request.method(), ids.requestId(), error.message());
        }
        boolean head = request.method().equals("HEAD");
        return ids.on(ErrorDocument.render(error, resource(request), ids, head));
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

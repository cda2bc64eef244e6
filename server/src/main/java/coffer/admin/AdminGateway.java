package coffer.admin;

import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.ResponseBody;
import coffer.cam.CamException;
import coffer.identity.Account;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.store.StoreException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request to the admin API: operation, caller, role, handler, audit log. Thread-safe. */
public final class AdminGateway implements Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(AdminGateway.class);
    private static final int ID_BYTES = 12;
    private static final int MAX_TARGET = 1024;
    private static final int TOO_MANY = 429;

    private final AdminServices services;
    private final AdminAuthenticator authenticator;
    private final RandomGenerator random;

    /**
     * The API over services.
     *
     * @param root the account whose root user may sign requests
     * @param random makes ids of requests, which need only differ
     */
    public AdminGateway(
            AdminServices services,
            CosAuthenticator signatures,
            FailedAttempts attempts,
            Account root,
            RandomGenerator random) {
        this.services = services;
        this.authenticator = new AdminAuthenticator(services.tokens(), signatures, attempts, root);
        this.random = random;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        String requestId = requestId();
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return false;
            }

            @Override
            public CosResponse answer() {
                return new Exchange(request, requestId).answer();
            }
        };
    }

    @Override
    public CosResponse refuse(CosException error) {
        return failed(requestId(), error.error().status(), error.error().code(), error.message());
    }

    /**
     * The answer to a request for something beside this API, if its caller has not the role that it needs; empty if he has.
     *
     * @param operation what the audit log calls it
     */
    public Optional<CosResponse> refusal(HttpRequest request, AdminRole needed, String operation) {
        return new Exchange(request, requestId()).refusal(needed, operation);
    }

    private String requestId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /**
     * An error.
     *
     * @param code for programs
     * @param message for people
     */
    record Problem(String code, String message) {}

    /** The document of an error. */
    record ErrorAnswer(Problem error, String requestId) {}

    private static CosResponse failed(String requestId, int status, String code, String message) {
        return json(requestId, status, new ErrorAnswer(new Problem(code, message), requestId));
    }

    private static CosResponse json(String requestId, int status, Object document) {
        return CosResponse.of(status)
                .with("Content-Type", "application/json")
                .with("Cache-Control", "no-store")
                .with("x-cos-request-id", requestId)
                .withBody(new ResponseBody.Bytes(Json.write(document)));
    }

    /** An operation with what its path says. */
    private record Match(AdminOperation operation, Map<String, String> path) {}

    /** One request; used by one thread. */
    private final class Exchange {
        private final HttpRequest request;
        private final String requestId;
        private String caller = "nobody";
        private String operation = "none";

        Exchange(HttpRequest request, String requestId) {
            this.request = request;
            this.requestId = requestId;
        }

        CosResponse answer() {
            return orRefused(() -> Optional.of(handled())).orElseThrow();
        }

        Optional<CosResponse> refusal(AdminRole needed, String asked) {
            operation = asked;
            return orRefused(() -> {
                AdminCaller _ = authenticated(needed);
                return Optional.empty();
            });
        }

        private Optional<CosResponse> orRefused(Supplier<Optional<CosResponse>> work) {
            try {
                return work.get();
            } catch (AdminException e) {
                return Optional.of(refused(e.status(), e.code(), e.sentence()));
            } catch (CamException e) {
                return Optional.of(refused(e.error().status(), e.error().code(), e.sentence()));
            } catch (CosException e) {
                return Optional.of(refused(e.error().status(), e.error().code(), e.message()));
            } catch (StoreException e) {
                LOG.error("{} {} failed: {}", operation, requestId, e.getMessage(), e);
                return Optional.of(
                        refused(503, "ServiceUnavailable", "The store cannot answer now; the log says why."));
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", operation, requestId, e);
                return Optional.of(refused(500, "InternalError", "Something went wrong; the log says what."));
            }
        }

        private CosResponse handled() {
            Match match = match();
            operation = match.operation.title();
            Query query = Query.parse(AddressParser.rawQuery(request));
            if (match.operation.role().isEmpty()) {
                return json(
                        requestId,
                        200,
                        match.operation.work().handler().handle(services, call(Optional.empty(), match, query)));
            }
            AdminCaller known = authenticated(match.operation.role().get());
            match.operation.route().requireKnown(query);
            AdminCall call = call(Optional.of(known), match, query);
            Object answer = match.operation.work().handler().handle(services, call);
            if (match.operation.isChange()) {
                Audit.done(asked(), call.audited());
            }
            return match.operation.work().answersNothing()
                    ? CosResponse.noContent().with("x-cos-request-id", requestId)
                    : json(requestId, match.operation.isCreation() ? 201 : 200, answer);
        }

        private AdminCaller authenticated(AdminRole needed) {
            AdminCaller known = authenticator.authenticate(request);
            caller = known.name();
            if (!known.role().includes(needed)) {
                throw AdminException.forbidden("This needs the role " + needed.text() + "; your token has the role "
                        + known.role().text() + ".");
            }
            return known;
        }

        private AdminCall call(Optional<AdminCaller> known, Match match, Query query) {
            AdminCaller nobody = new AdminCaller(caller, AdminRole.READ_ONLY);
            return new AdminCall(known.orElse(nobody), match.path, query, request.body());
        }

        private Match match() {
            String path = rawPath();
            boolean known = false;
            for (AdminOperation candidate : AdminOperation.values()) {
                Optional<Map<String, String>> values = candidate.route().match(path);
                if (values.isPresent() && candidate.route().method().equals(request.method())) {
                    return new Match(candidate, values.get());
                }
                known |= values.isPresent();
            }
            throw known
                    ? new AdminException(405, "MethodNotAllowed", "This path does not know " + request.method() + ".")
                    : new AdminException(
                            404,
                            "NoSuchOperation",
                            "There is no such operation; " + AdminRoute.BASE + "/openapi.json lists all.");
        }

        private String rawPath() {
            String target = request.target();
            int mark = target.indexOf('?');
            return mark < 0 ? target : target.substring(0, mark);
        }

        private Audit.Asked asked() {
            String path = rawPath();
            String shown = path.substring(0, Math.min(path.length(), MAX_TARGET));
            return new Audit.Asked(requestId, request.remoteAddress(), caller, operation, shown);
        }

        private CosResponse refused(int status, String code, String message) {
            if (status != TOO_MANY) { // who is slowed down does not fill the log
                Audit.refused(asked(), code, message);
            }
            CosResponse answer = failed(requestId, status, code, message);
            return switch (status) {
                case 401 -> answer.with("WWW-Authenticate", "Bearer");
                case TOO_MANY -> answer.with("Retry-After", "1");
                default -> answer;
            };
        }
    }
}

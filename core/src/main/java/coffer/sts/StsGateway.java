package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is addressed to the Security Token Service, on hosts whose first label is {@code sts} and on any host
 * under {@link Target#PATH}; passes on all else. Answers have status 200, errors too, and no {@code x-cos} headers, as
 * those of the cloud. Source: Cloud API 3.0 docs, "Responses". Thread-safe.
 */
public final class StsGateway implements Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(StsGateway.class);

    private static final String HOST_LABEL = "sts.";
    private static final String HEALTH = "/-/health";

    /** A policy of 20 KB that is percent-encoded twice. */
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final Gateway next;
    private final AddressParser addresses;
    private final StsAuthenticator authenticator;
    private final TokenIssuer issuer;
    private final RandomGenerator random;

    StsGateway(
            Gateway next,
            AddressParser addresses,
            StsAuthenticator authenticator,
            TokenIssuer issuer,
            RandomGenerator random) {
        this.next = next;
        this.addresses = addresses;
        this.authenticator = authenticator;
        this.issuer = issuer;
        this.random = random;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        return find(request)
                .<Prepared>map(address -> new Called(request, address))
                .orElseGet(() -> next.prepare(request));
    }

    @Override
    public CosResponse refuse(CosException error) {
        return next.refuse(error);
    }

    /** The address, if it is of this service. What costs anything is done only for what may be. */
    private Optional<Address> find(HttpRequest request) {
        boolean mayBe = !request.target().startsWith("/")
                || request.target().startsWith(Target.PATH)
                || isOwn(request.headers().first("Host").orElse(""));
        if (!mayBe) {
            return Optional.empty();
        }
        try {
            return Optional.of(addresses.parse(request)).filter(StsGateway::isMeant);
        } catch (CosException e) {
            return Optional.empty();
        }
    }

    private static boolean isMeant(Address address) {
        return address.path().equals(Target.PATH)
                || address.path().equals(Target.PATH + "/")
                || (isOwn(address.host()) && !address.path().equals(HEALTH));
    }

    private static boolean isOwn(String host) {
        return host.regionMatches(true, 0, HOST_LABEL, 0, HOST_LABEL.length());
    }

    private final class Called implements Prepared {
        private final HttpRequest request;
        private final Address address;
        private final String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        private Optional<ApiCall> call = Optional.empty();

        Called(HttpRequest request, Address address) {
            this.request = request;
            this.address = address;
        }

        @Override
        public boolean isBrief() {
            return false;
        }

        @Override
        public CosResponse answer() {
            try {
                ApiCall parsed = ApiCall.parse(request, address, body(request.body()));
                call = Optional.of(parsed);
                StsCaller caller = authenticator.authenticate(parsed.signature(), request.remoteAddress());
                return json(answer(caller, parsed));
            } catch (StsException e) {
                boolean isSlowedDown = e.error() == StsError.REQUEST_LIMIT_EXCEEDED
                        || (call.isEmpty() && !authenticator.allowsMisuse(request.remoteAddress()));
                if (!isSlowedDown) {
                    StsAudit.refused(asked(), e);
                }
                return json(StsDocument.error(e, requestId));
            } catch (RuntimeException e) {
                LOG.error("STS {} failed: {}", requestId, e.getMessage(), e);
                return json(StsDocument.error(StsError.INTERNAL_ERROR.exception(), requestId));
            }
        }

        private String answer(StsCaller caller, ApiCall parsed) {
            return switch (parsed.action()) {
                case GET_FEDERATION_TOKEN -> issued(caller, issuer.federationToken(caller, parsed));
                case ASSUME_ROLE -> issued(caller, issuer.assumeRole(caller, parsed));
                case GET_CALLER_IDENTITY -> StsDocument.identity(CallerIdentity.of(caller), requestId);
                case ASSUME_ROLE_WITH_SAML, ASSUME_ROLE_WITH_WEB_IDENTITY, GET_SESSION_TOKEN, QUERY_API_KEY ->
                    throw StsError.UNSUPPORTED_OPERATION.exception();
            };
        }

        private String issued(StsCaller caller, TokenIssuer.Issued issued) {
            StsAudit.issued(asked(), caller, issued.token());
            return StsDocument.credentials(issued, requestId);
        }

        private StsAudit.Asked asked() {
            String action = call.map(known -> known.action().toString())
                    .orElseGet(() -> request.headers().first("X-TC-Action").orElse("-"));
            String secretId = call.map(known -> known.signature().secretId()).orElse("-");
            return new StsAudit.Asked(action, secretId, request.remoteAddress(), requestId);
        }
    }

    private static byte[] body(RequestBody body) {
        if (body.declaredBytes() > MAX_BODY_BYTES) {
            throw tooLarge();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
        try {
            while (body.read(buffer) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                if (out.size() > MAX_BODY_BYTES) {
                    throw tooLarge();
                }
            }
        } catch (CosException e) {
            throw StsError.INVALID_REQUEST.because(e.message());
        }
        return out.toByteArray();
    }

    private static StsException tooLarge() {
        return StsError.REQUEST_SIZE_LIMIT_EXCEEDED.because("A request has at most " + MAX_BODY_BYTES + " bytes.");
    }

    /** The type stands alone: the Python SDK looks for an error only where it reads just that. */
    private static CosResponse json(String document) {
        return CosResponse.ok()
                .with("Content-Type", "application/json")
                .with("Cache-Control", "no-store")
                .withBody(new ResponseBody.Bytes(document.getBytes(UTF_8)));
    }
}

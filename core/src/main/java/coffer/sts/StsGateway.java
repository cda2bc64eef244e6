package coffer.sts;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is addressed to the Security Token Service, on hosts whose first label is {@code sts} and on any host
 * under {@link Target#PATH}, and what clients of AWS sign for their own; passes on all else. Thread-safe.
 */
public final class StsGateway implements Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(StsGateway.class);

    private static final String HOST_LABEL = "sts.";
    private static final String HEALTH = "/-/health";

    /** A policy of 20 KB that is percent-encoded twice. */
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final StsProtocol cloud = new CloudProtocol();
    private final StsProtocol aws = new AwsProtocol();

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
        StsProtocol protocol = AwsProtocol.isSpoken(request) ? aws : cloud;
        return find(request, protocol)
                .<Prepared>map(address -> new Called(request, address, protocol))
                .orElseGet(() -> next.prepare(request));
    }

    @Override
    public CosResponse refuse(CosException error) {
        return next.refuse(error);
    }

    /** The address, if it is of this service. What costs anything is done only for what may be. */
    private Optional<Address> find(HttpRequest request, StsProtocol protocol) {
        boolean isAws = protocol.equals(aws);
        boolean mayBe = isAws
                || !request.target().startsWith("/")
                || request.target().startsWith(Target.PATH)
                || isOwn(request.headers().first("Host").orElse(""));
        if (!mayBe) {
            return Optional.empty();
        }
        try {
            return Optional.of(addresses.parse(request))
                    .filter(address ->
                            isMeant(address) || (isAws && address.path().equals("/")));
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
        private final StsProtocol protocol;
        private final String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        private Optional<ApiCall> call = Optional.empty();

        Called(HttpRequest request, Address address, StsProtocol protocol) {
            this.request = request;
            this.address = address;
            this.protocol = protocol;
        }

        @Override
        public boolean isBrief() {
            return false;
        }

        @Override
        public CosResponse answer() {
            try {
                return answered(protocol.parse(request, address, body(request.body())));
            } catch (StsException e) {
                String action = call.map(known -> known.action().toString()).orElse("-");
                String secretId =
                        call.map(known -> known.signature().secretId()).orElse("-");
                StsAudit.refused(action, secretId, request.remoteAddress(), e, requestId);
                return protocol.error(e, requestId);
            } catch (RuntimeException e) {
                LOG.error("STS {} failed: {}", requestId, e.getMessage(), e);
                return protocol.error(StsError.INTERNAL_ERROR.exception(), requestId);
            }
        }

        private CosResponse answered(ApiCall parsed) {
            call = Optional.of(parsed);
            StsCaller caller = authenticator.authenticate(parsed.signature());
            return switch (parsed.action()) {
                case GET_FEDERATION_TOKEN -> issued(caller, parsed, issuer.federationToken(caller, parsed));
                case ASSUME_ROLE -> issued(caller, parsed, issuer.assumeRole(caller, parsed));
                case GET_CALLER_IDENTITY -> protocol.identity(caller, requestId);
                case ASSUME_ROLE_WITH_SAML, ASSUME_ROLE_WITH_WEB_IDENTITY, GET_SESSION_TOKEN, QUERY_API_KEY ->
                    throw StsError.UNSUPPORTED_OPERATION.exception();
            };
        }

        private CosResponse issued(StsCaller caller, ApiCall parsed, TokenIssuer.Issued issued) {
            StsAudit.issued(caller, parsed, issued, requestId);
            return protocol.credentials(parsed.action(), issued, requestId);
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
}

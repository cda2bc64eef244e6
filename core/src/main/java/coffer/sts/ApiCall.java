package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as the API understands it. Source: Cloud API 3.0 docs, "Request Structure", "Common Params".
 *
 * @param signature not checked yet
 * @param remoteAddress IP address in text
 */
record ApiCall(Action action, Parameters parameters, ApiSignature signature, String remoteAddress) {
    private static final String VERSION = "2018-08-13";

    /** What can be asked for. */
    enum Action {
        GET_FEDERATION_TOKEN("GetFederationToken", true),
        ASSUME_ROLE("AssumeRole", true),
        GET_CALLER_IDENTITY("GetCallerIdentity", true),
        ASSUME_ROLE_WITH_SAML("AssumeRoleWithSAML", false),
        ASSUME_ROLE_WITH_WEB_IDENTITY("AssumeRoleWithWebIdentity", false),
        GET_SESSION_TOKEN("GetSessionToken", false),
        QUERY_API_KEY("QueryApiKey", false);

        private final String wireName;
        private final boolean isOffered;

        Action(String wireName, boolean isOffered) {
            this.wireName = wireName;
            this.isOffered = isOffered;
        }

        /**
         * The action of this name.
         *
         * @throws StsException {@code InvalidAction}, {@code UnsupportedOperation}
         */
        static Action of(String name) {
            Action action = Arrays.stream(values())
                    .filter(one -> one.wireName.equals(name))
                    .findFirst()
                    .orElseThrow(StsError.INVALID_ACTION::exception);
            if (!action.isOffered) {
                throw StsError.UNSUPPORTED_OPERATION.exception();
            }
            return action;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    /**
     * Reads a request.
     *
     * @throws StsException saying what is wrong with it
     */
    static ApiCall parse(HttpRequest request, Address address, byte[] body) {
        Parameters parameters = parameters(request, body);
        Headers headers = request.headers();
        Optional<String> authorization = headers.nonEmpty("Authorization");
        // A signature among the parameters covers no header, so no header counts beside it.
        Headers common = authorization.isPresent() ? headers : Headers.NONE;
        Action action = Action.of(common.nonEmpty("X-TC-Action").orElseGet(() -> parameters.require("Action")));
        String version = common.nonEmpty("X-TC-Version").orElseGet(() -> parameters.require("Version"));
        if (!version.equals(VERSION)) {
            throw StsError.NO_SUCH_VERSION.exception();
        }
        Target target = Target.of(request, address);
        ApiSignature signature = authorization
                .<ApiSignature>map(header -> Tc3Signature.parse(header, request, body, target))
                .orElseGet(() -> FormSignature.parse(parameters, request.method(), target));
        return new ApiCall(action, parameters, signature, request.remoteAddress());
    }

    private static Parameters parameters(HttpRequest request, byte[] body) {
        return switch (request.method()) {
            case "GET" -> Parameters.ofForm(AddressParser.rawQuery(request));
            case "POST" -> isJson(request) ? Parameters.ofJson(body) : Parameters.ofForm(new String(body, UTF_8));
            default -> throw StsError.UNSUPPORTED_PROTOCOL.exception();
        };
    }

    private static boolean isJson(HttpRequest request) {
        String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            throw StsError.INVALID_REQUEST.because("Bodies are application/json or application/x-www-form-urlencoded.");
        }
        return type.startsWith("application/json");
    }
}

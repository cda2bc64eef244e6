package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.XmlWriter;
import coffer.awssignature.StsCallSignature;
import coffer.identity.Principal;

/**
 * The query protocol of AWS: a form in the body, signed with version 4 for the service {@code sts}, and XML. Calls mean
 * the same as those of the cloud. Source: AWS STS API reference, "Making API requests", "AssumeRole", "Common Errors".
 */
final class AwsProtocol implements StsProtocol {
    private static final String VERSION = "2011-06-15";
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/" + VERSION + "/";

    /** Whether a request speaks it. */
    static boolean isSpoken(HttpRequest request) {
        return request.method().equals("POST") && StsCallSignature.isIn(request);
    }

    @Override
    public ApiCall parse(HttpRequest request, Address address, byte[] body) {
        Parameters parameters = Parameters.ofForm(new String(body, UTF_8));
        ApiCall.Action action = ApiCall.Action.of(parameters.require("Action"));
        if (!parameters.require("Version").equals(VERSION)) {
            throw StsError.NO_SUCH_VERSION.because("The version must be " + VERSION + ".");
        }
        try {
            AwsSignature signature = new AwsSignature(StsCallSignature.of(request, address, body));
            return new ApiCall(action, parameters, signature, request.remoteAddress());
        } catch (CosException e) {
            throw StsError.INVALID_AUTHORIZATION.because(e.message());
        }
    }

    @Override
    public CosResponse credentials(ApiCall.Action action, TokenIssuer.Issued issued, String requestId) {
        SessionToken token = issued.token();
        XmlWriter xml = begun(action)
                .open("Credentials")
                .element("AccessKeyId", token.tmpSecretId())
                .element("SecretAccessKey", token.tmpSecretKey())
                .element("SessionToken", issued.text())
                .element("Expiration", token.expires().toString())
                .close("Credentials");
        String appId = token.principal().account().appId();
        if (token.principal() instanceof Principal.Role role) {
            xml.open("AssumedRoleUser")
                    .element(
                            "Arn", "arn:aws:sts::" + appId + ":assumed-role/" + role.name() + "/" + token.sessionName())
                    .element("AssumedRoleId", role.id() + ":" + token.sessionName())
                    .close("AssumedRoleUser");
        } else {
            xml.open("FederatedUser")
                    .element("Arn", "arn:aws:sts::" + appId + ":federated-user/" + token.sessionName())
                    .element("FederatedUserId", appId + ":" + token.sessionName())
                    .close("FederatedUser");
        }
        return ended(xml, action, requestId);
    }

    @Override
    public CosResponse identity(StsCaller caller, String requestId) {
        String appId = caller.principal().account().appId();
        String session = caller.session().map(SessionToken::sessionName).orElse("");
        String arn = switch (caller.principal()) {
            case Principal.Anonymous _ -> "";
            case Principal.Root _ when session.isEmpty() -> "arn:aws:iam::" + appId + ":root";
            case Principal.Role role -> "arn:aws:sts::" + appId + ":assumed-role/" + role.name() + "/" + session;
            case Principal.User user when session.isEmpty() -> "arn:aws:iam::" + appId + ":user/" + user.uin();
            case Principal.Root _, Principal.User _ -> "arn:aws:sts::" + appId + ":federated-user/" + session;
        };
        XmlWriter xml = begun(ApiCall.Action.GET_CALLER_IDENTITY)
                .element("Arn", arn)
                .element("UserId", CallerIdentity.of(caller).userId())
                .element("Account", appId);
        return ended(xml, ApiCall.Action.GET_CALLER_IDENTITY, requestId);
    }

    @Override
    public CosResponse error(StsException error, String requestId) {
        Known known = Known.of(error.error());
        XmlWriter xml = new XmlWriter()
                .openWith("ErrorResponse", "xmlns", NAMESPACE)
                .open("Error")
                .element("Type", known.status < 500 ? "Sender" : "Receiver")
                .element("Code", known.code)
                .element("Message", error.message())
                .close("Error")
                .element("RequestId", requestId)
                .close("ErrorResponse");
        return document(known.status, xml, requestId);
    }

    /** What AWS calls an error. */
    private record Known(int status, String code) {
        static Known of(StsError error) {
            return switch (error) {
                case SECRET_ID_NOT_FOUND, TOKEN_FAILURE -> new Known(403, "InvalidClientTokenId");
                case SIGNATURE_FAILURE -> new Known(403, "SignatureDoesNotMatch");
                case SIGNATURE_EXPIRE -> new Known(403, "RequestExpired");
                case INVALID_AUTHORIZATION -> new Known(400, "IncompleteSignature");
                case TEMP_KEY_NOT_ALLOWED, UNAUTHORIZED_OPERATION, ROLE_NOT_FOUND -> new Known(403, "AccessDenied");
                case POLICY_TOO_LONG -> new Known(400, "PackedPolicyTooLarge");
                case STRATEGY_FORMAT_ERROR -> new Known(400, "MalformedPolicyDocument");
                case MISSING_PARAMETER -> new Known(400, "MissingParameter");
                case INVALID_ACTION, UNSUPPORTED_OPERATION, NO_SUCH_VERSION -> new Known(400, "InvalidAction");
                case INTERNAL_ERROR -> new Known(500, "InternalFailure");
                case INVALID_PARAMETER,
                        INVALID_PARAMETER_VALUE,
                        OVER_TIME,
                        PARAM_ERROR,
                        INVALID_REQUEST,
                        REQUEST_SIZE_LIMIT_EXCEEDED,
                        UNSUPPORTED_PROTOCOL -> new Known(400, "ValidationError");
            };
        }
    }

    private static XmlWriter begun(ApiCall.Action action) {
        return new XmlWriter().openWith(action + "Response", "xmlns", NAMESPACE).open(action + "Result");
    }

    private static CosResponse ended(XmlWriter xml, ApiCall.Action action, String requestId) {
        xml.close(action + "Result")
                .open("ResponseMetadata")
                .element("RequestId", requestId)
                .close("ResponseMetadata")
                .close(action + "Response");
        return document(200, xml, requestId);
    }

    private static CosResponse document(int status, XmlWriter xml, String requestId) {
        CosResponse answer = CosResponse.xml(xml);
        return new CosResponse(status, answer.headers(), answer.body(), 0)
                .with("x-amzn-RequestId", requestId)
                .with("Cache-Control", "no-store");
    }
}

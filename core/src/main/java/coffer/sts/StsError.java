package coffer.sts;

/**
 * The errors of the API, with a message unless the place that fails knows a better one. Source: Cloud API 3.0 docs,
 * "Error Codes"; STS API docs, "Error Codes".
 */
enum StsError {
    INVALID_AUTHORIZATION(
            "AuthFailure.InvalidAuthorization", "The Authorization header is not one of TC3-HMAC-SHA256."),
    SECRET_ID_NOT_FOUND("AuthFailure.SecretIdNotFound", "The SecretId is not found, or its key is disabled."),
    SIGNATURE_EXPIRE(
            "AuthFailure.SignatureExpire", "The timestamp differs from the server's time by more than five minutes."),
    SIGNATURE_FAILURE(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated. Please check your signature is correct."),
    TOKEN_FAILURE("AuthFailure.TokenFailure", "The token is not valid."),
    TEMP_KEY_NOT_ALLOWED(
            "FailedOperation.TempKeyNotAllowed", "A temporary key cannot make another one; use a permanent key."),
    INTERNAL_ERROR("InternalError", "An internal error occurred; try again."),
    INVALID_ACTION("InvalidAction", "There is no such action."),
    INVALID_PARAMETER("InvalidParameter", "A parameter is not valid."),
    INVALID_PARAMETER_VALUE("InvalidParameterValue", "The value of a parameter is not valid."),
    OVER_TIME("InvalidParameter.OverTimeError", "DurationSeconds is above its limit."),
    PARAM_ERROR("InvalidParameter.ParamError", "A parameter is not valid."),
    POLICY_TOO_LONG("InvalidParameter.PolicyTooLong", "The policy is too long."),
    STRATEGY_FORMAT_ERROR("InvalidParameter.StrategyFormatError", "The policy is not well-formed."),
    INVALID_REQUEST("InvalidRequest", "The request is not well-formed."),
    MISSING_PARAMETER("MissingParameter", "A parameter is missing."),
    NO_SUCH_VERSION("NoSuchVersion", "The version must be 2018-08-13."),
    REQUEST_LIMIT_EXCEEDED(
            "RequestLimitExceeded", "Too many requests from your address had a wrong key. Wait some seconds."),
    REQUEST_SIZE_LIMIT_EXCEEDED("RequestSizeLimitExceeded", "The request is too large."),
    ROLE_NOT_FOUND("ResourceNotFound.RoleNotFound", "The role does not exist."),
    UNAUTHORIZED_OPERATION("UnauthorizedOperation", "The operation is not allowed."),
    UNSUPPORTED_OPERATION("UnsupportedOperation", "This action is not available on this server."),
    UNSUPPORTED_PROTOCOL("UnsupportedProtocol", "Requests are GET or POST.");

    private final String code;
    private final String message;

    StsError(String code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The name on the wire. */
    String code() {
        return code;
    }

    StsException exception() {
        return because(message);
    }

    /** The error with a message of its own. */
    StsException because(String sentence) {
        return new StsException(this, sentence);
    }

    static StsException missing(String parameter) {
        return MISSING_PARAMETER.because("The request is missing a required parameter `" + parameter + "`.");
    }
}

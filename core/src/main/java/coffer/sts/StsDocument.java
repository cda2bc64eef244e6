package coffer.sts;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers as JSON. Source: Cloud API 3.0 docs, "Responses"; STS API docs. */
final class StsDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StsDocument() {}

    static String credentials(TokenIssuer.Issued issued, String requestId) {
        SessionToken token = issued.token();
        ObjectNode response = JSON.createObjectNode();
        response.putObject("Credentials")
                .put("Token", issued.text())
                .put("TmpSecretId", token.tmpSecretId())
                .put("TmpSecretKey", token.tmpSecretKey());
        response.put("ExpiredTime", token.expires().getEpochSecond())
                .put("Expiration", token.expires().toString());
        return whole(response, requestId);
    }

    static String identity(CallerIdentity identity, String requestId) {
        ObjectNode response = JSON.createObjectNode()
                .put("Type", identity.type())
                .put("AccountId", identity.accountId())
                .put("UserId", identity.userId())
                .put("PrincipalId", identity.principalId())
                .put("Arn", identity.arn());
        return whole(response, requestId);
    }

    static String error(StsException error, String requestId) {
        ObjectNode response = JSON.createObjectNode();
        response.putObject("Error").put("Code", error.error().code()).put("Message", error.message());
        return whole(response, requestId);
    }

    private static String whole(ObjectNode response, String requestId) {
        response.put("RequestId", requestId);
        return JSON.createObjectNode().set("Response", response).toString();
    }
}

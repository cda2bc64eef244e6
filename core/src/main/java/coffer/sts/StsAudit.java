package coffer.sts;

import coffer.identity.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each temporary key made and for each call that is refused. Without secrets, without tokens, without
 * signatures; what came from outside unchecked is fit to stand in a line.
 */
final class StsAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private StsAudit() {}

    static void issued(StsCaller caller, ApiCall call, TokenIssuer.Issued issued, String requestId) {
        SessionToken token = issued.token();
        AUDIT.info(
                "sts {} by {} of {} from {}: issued {} for {}, session {}, until {}, policy of {} characters, request {}",
                call.action(),
                caller.key().secretId(),
                name(caller.principal()),
                call.remoteAddress(),
                token.tmpSecretId(),
                name(token.principal()),
                token.sessionName(),
                token.expires(),
                token.policy().map(String::length).orElse(0),
                requestId);
    }

    /**
     * A call that was refused.
     *
     * @param action as it was asked for, or a dash
     * @param secretId as it was claimed, or a dash
     */
    static void refused(String action, String secretId, String remoteAddress, StsException error, String requestId) {
        AUDIT.info(
                "sts {} by {} from {}: refused {}, {}, request {}",
                action,
                Parameters.shown(secretId),
                remoteAddress,
                error.error().code(),
                Parameters.shown(error.message()),
                requestId);
    }

    private static String name(Principal principal) {
        return switch (principal) {
            case Principal.Anonymous _ -> "nobody";
            case Principal.Root root -> "root of " + root.account().appId();
            case Principal.User user ->
                "user " + user.uin() + " of " + user.account().appId();
            case Principal.Role role ->
                "role " + role.name() + " of " + role.account().appId();
        };
    }
}

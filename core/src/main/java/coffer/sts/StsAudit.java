package coffer.sts;

import coffer.identity.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of the audit log about temporary keys, a JSON object each: every one that is made, and every call that is
 * refused, but for those of somebody who is being slowed down, lest he fill the disk. Without secrets, tokens and
 * signatures; what came from outside unchecked is cut short.
 */
final class StsAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StsAudit() {}

    /**
     * What is known of a call that was refused.
     *
     * @param action as it was asked for, or a dash
     * @param secretId as it was claimed, or a dash
     */
    record Asked(String action, String secretId, String address, String requestId) {
        private ObjectNode line(String outcome) {
            return JSON.createObjectNode()
                    .put("outcome", outcome)
                    .put("operation", Parameters.shown(action))
                    .put("caller", "key " + Parameters.shown(secretId))
                    .put("address", address)
                    .put("requestId", requestId);
        }
    }

    static void issued(Asked asked, StsCaller caller, SessionToken token) {
        AUDIT.info(
                "{}",
                asked.line("done")
                        .put("principal", name(caller.principal()))
                        .put("target", token.tmpSecretId())
                        .put("actsAs", name(token.principal()))
                        .put("session", token.sessionName())
                        .put("expires", token.expires().toString())
                        .put(
                                "policyCharacters",
                                token.policy().map(String::length).orElse(0)));
    }

    static void refused(Asked asked, StsException error) {
        AUDIT.info(
                "{}",
                asked.line("refused")
                        .put("code", error.error().code())
                        .put("message", Parameters.shown(error.message())));
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

package coffer.sts;

import coffer.identity.Principal;

/**
 * Who somebody is, as the API tells it. Source: STS API docs, "GetCallerIdentity".
 *
 * @param accountId UIN of the account
 * @param userId UIN of the user; with the name of the session for a temporary key, which is the role's id for a role
 * @param principalId UIN of the user who has the permanent key
 */
record CallerIdentity(String type, String accountId, String userId, String principalId, String arn) {
    static CallerIdentity of(StsCaller caller) {
        Principal principal = caller.principal();
        String account = principal.account().uin();
        String uin = caller.uin();
        String session =
                caller.session().map(token -> ":" + token.sessionName()).orElse("");
        if (principal instanceof Principal.Role role) {
            return new CallerIdentity(
                    "CAMRole", account, role.id() + session, uin, "qcs::sts:" + account + ":assumed-role/" + role.id());
        }
        String arn = caller.session().isPresent()
                ? "qcs::sts:" + account + ":federated-user/" + uin
                : "qcs::cam:" + account + ":uin/" + uin;
        return new CallerIdentity("CAMUser", account, uin + session, uin, arn);
    }
}

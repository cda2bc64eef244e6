package coffer.admin;

import static coffer.admin.AdminRole.ADMIN;
import static coffer.admin.AdminRole.READ_ONLY;
import static coffer.admin.AdminRoute.delete;
import static coffer.admin.AdminRoute.get;
import static coffer.admin.AdminRoute.getByAnybody;
import static coffer.admin.AdminRoute.patch;
import static coffer.admin.AdminRoute.post;
import static coffer.admin.AdminRoute.put;
import static coffer.admin.AdminWork.answers;
import static coffer.admin.AdminWork.does;
import static coffer.admin.AdminWork.takes;

import coffer.admin.AccountOperations.AccountList;
import coffer.admin.AccountOperations.AccountView;
import coffer.admin.AccountOperations.CreateAccount;
import coffer.admin.AccountOperations.UpdateAccount;
import coffer.admin.BackgroundOperations.AdvanceClock;
import coffer.admin.BackgroundOperations.ClockView;
import coffer.admin.BackgroundOperations.UpdateWorker;
import coffer.admin.BackgroundOperations.WorkerList;
import coffer.admin.BackgroundOperations.WorkerView;
import coffer.admin.WebhookOperations.CreateWebhook;
import coffer.admin.WebhookOperations.NewWebhookView;
import coffer.admin.WebhookOperations.UpdateWebhook;
import coffer.admin.WebhookOperations.WebhookList;
import coffer.admin.WebhookOperations.WebhookView;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The admin API on one page: of each operation what it is for, who may call it by which request, the records of its body and
 * its answer, and who does it. The OpenAPI document is made of this.
 */
enum AdminOperation {
    LIST_ACCOUNTS("All accounts.", get(READ_ONLY, "/accounts"), answers(AccountList.class, AccountOperations::list)),
    CREATE_ACCOUNT(
            "Makes an account.",
            post(ADMIN, "/accounts"),
            takes(CreateAccount.class, AccountView.class, AccountOperations::create)),
    GET_ACCOUNT("An account.", get(READ_ONLY, "/accounts/{appId}"), answers(AccountView.class, AccountOperations::get)),
    UPDATE_ACCOUNT(
            "Gives an account another name or other limits; a quota replaces the one before as a whole.",
            patch(ADMIN, "/accounts/{appId}"),
            takes(UpdateAccount.class, AccountView.class, AccountOperations::update)),
    DELETE_ACCOUNT(
            "Removes an account without buckets, with all that belongs to it.",
            delete(ADMIN, "/accounts/{appId}"),
            does(AccountOperations::delete)),

    LIST_USERS(
            "The users of an account.",
            get(READ_ONLY, "/accounts/{appId}/users"),
            answers(UserOperations.UserList.class, UserOperations::list)),
    CREATE_USER(
            "Makes a user without rights and keys.",
            post(ADMIN, "/accounts/{appId}/users"),
            takes(UserOperations.CreateUser.class, UserOperations.UserView.class, UserOperations::create)),
    GET_USER(
            "A user, by name or UIN.",
            get(READ_ONLY, "/accounts/{appId}/users/{user}"),
            answers(UserOperations.UserView.class, UserOperations::get)),
    DELETE_USER(
            "Removes a user; his keys work no longer.",
            delete(ADMIN, "/accounts/{appId}/users/{user}"),
            does(UserOperations::delete)),
    ATTACH_USER_POLICY(
            "Gives a user a policy.",
            put(ADMIN, "/accounts/{appId}/users/{user}/policies/{policy}"),
            answers(UserOperations.UserView.class, UserOperations::attach)),
    DETACH_USER_POLICY(
            "Takes a policy from a user.",
            delete(ADMIN, "/accounts/{appId}/users/{user}/policies/{policy}"),
            answers(UserOperations.UserView.class, UserOperations::detach)),
    JOIN_GROUP(
            "Makes a user a member of a group.",
            put(ADMIN, "/accounts/{appId}/users/{user}/groups/{group}"),
            answers(UserOperations.UserView.class, UserOperations::join)),
    LEAVE_GROUP(
            "Ends a membership.",
            delete(ADMIN, "/accounts/{appId}/users/{user}/groups/{group}"),
            answers(UserOperations.UserView.class, UserOperations::leave)),

    LIST_GROUPS(
            "The groups of an account.",
            get(READ_ONLY, "/accounts/{appId}/groups"),
            answers(GroupOperations.GroupList.class, GroupOperations::list)),
    CREATE_GROUP(
            "Makes a group without members and policies.",
            post(ADMIN, "/accounts/{appId}/groups"),
            takes(GroupOperations.CreateGroup.class, GroupOperations.GroupView.class, GroupOperations::create)),
    GET_GROUP(
            "A group with its members.",
            get(READ_ONLY, "/accounts/{appId}/groups/{group}"),
            answers(GroupOperations.GroupView.class, GroupOperations::get)),
    DELETE_GROUP(
            "Removes a group without members.",
            delete(ADMIN, "/accounts/{appId}/groups/{group}"),
            does(GroupOperations::delete)),
    ATTACH_GROUP_POLICY(
            "Gives a group a policy.",
            put(ADMIN, "/accounts/{appId}/groups/{group}/policies/{policy}"),
            answers(GroupOperations.GroupView.class, GroupOperations::attach)),
    DETACH_GROUP_POLICY(
            "Takes a policy from a group.",
            delete(ADMIN, "/accounts/{appId}/groups/{group}/policies/{policy}"),
            answers(GroupOperations.GroupView.class, GroupOperations::detach)),

    LIST_POLICIES(
            "The policies of an account and the preset ones.",
            get(READ_ONLY, "/accounts/{appId}/policies"),
            answers(PolicyOperations.PolicyList.class, PolicyOperations::list)),
    GET_POLICY(
            "A policy.",
            get(READ_ONLY, "/accounts/{appId}/policies/{policy}"),
            answers(PolicyOperations.PolicyView.class, PolicyOperations::get)),
    PUT_POLICY(
            "Makes a policy or replaces it; who has it is bound by it at once.",
            put(ADMIN, "/accounts/{appId}/policies/{policy}"),
            takes(PolicyOperations.PutPolicy.class, PolicyOperations.PolicyView.class, PolicyOperations::put)),
    DELETE_POLICY(
            "Removes a policy that nobody has.",
            delete(ADMIN, "/accounts/{appId}/policies/{policy}"),
            does(PolicyOperations::delete)),

    LIST_ROLES(
            "The roles of an account.",
            get(READ_ONLY, "/accounts/{appId}/roles"),
            answers(RoleOperations.RoleList.class, RoleOperations::list)),
    CREATE_ROLE(
            "Makes a role without policies.",
            post(ADMIN, "/accounts/{appId}/roles"),
            takes(RoleOperations.CreateRole.class, RoleOperations.RoleView.class, RoleOperations::create)),
    GET_ROLE(
            "A role.",
            get(READ_ONLY, "/accounts/{appId}/roles/{role}"),
            answers(RoleOperations.RoleView.class, RoleOperations::get)),
    TRUST_ROLE(
            "Says who may assume a role.",
            put(ADMIN, "/accounts/{appId}/roles/{role}/trusted"),
            takes(RoleOperations.TrustRole.class, RoleOperations.RoleView.class, RoleOperations::trust)),
    DELETE_ROLE(
            "Removes a role; who has assumed it can do nothing more with it.",
            delete(ADMIN, "/accounts/{appId}/roles/{role}"),
            does(RoleOperations::delete)),
    ATTACH_ROLE_POLICY(
            "Gives a role a policy.",
            put(ADMIN, "/accounts/{appId}/roles/{role}/policies/{policy}"),
            answers(RoleOperations.RoleView.class, RoleOperations::attach)),
    DETACH_ROLE_POLICY(
            "Takes a policy from a role.",
            delete(ADMIN, "/accounts/{appId}/roles/{role}/policies/{policy}"),
            answers(RoleOperations.RoleView.class, RoleOperations::detach)),

    LIST_KEYS(
            "The keys of a user, or of the root user if no user is named.",
            get(READ_ONLY, "/accounts/{appId}/keys", "user"),
            answers(KeyOperations.KeyList.class, KeyOperations::list)),
    CREATE_KEY(
            "Makes a key; its secret is shown in this answer and never again.",
            post(ADMIN, "/accounts/{appId}/keys"),
            takes(KeyOperations.CreateKey.class, KeyOperations.NewKeyView.class, KeyOperations::create)),
    UPDATE_KEY(
            "Enables or disables a key.",
            patch(ADMIN, "/accounts/{appId}/keys/{secretId}"),
            takes(KeyOperations.UpdateKey.class, KeyOperations.KeyView.class, KeyOperations::update)),
    DELETE_KEY("Removes a key.", delete(ADMIN, "/accounts/{appId}/keys/{secretId}"), does(KeyOperations::delete)),

    LIST_WEBHOOKS(
            "The webhooks of an account, without their secrets.",
            get(READ_ONLY, "/accounts/{appId}/webhooks"),
            answers(WebhookList.class, WebhookOperations::list)),
    CREATE_WEBHOOK(
            "Makes a webhook; its secret is shown in this answer and never again.",
            post(ADMIN, "/accounts/{appId}/webhooks"),
            takes(CreateWebhook.class, NewWebhookView.class, WebhookOperations::create)),
    GET_WEBHOOK(
            "A webhook, without its secret.",
            get(READ_ONLY, "/accounts/{appId}/webhooks/{webhook}"),
            answers(WebhookView.class, WebhookOperations::get)),
    UPDATE_WEBHOOK(
            "Gives a webhook another URL; its secret stays.",
            patch(ADMIN, "/accounts/{appId}/webhooks/{webhook}"),
            takes(UpdateWebhook.class, WebhookView.class, WebhookOperations::update)),
    DELETE_WEBHOOK(
            "Removes a webhook.",
            delete(ADMIN, "/accounts/{appId}/webhooks/{webhook}"),
            does(WebhookOperations::delete)),

    LIST_REMOTES(
            "The remote stores of an account, without their secret keys.",
            get(READ_ONLY, "/accounts/{appId}/remotes"),
            answers(RemoteOperations.RemoteList.class, RemoteOperations::list)),
    GET_REMOTE(
            "A remote store, without its secret key.",
            get(READ_ONLY, "/accounts/{appId}/remotes/{region}"),
            answers(RemoteOperations.RemoteView.class, RemoteOperations::get)),
    PUT_REMOTE(
            "Makes a region a remote store, or replaces it as a whole.",
            put(ADMIN, "/accounts/{appId}/remotes/{region}"),
            takes(RemoteOperations.PutRemote.class, RemoteOperations.RemoteView.class, RemoteOperations::put)),
    DELETE_REMOTE(
            "Removes a remote store; what is there stays.",
            delete(ADMIN, "/accounts/{appId}/remotes/{region}"),
            does(RemoteOperations::delete)),

    LIST_TOKENS(
            "The tokens of this API.",
            get(READ_ONLY, "/tokens"),
            answers(TokenOperations.TokenList.class, TokenOperations::list)),
    CREATE_TOKEN(
            "Makes a token; its text is shown in this answer and never again.",
            post(ADMIN, "/tokens"),
            takes(TokenOperations.CreateToken.class, TokenOperations.NewTokenView.class, TokenOperations::create)),
    REVOKE_TOKEN("Ends a token.", delete(ADMIN, "/tokens/{id}"), does(TokenOperations::revoke)),

    LIST_BUCKETS(
            "All buckets, or those of an account.",
            get(READ_ONLY, "/buckets", "appId"),
            answers(BucketOperations.BucketList.class, BucketOperations::list)),
    GET_BUCKET(
            "A bucket.",
            get(READ_ONLY, "/buckets/{bucket}"),
            answers(BucketOperations.BucketView.class, BucketOperations::get)),

    LIST_USAGE(
            "How much each account holds, and may hold.",
            get(READ_ONLY, "/usage"),
            answers(UsageOperations.UsageList.class, UsageOperations::list)),
    GET_USAGE(
            "How much an account holds, and may hold.",
            get(READ_ONLY, "/accounts/{appId}/usage"),
            answers(UsageOperations.AccountUsage.class, UsageOperations::get)),

    GET_STATUS(
            "How the server is.", get(READ_ONLY, "/status"), answers(ServerStatus.StatusView.class, ServerStatus::get)),

    LIST_WORKERS(
            "What the store does by itself.",
            get(READ_ONLY, "/workers"),
            answers(WorkerList.class, BackgroundOperations::list)),
    UPDATE_WORKER(
            "Pauses what the store does by itself, or lets it go on.",
            patch(ADMIN, "/workers/{worker}"),
            takes(UpdateWorker.class, WorkerView.class, BackgroundOperations::update)),
    GET_CLOCK("The time.", get(READ_ONLY, "/clock"), answers(ClockView.class, BackgroundOperations::clock)),
    ADVANCE_CLOCK(
            "Moves the clock of a server in development, and waits for what falls due.",
            post(ADMIN, "/clock"),
            takes(AdvanceClock.class, ClockView.class, BackgroundOperations::advance)),

    EXPLAIN_ACCESS(
            "Whether somebody may do something, and what decides it.",
            post(READ_ONLY, "/explain-access"),
            takes(ExplainAccess.AccessQuestion.class, ExplainAccess.AccessAnswer.class, ExplainAccess::explain)),
    LIST_REFUSALS(
            "The last requests that were answered 403, newest first.",
            get(READ_ONLY, "/refusals", "limit"),
            answers(ExplainAccess.RefusalList.class, ExplainAccess::refusals)),
    GET_REFUSAL(
            "Why a request was answered 403, by the request id in its answer.",
            get(READ_ONLY, "/refusals/{requestId}"),
            answers(ExplainAccess.RefusalView.class, ExplainAccess::refusal)),

    GET_OPENAPI(
            "This description.",
            getByAnybody("/openapi.json"),
            answers(Object.class, (services, call) -> OpenApi.document()));

    private final String summary;
    private final AdminRoute route;
    private final AdminWork work;

    AdminOperation(String summary, AdminRoute route, AdminWork work) {
        this.summary = summary;
        this.route = route;
        this.work = work;
    }

    /** What it is for, a sentence. */
    String summary() {
        return summary;
    }

    AdminRoute route() {
        return route;
    }

    AdminWork work() {
        return work;
    }

    /** What a caller must be; empty if anybody may call it. */
    Optional<AdminRole> role() {
        return route.role();
    }

    boolean isCreation() {
        return name().startsWith("CREATE_");
    }

    /** Whether it belongs into the audit log when it succeeds. */
    boolean isChange() {
        return role().filter(needed -> needed == ADMIN).isPresent();
    }

    /** In camel case, for logs and the description. */
    String title() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}

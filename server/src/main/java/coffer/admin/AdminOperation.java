package coffer.admin;

import static coffer.admin.AdminRole.ADMIN;
import static coffer.admin.AdminRole.READ_ONLY;
import static coffer.admin.AdminRoute.delete;
import static coffer.admin.AdminRoute.get;
import static coffer.admin.AdminRoute.patch;
import static coffer.admin.AdminRoute.post;
import static coffer.admin.AdminRoute.put;

import coffer.admin.BackgroundOperations.ClockView;
import coffer.admin.BackgroundOperations.WorkerList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The admin API on one page: of each operation what it is for, its request, who may call it, the records of its body and its
 * answer, and who does it. The OpenAPI document is made of this.
 */
enum AdminOperation {
    LIST_ACCOUNTS(
            "All accounts.", get("/accounts"), READ_ONLY, AccountOperations.AccountList.class, AccountOperations::list),
    CREATE_ACCOUNT(
            "Makes an account.",
            post("/accounts"),
            ADMIN,
            AccountOperations.CreateAccount.class,
            AccountOperations.AccountView.class,
            AccountOperations::create),
    GET_ACCOUNT(
            "An account.",
            get("/accounts/{appId}"),
            READ_ONLY,
            AccountOperations.AccountView.class,
            AccountOperations::get),
    UPDATE_ACCOUNT(
            "Gives an account another name or other limits; a quota replaces the one before as a whole.",
            patch("/accounts/{appId}"),
            ADMIN,
            AccountOperations.UpdateAccount.class,
            AccountOperations.AccountView.class,
            AccountOperations::update),
    DELETE_ACCOUNT(
            "Removes an account without buckets, with its users, groups, policies, roles and keys.",
            delete("/accounts/{appId}"),
            ADMIN,
            AccountOperations::delete),

    LIST_USERS(
            "The users of an account.",
            get("/accounts/{appId}/users"),
            READ_ONLY,
            UserOperations.UserList.class,
            UserOperations::list),
    CREATE_USER(
            "Makes a user without rights and keys.",
            post("/accounts/{appId}/users"),
            ADMIN,
            UserOperations.CreateUser.class,
            UserOperations.UserView.class,
            UserOperations::create),
    GET_USER(
            "A user, by name or UIN.",
            get("/accounts/{appId}/users/{user}"),
            READ_ONLY,
            UserOperations.UserView.class,
            UserOperations::get),
    DELETE_USER(
            "Removes a user; his keys work no longer.",
            delete("/accounts/{appId}/users/{user}"),
            ADMIN,
            UserOperations::delete),
    ATTACH_USER_POLICY(
            "Gives a user a policy.",
            put("/accounts/{appId}/users/{user}/policies/{policy}"),
            ADMIN,
            UserOperations.UserView.class,
            UserOperations::attach),
    DETACH_USER_POLICY(
            "Takes a policy from a user.",
            delete("/accounts/{appId}/users/{user}/policies/{policy}"),
            ADMIN,
            UserOperations.UserView.class,
            UserOperations::detach),
    JOIN_GROUP(
            "Makes a user a member of a group.",
            put("/accounts/{appId}/users/{user}/groups/{group}"),
            ADMIN,
            UserOperations.UserView.class,
            UserOperations::join),
    LEAVE_GROUP(
            "Ends a membership.",
            delete("/accounts/{appId}/users/{user}/groups/{group}"),
            ADMIN,
            UserOperations.UserView.class,
            UserOperations::leave),

    LIST_GROUPS(
            "The groups of an account.",
            get("/accounts/{appId}/groups"),
            READ_ONLY,
            GroupOperations.GroupList.class,
            GroupOperations::list),
    CREATE_GROUP(
            "Makes a group without members and policies.",
            post("/accounts/{appId}/groups"),
            ADMIN,
            GroupOperations.CreateGroup.class,
            GroupOperations.GroupView.class,
            GroupOperations::create),
    GET_GROUP(
            "A group with its members.",
            get("/accounts/{appId}/groups/{group}"),
            READ_ONLY,
            GroupOperations.GroupView.class,
            GroupOperations::get),
    DELETE_GROUP(
            "Removes a group without members.",
            delete("/accounts/{appId}/groups/{group}"),
            ADMIN,
            GroupOperations::delete),
    ATTACH_GROUP_POLICY(
            "Gives a group a policy.",
            put("/accounts/{appId}/groups/{group}/policies/{policy}"),
            ADMIN,
            GroupOperations.GroupView.class,
            GroupOperations::attach),
    DETACH_GROUP_POLICY(
            "Takes a policy from a group.",
            delete("/accounts/{appId}/groups/{group}/policies/{policy}"),
            ADMIN,
            GroupOperations.GroupView.class,
            GroupOperations::detach),

    LIST_POLICIES(
            "The policies of an account and the preset ones.",
            get("/accounts/{appId}/policies"),
            READ_ONLY,
            PolicyOperations.PolicyList.class,
            PolicyOperations::list),
    GET_POLICY(
            "A policy.",
            get("/accounts/{appId}/policies/{policy}"),
            READ_ONLY,
            PolicyOperations.PolicyView.class,
            PolicyOperations::get),
    PUT_POLICY(
            "Makes a policy or replaces it; who has it is bound by it at once.",
            put("/accounts/{appId}/policies/{policy}"),
            ADMIN,
            PolicyOperations.PutPolicy.class,
            PolicyOperations.PolicyView.class,
            PolicyOperations::put),
    DELETE_POLICY(
            "Removes a policy that nobody has.",
            delete("/accounts/{appId}/policies/{policy}"),
            ADMIN,
            PolicyOperations::delete),

    LIST_ROLES(
            "The roles of an account.",
            get("/accounts/{appId}/roles"),
            READ_ONLY,
            RoleOperations.RoleList.class,
            RoleOperations::list),
    CREATE_ROLE(
            "Makes a role without policies.",
            post("/accounts/{appId}/roles"),
            ADMIN,
            RoleOperations.CreateRole.class,
            RoleOperations.RoleView.class,
            RoleOperations::create),
    GET_ROLE(
            "A role.",
            get("/accounts/{appId}/roles/{role}"),
            READ_ONLY,
            RoleOperations.RoleView.class,
            RoleOperations::get),
    TRUST_ROLE(
            "Says who may assume a role.",
            put("/accounts/{appId}/roles/{role}/trusted"),
            ADMIN,
            RoleOperations.TrustRole.class,
            RoleOperations.RoleView.class,
            RoleOperations::trust),
    DELETE_ROLE(
            "Removes a role; who has assumed it can do nothing more with it.",
            delete("/accounts/{appId}/roles/{role}"),
            ADMIN,
            RoleOperations::delete),
    ATTACH_ROLE_POLICY(
            "Gives a role a policy.",
            put("/accounts/{appId}/roles/{role}/policies/{policy}"),
            ADMIN,
            RoleOperations.RoleView.class,
            RoleOperations::attach),
    DETACH_ROLE_POLICY(
            "Takes a policy from a role.",
            delete("/accounts/{appId}/roles/{role}/policies/{policy}"),
            ADMIN,
            RoleOperations.RoleView.class,
            RoleOperations::detach),

    LIST_KEYS(
            "The keys of a user, or of the root user if no user is named.",
            get("/accounts/{appId}/keys", "user"),
            READ_ONLY,
            KeyOperations.KeyList.class,
            KeyOperations::list),
    CREATE_KEY(
            "Makes a key; its secret is shown in this answer and never again.",
            post("/accounts/{appId}/keys"),
            ADMIN,
            KeyOperations.CreateKey.class,
            KeyOperations.NewKeyView.class,
            KeyOperations::create),
    UPDATE_KEY(
            "Enables or disables a key.",
            patch("/accounts/{appId}/keys/{secretId}"),
            ADMIN,
            KeyOperations.UpdateKey.class,
            KeyOperations.KeyView.class,
            KeyOperations::update),
    DELETE_KEY("Removes a key.", delete("/accounts/{appId}/keys/{secretId}"), ADMIN, KeyOperations::delete),

    LIST_TOKENS(
            "The tokens of this API.",
            get("/tokens"),
            READ_ONLY,
            TokenOperations.TokenList.class,
            TokenOperations::list),
    CREATE_TOKEN(
            "Makes a token; its text is shown in this answer and never again.",
            post("/tokens"),
            ADMIN,
            TokenOperations.CreateToken.class,
            TokenOperations.NewTokenView.class,
            TokenOperations::create),
    REVOKE_TOKEN("Ends a token.", delete("/tokens/{id}"), ADMIN, TokenOperations::revoke),

    LIST_BUCKETS(
            "All buckets, or those of an account.",
            get("/buckets", "appId"),
            READ_ONLY,
            BucketOperations.BucketList.class,
            BucketOperations::list),
    GET_BUCKET(
            "A bucket.", get("/buckets/{bucket}"), READ_ONLY, BucketOperations.BucketView.class, BucketOperations::get),

    LIST_USAGE(
            "How much each account holds, and may hold.",
            get("/usage"),
            READ_ONLY,
            UsageOperations.UsageList.class,
            UsageOperations::list),
    GET_USAGE(
            "How much an account holds, and may hold.",
            get("/accounts/{appId}/usage"),
            READ_ONLY,
            UsageOperations.AccountUsage.class,
            UsageOperations::get),

    GET_STATUS("How the server is.", get("/status"), READ_ONLY, ServerStatus.StatusView.class, ServerStatus::get),

    LIST_WORKERS(
            "What the store does by itself.", get("/workers"), READ_ONLY, WorkerList.class, BackgroundOperations::list),
    UPDATE_WORKER(
            "Pauses what the store does by itself, or lets it go on.",
            patch("/workers/{worker}"),
            ADMIN,
            BackgroundOperations.UpdateWorker.class,
            BackgroundOperations.WorkerView.class,
            BackgroundOperations::update),
    GET_CLOCK("The time.", get("/clock"), READ_ONLY, ClockView.class, BackgroundOperations::clock),
    ADVANCE_CLOCK(
            "Moves the clock of a server in development, and waits for what falls due.",
            post("/clock"),
            ADMIN,
            BackgroundOperations.AdvanceClock.class,
            ClockView.class,
            BackgroundOperations::advance),

    EXPLAIN_ACCESS(
            "Whether somebody may do something, and what decides it.",
            post("/explain-access"),
            READ_ONLY,
            ExplainAccess.AccessQuestion.class,
            ExplainAccess.AccessAnswer.class,
            ExplainAccess::explain),
    LIST_REFUSALS(
            "The last requests that were answered 403, newest first.",
            get("/refusals", "limit"),
            READ_ONLY,
            ExplainAccess.RefusalList.class,
            ExplainAccess::refusals),
    GET_REFUSAL(
            "Why a request was answered 403, by the request id in its answer.",
            get("/refusals/{requestId}"),
            READ_ONLY,
            ExplainAccess.RefusalView.class,
            ExplainAccess::refusal),

    GET_OPENAPI(
            "This description.",
            get("/openapi.json"),
            Optional.empty(),
            None.class,
            Object.class,
            (services, call) -> OpenApi.document());

    /** No body. */
    record None() {}

    private final String summary;
    private final AdminRoute route;
    private final Optional<AdminRole> role;
    private final Class<?> body;
    private final Class<?> answer;
    private final AdminHandler handler;

    AdminOperation(
            String summary, AdminRoute route, AdminRole role, Class<?> body, Class<?> answer, AdminHandler handler) {
        this(summary, route, Optional.of(role), body, answer, handler);
    }

    /** Without a body. */
    AdminOperation(String summary, AdminRoute route, AdminRole role, Class<?> answer, AdminHandler handler) {
        this(summary, route, role, None.class, answer, handler);
    }

    /** Without a body and with nothing to answer. */
    AdminOperation(String summary, AdminRoute route, AdminRole role, AdminHandler handler) {
        this(summary, route, role, None.class, handler);
    }

    AdminOperation(
            String summary,
            AdminRoute route,
            Optional<AdminRole> role,
            Class<?> body,
            Class<?> answer,
            AdminHandler handler) {
        this.summary = summary;
        this.route = route;
        this.role = role;
        this.body = body;
        this.answer = answer;
        this.handler = handler;
    }

    /** What it is for, a sentence. */
    String summary() {
        return summary;
    }

    AdminRoute route() {
        return route;
    }

    /** What a caller must be; empty if anybody may call it. */
    Optional<AdminRole> role() {
        return role;
    }

    Class<?> body() {
        return body;
    }

    Class<?> answer() {
        return answer;
    }

    AdminHandler handler() {
        return handler;
    }

    boolean answersNothing() {
        return answer == None.class;
    }

    boolean isCreation() {
        return name().startsWith("CREATE_");
    }

    /** Whether it belongs into the audit log when it succeeds. */
    boolean isChange() {
        return role.filter(needed -> needed == ADMIN).isPresent();
    }

    /** In camel case, for logs and the description. */
    String title() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}

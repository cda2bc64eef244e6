package coffer.access;

import coffer.identity.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement of an AWS policy is about. Source: IAM docs, "AWS JSON policy elements: Principal".
 *
 * <table>
 * <caption>Forms; an account is named by its APPID or its UIN</caption>
 * <tr><td>{@code *}</td><td>everybody, signed or not</td></tr>
 * <tr><td>{@code <account>}, {@code arn:aws:iam::<account>:root}</td>
 *     <td>allowed: the root user; of another account than the bucket's also its users, who need a policy of their own too.
 *     Denied: everybody in the account. Exempted from a denial: the root user</td></tr>
 * <tr><td>{@code arn:aws:iam::<account>:user/<name or UIN>}</td><td>a user</td></tr>
 * <tr><td>{@code arn:aws:iam::<account>:role/<name>}, {@code arn:aws:sts::<account>:assumed-role/<name>/<session>}</td>
 *     <td>those in a role</td></tr>
 * </table>
 *
 * @param account APPID or UIN; what is neither matches nobody
 * @param name of the user or role
 */
record AwsPrincipal(Kind kind, String account, String name) implements PolicyTerms.Principals {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{1,20}");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:(iam|sts)::([A-Za-z0-9_-]+):(root|user|role|assumed-role)(?:/([^*?]+))?");

    /** What is named. */
    enum Kind {
        EVERYBODY,
        ACCOUNT,
        ACCOUNT_AND_ALL_IN_IT,
        ROOT,
        USER,
        ROLE,
        /** Services and identities of elsewhere, which nobody has here. */
        NOBODY
    }

    /** How an account that is named stands for those in it. */
    enum Use {
        ALLOWED(Kind.ACCOUNT),
        DENIED(Kind.ACCOUNT_AND_ALL_IN_IT),
        EXEMPTED(Kind.ROOT);

        private final Kind kind;

        Use(Kind kind) {
            this.kind = kind;
        }
    }

    static final AwsPrincipal EVERYBODY = new AwsPrincipal(Kind.EVERYBODY, "", "");

    static final AwsPrincipal NOBODY = new AwsPrincipal(Kind.NOBODY, "", "");

    /** Reads a principal; empty if it has another form. */
    static Optional<AwsPrincipal> parse(String text, Use use) {
        if (text.equals("*")) {
            return Optional.of(EVERYBODY);
        }
        if (ACCOUNT.matcher(text).matches()) {
            return Optional.of(new AwsPrincipal(use.kind, text, ""));
        }
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            return Optional.empty();
        }
        String account = arn.group(2);
        Optional<String> name = Optional.ofNullable(arn.group(4));
        return switch (arn.group(3)) {
            case "root" -> name.isPresent() ? Optional.empty() : Optional.of(new AwsPrincipal(use.kind, account, ""));
            case "user" -> name.map(path -> new AwsPrincipal(Kind.USER, account, last(path)));
            case "role" -> name.map(path -> new AwsPrincipal(Kind.ROLE, account, last(path)));
            default -> name.map(path -> new AwsPrincipal(Kind.ROLE, account, path.split("/", 2)[0]));
        };
    }

    /** Whom an ACL would mean by the same id. */
    static AwsPrincipal of(Grantee grantee, Use use) {
        return switch (grantee) {
            case Grantee.Group _ -> EVERYBODY;
            case Grantee.User user ->
                user.uin().equals(user.ownerUin())
                        ? new AwsPrincipal(use.kind, user.ownerUin(), "")
                        : new AwsPrincipal(Kind.USER, user.ownerUin(), user.uin());
        };
    }

    /** Names may have paths before them. */
    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isEverybody() {
        return kind == Kind.EVERYBODY;
    }

    @Override
    public boolean include(Requester requester, String bucketOwnerUin) {
        Principal principal = requester.principal();
        return switch (kind) {
            case EVERYBODY -> true;
            case NOBODY -> false;
            case ACCOUNT -> isIn(principal) && (principal instanceof Principal.Root || !principal.isOf(bucketOwnerUin));
            case ACCOUNT_AND_ALL_IN_IT -> isIn(principal);
            case ROOT -> isIn(principal) && principal instanceof Principal.Root;
            case USER ->
                isIn(principal)
                        && principal instanceof Principal.User user
                        && (user.uin().equals(name) || requester.userName().equals(Optional.of(name)));
            case ROLE ->
                isIn(principal)
                        && principal instanceof Principal.Role role
                        && role.name().equals(name);
        };
    }

    private boolean isIn(Principal principal) {
        return !(principal instanceof Principal.Anonymous)
                && (principal.account().appId().equals(account)
                        || principal.account().uin().equals(account));
    }
}

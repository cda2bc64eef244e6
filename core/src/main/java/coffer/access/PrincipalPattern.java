package coffer.access;

import coffer.identity.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement of a bucket policy is about. Source: COS docs, "Access Policy Language", "Principal".
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><td>{@code *}, {@code qcs::cam::anyone:anyone}, {@code qcs::cam::anonymous:anonymous}</td>
 *     <td>everybody, signed or not</td></tr>
 * <tr><td>{@code qcs::cam::uin/1:uin/1}</td>
 *     <td>the root user; of another account than the bucket's also its users, who need a policy of their own too</td></tr>
 * <tr><td>{@code qcs::cam::uin/1:uin/2}</td><td>a user</td></tr>
 * <tr><td>{@code qcs::cam::uin/1:uin/*}</td><td>everybody in an account</td></tr>
 * <tr><td>{@code qcs::cam::uin/1:roleName/r}, {@code ...:roleid/3}</td><td>those in a role, or in any for {@code *}</td></tr>
 * </table>
 *
 * @param name the UIN, the name or the id, by kind; may be {@code *}
 */
record PrincipalPattern(Kind kind, String ownerUin, String name) implements PolicyTerms.Principals {
    private static final Pattern FORM =
            Pattern.compile("qcs::cam::uin/([0-9]{1,20}):(uin|roleName|roleid)/([A-Za-z0-9_.+=,@-]+|\\*)");

    /** What is named. */
    enum Kind {
        EVERYBODY,
        IDENTITY,
        ACCOUNT,
        ROLE_NAME,
        ROLE_ID,
        /** A service of the cloud. None runs under a principal of its own here, so that nobody matches. */
        SERVICE
    }

    /** Reads a principal; empty if it has another form. */
    static Optional<PrincipalPattern> parse(String text) {
        if (text.equals("*") || Grantee.Group.isEverybody(text)) {
            return Optional.of(new PrincipalPattern(Kind.EVERYBODY, "", "*"));
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String owner = matcher.group(1);
        String name = matcher.group(3);
        return switch (matcher.group(2)) {
            case "uin" -> {
                if (name.equals("*")) {
                    yield Optional.of(new PrincipalPattern(Kind.ACCOUNT, owner, name));
                }
                yield name.chars().allMatch(c -> c >= '0' && c <= '9')
                        ? Optional.of(new PrincipalPattern(Kind.IDENTITY, owner, name))
                        : Optional.empty();
            }
            case "roleid" -> Optional.of(new PrincipalPattern(Kind.ROLE_ID, owner, name));
            case "roleName" -> Optional.of(new PrincipalPattern(Kind.ROLE_NAME, owner, name));
            default -> Optional.empty();
        };
    }

    static PrincipalPattern service(String name) {
        return new PrincipalPattern(Kind.SERVICE, "", name);
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
            case IDENTITY -> new Grantee.User(ownerUin, name).includes(principal, bucketOwnerUin);
            case ACCOUNT -> principal.isOf(ownerUin);
            case ROLE_NAME -> principal instanceof Principal.Role role && role.isOf(ownerUin) && isAnyOr(role.name());
            case ROLE_ID -> principal instanceof Principal.Role role && role.isOf(ownerUin) && isAnyOr(role.id());
            case SERVICE -> false;
        };
    }

    private boolean isAnyOr(String actual) {
        return name.equals("*") || name.equals(actual);
    }
}

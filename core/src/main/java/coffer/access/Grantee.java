package coffer.access;

import coffer.identity.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom an ACL grants something. Source: COS docs, "ACL", "Grantee". */
public sealed interface Grantee {
    /** How it is shown and stored: a {@code qcs} id, or the URI of a group. */
    String id();

    /**
     * Whether somebody is meant by it.
     *
     * @param bucketOwnerUin the account that owns the bucket. The users of other accounts are meant by a grant to their
     *     root user, those of the owner are not: their root user has all rights anyway and hands them on by policies
     */
    boolean includes(Principal principal, String bucketOwnerUin);

    /**
     * A root user, or a user of an account.
     *
     * @param ownerUin digits; the account
     * @param uin digits; the same for the root user
     */
    record User(String ownerUin, String uin) implements Grantee {
        private static final Pattern FORM =
                Pattern.compile("qcs::cam::uin/([0-9]{1,20}):uin/([0-9]{1,20})|([0-9]{1,20})(?:/([0-9]{1,20}))?");

        @Override
        public String id() {
            return "qcs::cam::uin/" + ownerUin + ":uin/" + uin;
        }

        @Override
        public boolean includes(Principal principal, String bucketOwnerUin) {
            return switch (principal) {
                case Principal.Anonymous anonymous -> false;
                case Principal.Root root -> isRoot() && root.account().uin().equals(ownerUin);
                case Principal.User user ->
                    user.account().uin().equals(ownerUin)
                            && (user.uin().equals(uin) || (isRoot() && !ownerUin.equals(bucketOwnerUin)));
                case Principal.Role role ->
                    role.account().uin().equals(ownerUin) && isRoot() && !ownerUin.equals(bucketOwnerUin);
            };
        }

        private boolean isRoot() {
            return uin.equals(ownerUin);
        }
    }

    /** Many at once. */
    enum Group implements Grantee {
        /** Everybody, with or without a signature. */
        ALL_USERS("http://cam.qcloud.com/groups/global/AllUsers"),
        /** Everybody with a signature. */
        AUTHENTICATED_USERS("http://cam.qcloud.com/groups/global/AuthenticatedUsers");

        private final String uri;

        Group(String uri) {
            this.uri = uri;
        }

        /** Whether an id, in ACLs or policies, means everybody: the reference uses both words for it. */
        static boolean isEverybody(String id) {
            return id.equals("qcs::cam::anyone:anyone") || id.equals("qcs::cam::anonymous:anonymous");
        }

        @Override
        public String id() {
            return uri;
        }

        @Override
        public boolean includes(Principal principal, String bucketOwnerUin) {
            return this == ALL_USERS || !(principal instanceof Principal.Anonymous);
        }
    }

    /** The root user of an account. */
    static Grantee root(String uin) {
        return new User(uin, uin);
    }

    /**
     * Reads an id: {@code <uin>}, {@code <uin>/<uin>}, {@code qcs::cam::uin/<uin>:uin/<uin>},
     * {@code qcs::cam::anyone:anyone}.
     */
    static Optional<Grantee> ofId(String id) {
        if (Group.isEverybody(id)) {
            return Optional.of(Group.ALL_USERS);
        }
        Matcher matcher = User.FORM.matcher(id);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String owner = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
        String user = matcher.group(1) == null ? matcher.group(4) : matcher.group(2);
        return Optional.of(new User(owner, user == null ? owner : user));
    }

    /** Reads the URI of a group, in the names of COS or of S3. */
    static Optional<Grantee> ofUri(String uri) {
        return switch (uri) {
            case "http://cam.qcloud.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AllUsers" ->
                Optional.of(Group.ALL_USERS);
            case "http://cam.qcloud.com/groups/global/AuthenticatedUsers",
                    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" ->
                Optional.of(Group.AUTHENTICATED_USERS);
            default -> Optional.empty();
        };
    }
}

package coffer.access;

import java.util.Locale;
import java.util.Optional;

/** Why something is allowed or denied; its text is one line of a log. */
public sealed interface Reason {
    /** Whose policy it is. */
    enum PolicyKind {
        /** Of the user, a group of the user, or the role. */
        IDENTITY,
        /** Of temporary credentials. */
        SESSION,
        BUCKET
    }

    /**
     * A policy among those that count.
     *
     * @param name of an identity policy; otherwise empty
     */
    record PolicyName(PolicyKind kind, String name) {
        static final PolicyName SESSION = new PolicyName(PolicyKind.SESSION, "");
        static final PolicyName BUCKET = new PolicyName(PolicyKind.BUCKET, "");

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " policy" + (name.isEmpty() ? "" : " " + name);
        }
    }

    /**
     * Allowed: it belongs to the account of the one who asks.
     *
     * @param of whether all of an account, the bucket, or an object in the bucket of another account
     */
    record Ownership(Resource.Kind of) implements Reason {
        @Override
        public String toString() {
            return switch (of) {
                case SERVICE -> "root user of the account";
                case BUCKET -> "owner of the bucket";
                case OBJECT -> "owner of the object";
            };
        }
    }

    /**
     * Allowed or denied: a statement of a policy says so.
     *
     * @param index of the statement, from 0
     * @param sid as the author named the statement
     */
    record ByStatement(PolicyName policy, int index, Optional<String> sid) implements Reason {
        @Override
        public String toString() {
            return policy + " statement[" + index + "]"
                    + sid.map(text -> " " + text).orElse("");
        }
    }

    /**
     * Allowed: an ACL grants it.
     *
     * @param on whose ACL; that of the bucket also for an object without one
     */
    record ByGrant(Resource.Kind on, Grant grant) implements Reason {
        @Override
        public String toString() {
            return on.name().toLowerCase(Locale.ROOT) + " ACL " + grant;
        }
    }

    /** Denied: the stored policy cannot be read, so nobody knows what it denies. */
    record Unreadable(PolicyName policy) implements Reason {
        @Override
        public String toString() {
            return policy + " is unreadable";
        }
    }

    /** Denied: no rule says anything. */
    record NothingAllows() implements Reason {
        @Override
        public String toString() {
            return "nothing allows it";
        }
    }

    /** Denied: the policy of the temporary credentials does not allow it. */
    record SessionLacks() implements Reason {
        @Override
        public String toString() {
            return "session policy does not allow it";
        }
    }

    /** Denied: another account granted it, but the own account did not hand it on to this user or role. */
    record AccountLacks() implements Reason {
        @Override
        public String toString() {
            return "granted to the account, whose policies do not hand it on";
        }
    }
}

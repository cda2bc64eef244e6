package coffer.sts;

import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Principal;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.StoreException;
import java.time.Instant;
import java.util.Optional;

/**
 * A temporary key with all that is to be known of it: what a token says to whoever can open it.
 *
 * @param tmpSecretId begins with {@link #ID_PREFIX}
 * @param tmpSecretKey never shown or logged, but for the one answer that hands it out
 * @param issued whole seconds
 * @param expires whole seconds; it holds until then, exclusive
 * @param principal as whom it acts
 * @param sessionName how its maker called it
 * @param policy a policy document that limits what may be done with it
 * @param issuerKeyId the permanent key that asked for it, and while that one works only
 * @param issuerUin the user who asked for it
 */
record SessionToken(
        String tmpSecretId,
        String tmpSecretKey,
        Instant issued,
        Instant expires,
        Principal principal,
        String sessionName,
        Optional<String> policy,
        String issuerKeyId,
        String issuerUin) {
    /** No permanent key has an underscore, those of users and those given from outside have letters and digits only. */
    static final String ID_PREFIX = "AKIDtmp_";

    private static final int FORMAT = 1;
    private static final int ROOT = 0;
    private static final int USER = 1;
    private static final int ROLE = 2;

    AccessKey toKey() {
        return new AccessKey(tmpSecretId, tmpSecretKey, principal, policy);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(tmpSecretId)
                .text(tmpSecretKey)
                .number(issued.getEpochSecond())
                .number(expires.getEpochSecond());
        write(out);
        return out.text(sessionName)
                .bytes(policy.map(PackedPolicy::pack).orElse(new byte[0]))
                .text(issuerKeyId)
                .text(issuerUin)
                .toBytes();
    }

    private void write(RecordWriter out) {
        Account account = principal.account();
        switch (principal) {
            case Principal.Anonymous _ -> throw new IllegalStateException("nobody has no keys");
            case Principal.Root _ -> out.number(ROOT).text(account.appId()).text(account.uin());
            case Principal.User user ->
                out.number(USER).text(account.appId()).text(account.uin()).text(user.uin());
            case Principal.Role role ->
                out.number(ROLE)
                        .text(account.appId())
                        .text(account.uin())
                        .text(role.id())
                        .text(role.name());
        }
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws StoreException {@code CORRUPT}
     */
    static SessionToken fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new SessionToken(
                in.text(),
                in.text(),
                Instant.ofEpochSecond(in.number()),
                Instant.ofEpochSecond(in.number()),
                principal(in),
                in.text(),
                Optional.of(in.bytes()).filter(packed -> packed.length > 0).map(PackedPolicy::unpack),
                in.text(),
                in.text());
    }

    private static Principal principal(RecordReader in) {
        int kind = in.count();
        Account account = new Account(in.text(), in.text());
        return switch (kind) {
            case ROOT -> new Principal.Root(account);
            case USER -> new Principal.User(account, in.text());
            case ROLE -> new Principal.Role(account, in.text(), in.text());
            default ->
                throw new StoreException(StoreException.Reason.CORRUPT, "a token of an unknown kind of principals");
        };
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return tmpSecretId + " of " + principal;
    }
}

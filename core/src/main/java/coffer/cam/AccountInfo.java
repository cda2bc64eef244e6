package coffer.cam;

import coffer.identity.Account;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.List;

/**
 * An account with its root user.
 *
 * @param name for people, may be anything
 * @param keys the ids of the root user's keys
 * @param closing whether it is being deleted, so that nothing more can be made in it
 * @param revision grows with each change of the account or of anything in it
 */
public record AccountInfo(
        Account account, String name, Instant created, Quota quota, List<String> keys, boolean closing, long revision) {
    private static final int FORMAT = 1;
    private static final int MAX_NAME_LENGTH = 128;

    /**
     * Checks it.
     *
     * @throws CamException {@code INVALID_ARGUMENT}
     */
    public AccountInfo {
        keys = List.copyOf(keys);
        if (name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw CamError.INVALID_ARGUMENT.because(
                    "The name of an account has at most " + MAX_NAME_LENGTH + " characters and no control characters.");
        }
    }

    /** A new account. */
    static AccountInfo of(Account account, String name, Instant created) {
        return new AccountInfo(account, name, created, Quota.DEFAULT, List.of(), false, 0);
    }

    AccountInfo withName(String other) {
        return new AccountInfo(account, other, created, quota, keys, closing, revision);
    }

    AccountInfo with(Quota other) {
        return new AccountInfo(account, name, created, other, keys, closing, revision);
    }

    AccountInfo withKeys(List<String> other) {
        return new AccountInfo(account, name, created, quota, other, closing, revision);
    }

    AccountInfo closing(boolean other) {
        return new AccountInfo(account, name, created, quota, keys, other, revision);
    }

    AccountInfo touched() {
        return new AccountInfo(account, name, created, quota, keys, closing, revision + 1);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(account.appId())
                .text(account.uin())
                .text(name)
                .time(created);
        quota.write(out);
        return Names.write(out, keys).number(closing ? 1 : 0).number(revision).toBytes();
    }

    static AccountInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new AccountInfo(
                new Account(in.text(), in.text()),
                in.text(),
                in.time(),
                Quota.read(in),
                Names.read(in),
                in.number() == 1,
                in.number());
    }
}

package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.List;

/**
 * A sub-user of an account.
 *
 * @param uin digits, unique on the server, how ACLs and policies name him
 * @param name unique in the account
 * @param groups whose policies he has too
 * @param policies names of his policies
 * @param keys the ids of his keys
 */
public record UserInfo(
        String uin, String name, Instant created, List<String> groups, List<String> policies, List<String> keys) {
    private static final int FORMAT = 1;

    public UserInfo {
        groups = List.copyOf(groups);
        policies = List.copyOf(policies);
        keys = List.copyOf(keys);
    }

    UserInfo withGroups(List<String> other) {
        return new UserInfo(uin, name, created, other, policies, keys);
    }

    UserInfo withPolicies(List<String> other) {
        return new UserInfo(uin, name, created, groups, other, keys);
    }

    UserInfo withKeys(List<String> other) {
        return new UserInfo(uin, name, created, groups, policies, other);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(uin).text(name).time(created);
        Names.write(out, groups);
        Names.write(out, policies);
        return Names.write(out, keys).toBytes();
    }

    static UserInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new UserInfo(in.text(), in.text(), in.time(), Names.read(in), Names.read(in), Names.read(in));
    }
}

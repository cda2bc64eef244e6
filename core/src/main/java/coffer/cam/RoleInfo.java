package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.List;

/**
 * A role of an account, which others can assume for a while.
 *
 * @param id digits, unique on the server
 * @param name unique in the account
 * @param trusted who may assume it: {@code qcs::cam::uin/<owner>:uin/<user>}, a root user standing for all of its account
 * @param policies names of its policies
 */
public record RoleInfo(String id, String name, Instant created, List<String> trusted, List<String> policies) {
    private static final int FORMAT = 1;

    public RoleInfo {
        trusted = List.copyOf(trusted);
        policies = List.copyOf(policies);
    }

    RoleInfo withPolicies(List<String> other) {
        return new RoleInfo(id, name, created, trusted, other);
    }

    RoleInfo withTrusted(List<String> other) {
        return new RoleInfo(id, name, created, other, policies);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(id).text(name).time(created);
        Names.write(out, trusted);
        return Names.write(out, policies).toBytes();
    }

    static RoleInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new RoleInfo(in.text(), in.text(), in.time(), Names.read(in), Names.read(in));
    }
}

package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.List;

/**
 * A group of users, who have its policies beside their own.
 *
 * @param name unique in the account
 * @param policies names of its policies
 */
public record GroupInfo(String name, Instant created, List<String> policies) {
    private static final int FORMAT = 1;

    public GroupInfo {
        policies = List.copyOf(policies);
    }

    GroupInfo withPolicies(List<String> other) {
        return new GroupInfo(name, created, other);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(name).time(created);
        return Names.write(out, policies).toBytes();
    }

    static GroupInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new GroupInfo(in.text(), in.time(), Names.read(in));
    }
}

package coffer.cam;

import coffer.access.Policy;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * A policy that can be attached to users, groups and roles of its account.
 *
 * @param name unique in the account
 * @param policy parsed once a row
 */
public record PolicyInfo(String name, Instant changed, Policy policy) {
    private static final int FORMAT = 1;

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(name)
                .time(changed)
                .text(policy.text())
                .toBytes();
    }

    static PolicyInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new PolicyInfo(in.text(), in.time(), Policy.storedOfIdentity(in.text()));
    }
}

package coffer.replication;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How the replication of a version is. Source: COS API reference, "HEAD Object", {@code x-cos-replication-status}.
 *
 * @param replica whether it is a copy itself; such a one is not copied on
 * @param pending the ids of the rules by which it is still to be copied
 * @param failed whether it could not be copied by some other rule
 */
public record Replication(boolean replica, List<String> pending, boolean failed) {
    /** Of a copy. */
    public static final Replication REPLICA = new Replication(true, List.of(), false);

    public Replication {
        pending = List.copyOf(pending);
    }

    /** Of what is to be copied by some rules. */
    public static Replication pending(List<String> rules) {
        return new Replication(false, rules, false);
    }

    /** After it was copied by a rule, or could not be. */
    public Replication done(String rule, boolean hasFailed) {
        List<String> left = new ArrayList<>(pending);
        left.remove(rule);
        return new Replication(replica, left, failed || hasFailed);
    }

    /** Pending by one rule more. */
    public Replication alsoPending(String rule) {
        List<String> more = new ArrayList<>(pending);
        more.add(rule);
        return new Replication(replica, more, failed);
    }

    /** As clients see it. */
    public String status() {
        if (replica) {
            return "REPLICA";
        }
        return pending.isEmpty() ? (failed ? "FAILED" : "COMPLETED") : "PENDING";
    }

    /** Adds it to a record. */
    public void write(RecordWriter out) {
        out.number(replica ? 1 : 0).number(failed ? 1 : 0).number(pending.size());
        pending.forEach(out::text);
    }

    /** Reads what {@link #write} added. */
    public static Replication read(RecordReader in) {
        boolean replica = in.number() == 1;
        boolean failed = in.number() == 1;
        int count = in.count();
        List<String> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(in.text());
        }
        return new Replication(replica, pending, failed);
    }
}

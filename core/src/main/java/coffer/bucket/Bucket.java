package coffer.bucket;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;

/**
 * A bucket as it is stored.
 *
 * @param name the full name, {@code <name>-<appid>}
 * @param appId the account it belongs to
 * @param ownerUin the UIN of that account
 * @param region where it was made, for instance {@code ap-guangzhou}
 * @param created to the second
 * @param space the name space of its rows; a bucket made again under the same name gets another one
 * @param multiAz whether it was made with {@code BucketAZConfig} MAZ; reported, not acted upon
 * @param state whether somebody is deleting it
 */
public record Bucket(
        String name,
        String appId,
        String ownerUin,
        String region,
        Instant created,
        String space,
        boolean multiAz,
        State state) {
    private static final int FORMAT = 1;

    /** Where in its life a bucket is. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** A delete is checking that it is empty; writes wait for the outcome. */
        DELETING
    }

    Bucket with(State newState) {
        return new Bucket(name, appId, ownerUin, region, created, space, multiAz, newState);
    }

    /** The owner in the form that ACLs and the list of buckets show. */
    public String ownerId() {
        return "qcs::cam::uin/" + ownerUin + ":uin/" + ownerUin;
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(name)
                .text(appId)
                .text(ownerUin)
                .text(region)
                .time(created)
                .text(space)
                .number(multiAz ? 1 : 0)
                .number(state == State.DELETING ? 1 : 0)
                .toBytes();
    }

    static Bucket fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new Bucket(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.time(),
                in.text(),
                in.number() == 1,
                in.number() == 1 ? State.DELETING : State.ACTIVE);
    }
}

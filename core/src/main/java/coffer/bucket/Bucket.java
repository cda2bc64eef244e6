package coffer.bucket;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * @param revision how often its settings or its state were changed
 * @param settings the names of the settings it has, each with the revision that made it what it is
 */
public record Bucket(
        String name,
        String appId,
        String ownerUin,
        String region,
        Instant created,
        String space,
        boolean multiAz,
        State state,
        long revision,
        Map<String, Long> settings) {
    /** Since 2 there are settings. */
    private static final int FORMAT = 2;

    public Bucket {
        settings = Map.copyOf(settings);
    }

    /** Where in its life a bucket is. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** A delete is checking that it is empty; writes wait for the outcome. */
        DELETING
    }

    /** The bucket in another state; with another revision, lest a delete that was called off mistake a later one for itself. */
    Bucket with(State newState) {
        return new Bucket(name, appId, ownerUin, region, created, space, multiAz, newState, revision + 1, settings);
    }

    /** The bucket after a change of what stands beside it. */
    Bucket revised() {
        return new Bucket(name, appId, ownerUin, region, created, space, multiAz, state, revision + 1, settings);
    }

    /** The bucket after a change of a setting, which is there afterwards or is not. */
    Bucket withSetting(String setting, boolean present) {
        Map<String, Long> changed = new LinkedHashMap<>(settings);
        if (present) {
            changed.put(setting, revision + 1);
        } else {
            changed.remove(setting);
        }
        return new Bucket(name, appId, ownerUin, region, created, space, multiAz, state, revision + 1, changed);
    }

    /** The owner in the form that ACLs and the list of buckets show. */
    public String ownerId() {
        return "qcs::cam::uin/" + ownerUin + ":uin/" + ownerUin;
    }

    /**
     * Whether it belongs to an account.
     *
     * @param account its APPID, its UIN, or its ID as ACLs show it
     */
    public boolean isOwnedBy(String account) {
        return account.equals(appId) || account.equals(ownerUin) || account.equals(ownerId());
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(name)
                .text(appId)
                .text(ownerUin)
                .text(region)
                .time(created)
                .text(space)
                .number(multiAz ? 1 : 0)
                .number(state == State.DELETING ? 1 : 0)
                .number(revision)
                .number(settings.size());
        settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> out.text(setting.getKey()).number(setting.getValue()));
        return out.toBytes();
    }

    static Bucket fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        String name = in.text();
        String appId = in.text();
        String ownerUin = in.text();
        String region = in.text();
        Instant created = in.time();
        String space = in.text();
        boolean multiAz = in.number() == 1;
        State state = in.number() == 1 ? State.DELETING : State.ACTIVE;
        long revision = in.format() < 2 ? 0 : in.number();
        return new Bucket(
                name,
                appId,
                ownerUin,
                region,
                created,
                space,
                multiAz,
                state,
                revision,
                in.format() < 2 ? Map.of() : settings(in));
    }

    private static Map<String, Long> settings(RecordReader in) {
        int size = in.count();
        Map<String, Long> settings = LinkedHashMap.newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
            String setting = in.text();
            settings.put(setting, in.number());
        }
        return settings;
    }
}

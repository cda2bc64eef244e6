package coffer.object;

import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.event.EventRows;
import coffer.event.EventType;
import coffer.event.ObjectEvent;
import coffer.event.Postbox;
import coffer.notification.NotificationConfiguration;
import coffer.record.UniqueIds;
import coffer.replication.Replication;
import coffer.replication.ReplicationConfiguration;
import coffer.replication.ReplicationRule;
import coffer.restore.Restoration;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Posts what happens to objects, for those who are to hear of it by the settings of the bucket. Thread-safe. */
final class Announcer {
    private static final Tags UNTAGGED = Tags.none(TagLimits.OBJECT);

    private final BucketSettings settings;
    private final Postbox postbox;
    private final InstantSource clock;
    private final UniqueIds ids;

    Announcer(BucketSettings settings, Postbox postbox, InstantSource clock, UniqueIds ids) {
        this.settings = settings;
        this.postbox = postbox;
        this.clock = clock;
        this.ids = ids;
    }

    /** The version with what the rules of its bucket say of its replication. */
    ObjectVersion prepared(Bucket bucket, String key, ObjectVersion version) {
        Optional<ReplicationConfiguration> rules = settings.find(bucket, Settings.REPLICATION);
        if (rules.isEmpty() || Cause.current().act() == Cause.Act.REPLICATION) {
            return version;
        }
        List<String> pending = rules.get().of(key, version.attributes().tags()).stream()
                .map(ReplicationRule::id)
                .toList();
        return pending.isEmpty() ? version : version.with(Replication.pending(pending));
    }

    /**
     * Adds to a change what announces it.
     *
     * @return whether there is anything to announce
     */
    boolean announce(Bucket bucket, String key, KeyCommit commit, boolean hasVersions) {
        Optional<NotificationConfiguration> notifications = settings.find(bucket, Settings.NOTIFICATION);
        Optional<ReplicationConfiguration> replication = settings.find(bucket, Settings.REPLICATION);
        if (notifications.isEmpty() && replication.isEmpty()) {
            return false;
        }
        boolean any = false;
        Cause cause = Cause.current();
        for (KeyCommit.Happening happening : commit.happenings()) {
            Optional<EventType> type = type(happening.deed(), cause.act());
            if (type.isPresent()) {
                ObjectEvent event = event(type.get(), key, happening, cause, hasVersions);
                List<String> queues = new ArrayList<>();
                notifications.ifPresent(rules -> queues.addAll(rules.queues(event.type(), key)));
                replication.ifPresent(rules -> queues.addAll(copied(rules, event, happening)));
                any |= post(commit, event, event.time(), queues);
            }
            Optional<Restoration> restored = type.filter(EventType.RESTORE_ASKED::equals)
                    .flatMap(_ -> happening.version())
                    .flatMap(ObjectVersion::restoration);
            if (restored.isPresent() && notifications.isPresent()) {
                ObjectEvent done = event(EventType.RESTORE_DONE, key, happening, cause, hasVersions);
                List<String> queues = notifications.get().queues(done.type(), key);
                Instant ready = restored.get().ready();
                any |= post(commit, done, ready.isAfter(done.time()) ? ready : done.time(), queues);
            }
        }
        return any;
    }

    /** The queues of the rules by which it is copied. What came by replication or goes by lifecycle rules is not copied on. */
    private static List<String> copied(
            ReplicationConfiguration rules, ObjectEvent event, KeyCommit.Happening happening) {
        return switch (event.type()) {
            case MARKED ->
                event.cause().act() == Cause.Act.REPLICATION
                        ? List.of()
                        : rules.of(event.key(), UNTAGGED).stream()
                                .filter(ReplicationRule::deleteMarkers)
                                .map(ReplicationRule::queue)
                                .toList();
            default ->
                happening
                        .version()
                        .filter(_ -> happening.deed() == Cause.Deed.CREATED)
                        .flatMap(ObjectVersion::replication)
                        .map(state -> state.pending().stream()
                                .map(id -> ReplicationRule.QUEUES + id)
                                .toList())
                        .orElse(List.of());
        };
    }

    /** Says that what was announced is committed. */
    void posted(Bucket bucket) {
        postbox.posted(bucket.name());
    }

    private static boolean post(KeyCommit commit, ObjectEvent event, Instant due, List<String> queues) {
        if (!queues.isEmpty()) {
            commit.also(EventRows.post(commit.group(), event, due, queues));
        }
        return !queues.isEmpty();
    }

    private ObjectEvent event(
            EventType type, String key, KeyCommit.Happening happening, Cause cause, boolean hasVersions) {
        Optional<ObjectVersion> version = happening.version().filter(_ -> happening.deed() != Cause.Deed.REMOVED);
        return new ObjectEvent(
                type,
                ids.nextSequence(0),
                clock.instant(),
                key,
                hasVersions ? Optional.of(happening.id().text()) : Optional.empty(),
                version.map(ObjectVersion::sizeBytes).orElse(0L),
                version.map(ObjectVersion::etag).orElse(""),
                version.flatMap(present -> present.attributes().contentHeader("Content-Type"))
                        .orElse(""),
                cause);
    }

    private static Optional<EventType> type(Cause.Deed deed, Cause.Act act) {
        return switch (deed) {
            case CREATED -> Optional.of(created(act));
            case MARKED -> Optional.of(act == Cause.Act.LIFECYCLE ? EventType.EXPIRED_TO_MARKER : EventType.MARKED);
            case REMOVED -> Optional.of(act == Cause.Act.LIFECYCLE ? EventType.EXPIRED : EventType.REMOVED);
            case REWRITTEN -> rewritten(act);
        };
    }

    private static EventType created(Cause.Act act) {
        return switch (act) {
            case POST -> EventType.CREATED_BY_POST;
            case COPY -> EventType.CREATED_BY_COPY;
            case COMPLETE_UPLOAD -> EventType.CREATED_BY_UPLOAD;
            case APPEND -> EventType.CREATED_BY_APPEND;
            case ORIGIN -> EventType.CREATED_BY_ORIGIN;
            case REPLICATION -> EventType.CREATED_BY_REPLICATION;
            default -> EventType.CREATED_BY_PUT;
        };
    }

    private static Optional<EventType> rewritten(Cause.Act act) {
        return switch (act) {
            case RESTORE -> Optional.of(EventType.RESTORE_ASKED);
            case TAG -> Optional.of(EventType.TAGGED);
            case UNTAG -> Optional.of(EventType.UNTAGGED);
            case SET_ACL -> Optional.of(EventType.ACL_SET);
            case LIFECYCLE -> Optional.of(EventType.MOVED);
            default -> Optional.empty();
        };
    }
}

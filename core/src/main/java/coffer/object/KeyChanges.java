package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.lock.ObjectLock;
import coffer.store.Commit;
import coffer.usage.Amount;
import coffer.usage.Usage;
import coffer.versioning.Versioning;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How a change of what a key has kept begins, is committed together with what announces it, and is confirmed. Thread-safe. */
final class KeyChanges {
    private final ObjectRows rows;
    private final BucketService buckets;
    private final BucketSettings settings;
    private final Contents contents;
    private final Usage usage;
    private final Announcer announcer;
    private final InstantSource clock;

    KeyChanges(
            ObjectRows rows,
            BucketService buckets,
            BucketSettings settings,
            Contents contents,
            Usage usage,
            Announcer announcer,
            InstantSource clock) {
        this.rows = rows;
        this.buckets = buckets;
        this.settings = settings;
        this.contents = contents;
        this.usage = usage;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * What a change meets.
     *
     * @throws CosException {@code NoSuchBucket} if the bucket is gone
     */
    Situation situation(Bucket bucket, String key) {
        Bucket now = buckets.find(bucket.name())
                .filter(found -> found.space().equals(bucket.space()))
                .orElseThrow(CosError.NO_SUCH_BUCKET::exception);
        Versioning versioning = settings.versioning(now);
        return new Situation(
                now,
                rows.state(bucket, key, versioning != Versioning.NEVER),
                versioning,
                settings.find(now, Settings.OBJECT_LOCK),
                clock.instant());
    }

    KeyCommit begin(Situation situation, boolean bypassesGovernance) {
        return new KeyCommit(
                rows,
                situation.state(),
                contents::storedTail,
                version -> version.version().attributes().lock().requireUnlocked(situation.time(), bypassesGovernance));
    }

    /** The version with the lock that its writer or its bucket gives it, and with what rules of replication say of it. */
    ObjectVersion prepared(String key, ObjectVersion version, Situation now) {
        ObjectLock asked = version.attributes().lock();
        ObjectLock lock = ObjectLock.ofWrite(now.lock(), asked, now.time());
        ObjectVersion locked =
                lock.equals(asked) ? version : version.with(version.attributes().with(lock));
        return announcer.prepared(now.bucket(), key, locked);
    }

    /** Commits a change; {@code false} if another one came between. */
    boolean commit(String key, Situation now, KeyCommit change) {
        boolean announced = announce(key, now, change);
        return commit(key, now, change.toCommit(), change.more(), announced);
    }

    /** The same with what else the next version changes. */
    boolean commit(String key, Situation now, KeyCommit change, NextVersion next) {
        boolean announced = announce(key, now, change);
        return commit(key, now, change.toCommit(next), change.more().plus(next.more()), announced);
    }

    private boolean announce(String key, Situation now, KeyCommit change) {
        return announcer.announce(now.bucket(), key, change, now.versioning() != Versioning.NEVER);
    }

    private boolean commit(String key, Situation now, Commit commit, Amount more, boolean announced) {
        boolean done = usage.commit(now.bucket(), key, commit, more);
        if (done && announced) {
            announcer.posted(now.bucket());
        }
        return done;
    }

    /**
     * Undoes a write into a bucket that was being deleted at that moment.
     *
     * @throws CosException {@code ServiceUnavailable} if it was
     */
    void confirm(Bucket bucket, String key, ObjectVersion version) {
        if (!buckets.confirm(bucket)) {
            undo(
                    bucket,
                    key,
                    version.id(),
                    kept -> kept instanceof StoredObject stored
                            && stored.version().writeId().equals(version.writeId()));
            throw beingDeleted();
        }
    }

    /** The same for a delete marker. */
    void confirm(Bucket bucket, String key, VersionId marker) {
        if (!buckets.confirm(bucket)) {
            undo(bucket, key, marker, kept -> kept.id().equals(marker));
            throw beingDeleted();
        }
    }

    /** Removes what no client was told of, locked or not: who writes it again must not find it in the way. */
    private void undo(Bucket bucket, String key, VersionId id, Predicate<KeptVersion> isIt) {
        try {
            boolean _ = Attempts.repeat(() -> {
                Situation now = situation(bucket, key);
                Optional<KeptVersion> made = rows.find(bucket, key, id.named()).filter(isIt);
                KeyCommit commit = new KeyCommit(rows, now.state(), contents::storedTail, version -> {});
                made.ifPresent(kept -> commit.remove(List.of(kept)));
                return made.isEmpty() || commit(key, now, commit) ? Optional.of(true) : Optional.empty();
            });
        } catch (CosException e) {
            // the bucket is gone, and its rows with it
        }
    }

    private static CosException beingDeleted() {
        return CosError.SERVICE_UNAVAILABLE.because("The bucket is being deleted; try again.");
    }
}

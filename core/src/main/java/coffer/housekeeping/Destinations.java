package coffer.housekeeping;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.object.Replicas;
import coffer.object.StorageClass;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundException;
import coffer.outbound.RemoteStore;
import coffer.outbound.Targets;
import coffer.remote.RemoteBucket;
import coffer.replication.ReplicaTarget;
import coffer.replication.ReplicationConfiguration;
import coffer.replication.ReplicationRule;
import coffer.versioning.Versioning;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The buckets that rules of replication copy to: those of this server, and those of stores that their account calls by the
 * name of a region. Thread-safe.
 */
public final class Destinations {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final Replicas replicas;
    private final Targets targets;
    private final Outbound outbound;
    private final List<String> regions;
    private final InstantSource worldClock;

    /**
     * Destinations.
     *
     * @param regions those of this server
     * @param worldClock that of the world, which other stores compare signatures with
     */
    public Destinations(
            BucketService buckets,
            BucketSettings settings,
            Replicas replicas,
            Targets targets,
            Outbound outbound,
            List<String> regions,
            InstantSource worldClock) {
        this.buckets = buckets;
        this.settings = settings;
        this.replicas = replicas;
        this.targets = targets;
        this.outbound = outbound;
        this.regions = List.copyOf(regions);
        this.worldClock = worldClock;
    }

    /** Where a rule of a bucket copies to; empty if it is not there, or belongs to somebody else by now. */
    Optional<Destination> of(Bucket from, ReplicationRule rule) {
        Optional<StorageClass> storageClass = rule.storageClass().map(StorageClass::parse);
        return isHere(rule.target())
                ? here(rule.target())
                        .filter(bucket -> bucket.appId().equals(from.appId()))
                        .map(bucket -> new LocalDestination(replicas, bucket, storageClass))
                : remote(from, rule.target()).map(bucket -> new RemoteDestination(replicas, bucket, storageClass));
    }

    private boolean isHere(ReplicaTarget target) {
        return target.region().filter(region -> !regions.contains(region)).isEmpty();
    }

    private Optional<Bucket> here(ReplicaTarget target) {
        return buckets.find(target.bucket())
                .filter(bucket -> target.region()
                        .filter(region -> !region.equals(bucket.region()))
                        .isEmpty());
    }

    private Optional<RemoteBucket> remote(Bucket from, ReplicaTarget target) {
        Optional<RemoteStore> store = target.region().flatMap(region -> targets.remote(from.appId(), region));
        return store.map(remote -> new RemoteBucket(outbound, remote, target.bucket(), worldClock));
    }

    /**
     * Refuses rules that could not work. Source: COS API reference, "PUT Bucket replication".
     *
     * @throws CosException {@code InvalidBucketState}, {@code NoSuchBucket}, {@code UserNotTargetBucketOwner},
     *     {@code InvalidArgument}, {@code NotSupportedStorageClass}
     */
    public void requireFit(Bucket bucket, ReplicationConfiguration rules) {
        if (settings.versioning(bucket) != Versioning.ENABLED) {
            throw CosError.INVALID_BUCKET_STATE.because("Enable versioning of the bucket first.");
        }
        rules.rules().forEach(rule -> requireFit(bucket, rule));
    }

    private void requireFit(Bucket bucket, ReplicationRule rule) {
        Optional<StorageClass> _ = rule.storageClass().map(StorageClass::parse);
        String name = rule.target().bucket();
        if (!isHere(rule.target())) {
            RemoteBucket remote = remote(bucket, rule.target())
                    .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The account has no store called "
                            + rule.target().region().orElse("") + "; the administrator names one by ./coffer admin"
                            + " remote put."));
            requireVersioned(remote, name);
            return;
        }
        Bucket target = here(rule.target()).orElseThrow(() -> CosError.NO_SUCH_BUCKET.at(name));
        if (target.name().equals(bucket.name())) {
            throw CosError.INVALID_ARGUMENT.because("A bucket cannot be copied to itself.");
        }
        if (!target.appId().equals(bucket.appId())) {
            throw CosError.USER_NOT_TARGET_BUCKET_OWNER.exception();
        }
        if (settings.versioning(target) != Versioning.ENABLED) {
            throw CosError.INVALID_BUCKET_STATE.because("Enable versioning of " + name + " first.");
        }
    }

    private static void requireVersioned(RemoteBucket remote, String name) {
        boolean versioned;
        try {
            versioned = remote.isVersioned();
        } catch (OutboundException e) {
            throw CosError.INVALID_ARGUMENT.because("The bucket " + name + " cannot be reached: " + e.getMessage());
        }
        if (!versioned) {
            throw CosError.INVALID_BUCKET_STATE.because("Enable versioning of " + name + " first.");
        }
    }
}

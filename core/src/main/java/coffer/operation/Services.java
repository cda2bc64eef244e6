package coffer.operation;

import coffer.awssignature.AwsFormAuthenticator;
import coffer.background.MovableClock;
import coffer.batch.BatchJobs;
import coffer.bucket.BucketInventories;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.DomainTable;
import coffer.encryption.ContentKeys;
import coffer.fetch.FetchTasks;
import coffer.housekeeping.Destinations;
import coffer.identity.RoleFinder;
import coffer.multipart.MultipartService;
import coffer.multipart.UploadAssembly;
import coffer.multipart.UploadListing;
import coffer.object.AccessControl;
import coffer.object.CosForm;
import coffer.object.FormDialect;
import coffer.object.ObjectListing;
import coffer.object.ObjectService;
import coffer.object.Replicas;
import coffer.object.VersionListing;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.pull.Origins;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.s3.S3BucketNames;
import coffer.s3.S3Form;
import coffer.select.SelectLimits;
import coffer.select.Selects;
import coffer.signature.PostPolicyAuthenticator;
import coffer.store.Engine;
import coffer.usage.Usage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What handlers are made of, wired by hand.
 *
 * @param health whether the server can do its work; starting until it is told otherwise
 * @param regions the regions served here, the default first
 * @param restoreDelays how long it takes to restore what is archived
 * @param outbound makes the requests that buckets are set to make
 * @param targets where these may go by name
 * @param destinations the buckets that others are copied to
 * @param origins where buckets get what they lack
 * @param selects what runs SELECT
 */
public record Services(
        BucketService buckets,
        BucketSettings settings,
        BucketInventories inventories,
        BatchJobs batchJobs,
        RoleFinder roles,
        DomainTable domains,
        ContentKeys contentKeys,
        Usage usage,
        ObjectService objects,
        ObjectListing listing,
        VersionListing versionListing,
        AccessControl access,
        MultipartService uploads,
        UploadListing uploadListing,
        UploadAssembly assembly,
        FetchTasks fetches,
        List<FormDialect> forms,
        Refusals refusals,
        ServerHealth health,
        InstantSource clock,
        UniqueIds ids,
        List<String> regions,
        RestoreDelays restoreDelays,
        Outbound outbound,
        Targets targets,
        Destinations destinations,
        Origins origins,
        Selects selects) {

    /** The services over an engine, without one for SELECT. */
    public static Services over(
            Engine engine,
            Callers callers,
            ContentKeys contentKeys,
            InstantSource clock,
            UniqueIds ids,
            List<String> regions,
            RestoreDelays restoreDelays,
            Outbound outbound,
            Targets targets) {
        BucketService buckets = new BucketService(engine.metadata(), callers.limits(), clock, ids);
        BucketSettings settings = new BucketSettings(engine.metadata(), buckets);
        Usage usage = new Usage(engine.metadata());
        ObjectService objects = new ObjectService(engine, usage, buckets, settings, contentKeys, clock, ids);
        MultipartService uploads = new MultipartService(engine, usage, buckets, objects, clock, ids);
        return new Services(
                buckets,
                settings,
                new BucketInventories(engine.metadata(), buckets, clock, ids),
                new BatchJobs(engine.metadata()),
                callers.roles(),
                new DomainTable(engine.metadata(), buckets, settings, ids),
                contentKeys,
                usage,
                objects,
                new ObjectListing(engine.metadata()),
                new VersionListing(engine.metadata()),
                new AccessControl(settings, objects.versions(), callers.requesters(), clock),
                uploads,
                new UploadListing(engine.metadata()),
                new UploadAssembly(objects, uploads, clock, ids),
                new FetchTasks(engine.metadata(), clock, ids),
                List.of(
                        new S3Form(
                                new AwsFormAuthenticator(callers.keys(), callers.attempts(), clock),
                                new S3BucketNames(buckets)),
                        new CosForm(new PostPolicyAuthenticator(callers.keys(), callers.attempts(), clock))),
                new Refusals(),
                new ServerHealth(engine::trouble),
                clock,
                ids,
                List.copyOf(regions),
                restoreDelays,
                outbound,
                targets,
                new Destinations(
                        buckets,
                        settings,
                        new Replicas(engine.metadata(), objects, ids),
                        targets,
                        outbound,
                        regions,
                        MovableClock.ofTheWorld(clock)),
                new Origins(engine.metadata(), buckets, settings, objects, outbound, clock, ids),
                new Selects(Optional.empty(), SelectLimits.DEFAULT));
    }

    /** The same services but for what runs SELECT. */
    public Services with(Selects others) {
        return new Services(
                buckets,
                settings,
                inventories,
                batchJobs,
                roles,
                domains,
                contentKeys,
                usage,
                objects,
                listing,
                versionListing,
                access,
                uploads,
                uploadListing,
                assembly,
                fetches,
                forms,
                refusals,
                health,
                clock,
                ids,
                regions,
                restoreDelays,
                outbound,
                targets,
                destinations,
                origins,
                others);
    }
}

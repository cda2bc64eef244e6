package coffer.operation;

import coffer.api.CosError;
import coffer.bucket.Bucket;
import coffer.bucket.BucketInventory;
import coffer.bucket.SettingRules;
import coffer.bucket.Settings;
import coffer.cors.CorsConfiguration;
import coffer.multipart.CompleteMultipartUpload;
import coffer.multipart.ListMultipartUploads;
import coffer.multipart.ListParts;
import coffer.multipart.UploadPart;
import coffer.object.DeleteMultipleObjects;
import coffer.object.GetObjectAttributes;
import coffer.object.ListObjectVersions;
import coffer.object.ListObjects;
import coffer.object.ListObjectsV2;
import coffer.object.ListingWords;
import coffer.object.ObjectRetention;
import coffer.object.RestoreWords;
import coffer.request.Handler;
import coffer.s3.S3DeleteBucket;
import coffer.s3.S3Error;
import coffer.s3.S3GetBucketEncryption;
import coffer.s3.S3GetObject;
import coffer.s3.S3Inventory;
import coffer.s3.S3Lifecycle;
import coffer.s3.S3ListBuckets;
import coffer.s3.S3Logging;
import coffer.s3.S3ObjectLock;
import coffer.s3.S3PutBucket;
import coffer.s3.S3Replication;
import coffer.s3.S3StorageClass;
import coffer.s3.SettledEncryption;
import coffer.s3.Translated;
import coffer.website.WebsiteConfiguration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What answers S3 clients where their documents or rules differ from those of COS. */
final class S3Handlers {
    private static final ListingWords WORDS = new ListingWords(
            Bucket::ownerId, storageClass -> S3StorageClass.toS3(storageClass.name()), "null", RestoreWords.S3, 0);

    private static final DeleteMultipleObjects.Style DELETES =
            new DeleteMultipleObjects.Style(false, true, e -> S3Error.of(e).code());

    private S3Handlers() {}

    static Map<Operation, Handler> of(Services s) {
        Map<Operation, Handler> handlers = new EnumMap<>(Operation.class);
        buckets(handlers, s);
        objectLock(handlers, s);
        inventories(handlers, s);
        handlers.put(Operation.PUT_BUCKET_CORS, Handlers.put(s, Settings.CORS.sentAs(CorsConfiguration::read)));
        handlers.put(
                Operation.PUT_BUCKET_WEBSITE, Handlers.put(s, Settings.WEBSITE.sentAs(WebsiteConfiguration::readOfS3)));
        for (Operation read : List.of(Operation.GET_OBJECT, Operation.HEAD_OBJECT)) {
            handlers.put(read, new S3GetObject(s.buckets(), s.access(), read.handler(s)));
        }
        handlers.put(Operation.SELECT_OBJECT_CONTENT, new S3GetObject(s.buckets(), s.access(), Handlers.select(s)));
        handlers.put(
                Operation.GET_OBJECT_ATTRIBUTES,
                new S3GetObject(s.buckets(), s.access(), new GetObjectAttributes(s.buckets(), s.objects(), WORDS)));
        handlers.put(
                Operation.COMPLETE_MULTIPART_UPLOAD,
                new SettledEncryption(new Translated(
                        new CompleteMultipartUpload(s.buckets(), s.objects(), s.uploads(), s.assembly()),
                        Map.of(CosError.MISSING_REQUEST_BODY, CosError.MALFORMED_XML))));
        handlers.put(
                Operation.UPLOAD_PART, new SettledEncryption(new UploadPart(s.buckets(), s.objects(), s.uploads())));
        handlers.put(Operation.LIST_PARTS, new ListParts(s.buckets(), s.uploads(), WORDS));
        handlers.put(Operation.LIST_MULTIPART_UPLOADS, new ListMultipartUploads(s.buckets(), s.uploadListing(), WORDS));
        handlers.put(Operation.GET_OBJECT_TAGGING, Handlers.tags(s).getSorted());
        handlers.put(
                Operation.GET_BUCKET_LIFECYCLE,
                Handlers.get(s, S3Lifecycle.ANSWERED, CosError.NO_SUCH_LIFECYCLE_CONFIGURATION));
        handlers.put(
                Operation.PUT_BUCKET_LIFECYCLE,
                Handlers.put(s, S3Lifecycle.SENT, new SettingRules(s.settings())::lifecycle));
        handlers.put(Operation.DELETE_BUCKET_LIFECYCLE, Handlers.delete(s, Settings.LIFECYCLE));
        handlers.put(
                Operation.GET_BUCKET_REPLICATION,
                Handlers.get(s, S3Replication.ANSWERED, CosError.REPLICATION_CONFIGURATION_NOT_FOUND));
        handlers.put(Operation.PUT_BUCKET_REPLICATION, Handlers.put(s, S3Replication.SENT, Handlers.fitting(s)));
        handlers.put(Operation.GET_BUCKET_LOGGING, Handlers.get(s, S3Logging.ANSWERED, "BucketLoggingStatus"));
        handlers.put(Operation.PUT_BUCKET_LOGGING, Handlers.putLogging(s, S3Logging.SENT));
        handlers.put(Operation.GET_BUCKET_ENCRYPTION, new S3GetBucketEncryption(s.buckets(), s.settings()));
        handlers.put(
                Operation.DELETE_MULTIPLE_OBJECTS,
                new DeleteMultipleObjects(s.buckets(), s.objects(), s.access(), DELETES));
        return handlers;
    }

    private static void buckets(Map<Operation, Handler> handlers, Services s) {
        handlers.put(Operation.LIST_BUCKETS, new S3ListBuckets(s.buckets()));
        handlers.put(Operation.PUT_BUCKET, new S3PutBucket(s.buckets(), s.settings(), s.regions()));
        handlers.put(
                Operation.DELETE_BUCKET,
                new S3DeleteBucket(
                        s.buckets(), s.versionListing(), s.uploadListing(), s.uploads(), Handlers.deleteBucket(s)));
        handlers.put(Operation.LIST_OBJECTS, new ListObjects(s.buckets(), s.listing(), WORDS, s.clock()));
        handlers.put(Operation.LIST_OBJECTS_V2, new ListObjectsV2(s.buckets(), s.listing(), WORDS, s.clock()));
        handlers.put(
                Operation.LIST_OBJECT_VERSIONS,
                new ListObjectVersions(s.buckets(), s.objects(), s.versionListing(), WORDS, s.clock()));
    }

    private static void inventories(Map<Operation, Handler> handlers, Services s) {
        BucketInventory inventory = InventoryHandlers.of(s, S3Inventory.DIALECT);
        handlers.put(Operation.GET_BUCKET_INVENTORY, inventory.get());
        handlers.put(Operation.LIST_BUCKET_INVENTORY, inventory.list());
        handlers.put(Operation.PUT_BUCKET_INVENTORY, inventory.put());
        handlers.put(Operation.DELETE_BUCKET_INVENTORY, inventory.delete());
    }

    private static void objectLock(Map<Operation, Handler> handlers, Services s) {
        ObjectRetention retention = Handlers.retention(s);
        handlers.put(
                Operation.PUT_BUCKET_OBJECT_LOCK_CONFIGURATION,
                S3ObjectLock.configuration(Handlers.put(s, Settings.OBJECT_LOCK, S3ObjectLock.rule(s.settings()))));
        handlers.put(
                Operation.GET_BUCKET_OBJECT_LOCK_CONFIGURATION,
                S3ObjectLock.configuration(
                        Handlers.get(s, Settings.OBJECT_LOCK, CosError.NO_SUCH_OBJECT_LOCK_CONFIGURATION)));
        handlers.put(Operation.GET_OBJECT_RETENTION, retention.getWhereEnabled());
        handlers.put(Operation.PUT_OBJECT_RETENTION, S3ObjectLock.ofObject(retention.put()));
        handlers.put(Operation.PUT_OBJECT_LEGAL_HOLD, S3ObjectLock.ofObject(retention.putLegalHold()));
    }
}

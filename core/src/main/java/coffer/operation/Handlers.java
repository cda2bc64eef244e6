package coffer.operation;

import coffer.access.Policy;
import coffer.accesslog.LoggingConfiguration;
import coffer.api.CosError;
import coffer.bucket.AccessRules;
import coffer.bucket.AttachmentLimit;
import coffer.bucket.BucketSetting;
import coffer.bucket.BucketSettings;
import coffer.bucket.DeleteBucket;
import coffer.bucket.DeleteBucketSetting;
import coffer.bucket.DomainOwners;
import coffer.bucket.GetBucketSetting;
import coffer.bucket.IntelligentTiering;
import coffer.bucket.NotConfigured;
import coffer.bucket.PutBucketSetting;
import coffer.bucket.SettingRules;
import coffer.bucket.Settings;
import coffer.fetch.FetchHandlers;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.multipart.UploadRows;
import coffer.notification.NotificationConfiguration;
import coffer.object.ContentReader;
import coffer.object.GetObject;
import coffer.object.GovernanceBypass;
import coffer.object.ObjectAcl;
import coffer.object.ObjectRetention;
import coffer.object.ObjectRows;
import coffer.object.ObjectSymlink;
import coffer.object.ObjectTagging;
import coffer.object.RenameObject;
import coffer.object.WebsitePage;
import coffer.replication.ReplicationConfiguration;
import coffer.request.Handler;
import coffer.select.SelectObjectContent;
import java.util.List;
import java.util.function.Function;

/** Handlers that serve more than one row of {@link Operation}. */
final class Handlers {
    private Handlers() {}

    /** Makes the handler that reads a setting nobody can make. */
    interface Unset extends Function<Services, Handler> {}

    static <T> PutBucketSetting<T> put(Services services, BucketSetting<T> setting) {
        return put(services, setting, BucketSettings.Rule.any());
    }

    static <T> PutBucketSetting<T> put(Services services, BucketSetting<T> setting, BucketSettings.Rule<T> rule) {
        return PutBucketSetting.of(services.buckets(), services.settings(), setting, rule);
    }

    static Handler get(Services services, BucketSetting<?> setting, CosError absent) {
        return GetBucketSetting.orError(services.buckets(), services.settings(), setting, absent);
    }

    static Handler get(Services services, BucketSetting<?> setting, String emptyRootElement) {
        return GetBucketSetting.orEmpty(services.buckets(), services.settings(), setting, emptyRootElement);
    }

    static <T> Handler delete(Services services, BucketSetting<T> setting) {
        return new DeleteBucketSetting<>(services.buckets(), services.settings(), setting, BucketSettings.Rule.any());
    }

    static Handler putLifecycle(Services services) {
        return put(services, Settings.LIFECYCLE, new SettingRules(services.settings())::lifecycle);
    }

    /** Rules that are not there cannot be removed. */
    static Handler deleteLifecycle(Services services) {
        BucketSettings.Rule<LifecycleConfiguration> isThere = (bucket, before, next) -> {
            if (before.isEmpty()) {
                throw CosError.NO_SUCH_LIFECYCLE_CONFIGURATION.exception();
            }
        };
        return new DeleteBucketSetting<>(services.buckets(), services.settings(), Settings.LIFECYCLE, isThere);
    }

    /** Webhooks must be there before they are named; a document without any ends it. */
    static Handler putNotification(Services services) {
        BucketSettings.Rule<NotificationConfiguration> targetsExist =
                (bucket, before, next) -> next.ifPresent(rules -> rules.requireTargets(
                        name -> services.targets().webhook(bucket.appId(), name).isPresent()));
        return put(services, Settings.NOTIFICATION, targetsExist).removing(NotificationConfiguration::isEmpty);
    }

    static Handler putReplication(Services services) {
        return put(services, Settings.REPLICATION, fitting(services));
    }

    /** Rules lead to buckets that are there and versioned. */
    static BucketSettings.Rule<ReplicationConfiguration> fitting(Services services) {
        return (bucket, before, next) ->
                next.ifPresent(rules -> services.destinations().requireFit(bucket, rules));
    }

    static Handler putPolicy(Services services) {
        BucketSettings.Rule<Policy> limit = new AttachmentLimit(services.buckets(), services.settings())::policy;
        return put(services, Settings.POLICY, limit.and(new AccessRules(services.settings())::policy))
                .withoutContent();
    }

    /** A document that names no target removes the setting. */
    static Handler putLogging(Services services, BucketSetting<LoggingConfiguration> setting) {
        return put(services, setting, SettingRules.logging(services.buckets()::find))
                .removing(logging -> logging.target().isEmpty());
    }

    /** A master key that is named must be there. */
    static Handler putEncryption(Services services) {
        return put(
                services,
                Settings.ENCRYPTION,
                (bucket, before, next) -> next.ifPresent(services.contentKeys()::require));
    }

    static Handler deleteBucket(Services services) {
        List<Character> content = List.of(ObjectRows.CURRENT, ObjectRows.VERSION, UploadRows.UPLOAD);
        return services.domains().after(new DeleteBucket(services.buckets(), content));
    }

    static Handler putDomain(Services services) {
        DomainOwners owners = new DomainOwners(services.buckets(), services.settings());
        return services.domains().after(put(services, Settings.DOMAIN, owners::check));
    }

    static Handler deleteDomain(Services services) {
        return services.domains().after(delete(services, Settings.DOMAIN));
    }

    static Handler websitePage(Services services) {
        return new WebsitePage(
                services.buckets(),
                services.settings(),
                services.objects(),
                services.access(),
                new GetObject(services.buckets(), services.objects(), services.access()));
    }

    static SelectObjectContent select(Services services) {
        return new SelectObjectContent(
                new ContentReader(services.buckets(), services.objects(), services.access()),
                services.clock(),
                services.selects());
    }

    static Handler getObject(Services services) {
        return services.origins().behind(new GetObject(services.buckets(), services.objects(), services.access()));
    }

    static ObjectAcl acl(Services services) {
        return new ObjectAcl(services.buckets(), services.settings(), services.objects());
    }

    static ObjectTagging tags(Services services) {
        return new ObjectTagging(services.buckets(), services.objects(), services.access(), services.clock());
    }

    static ObjectRetention retention(Services services) {
        return new ObjectRetention(
                services.buckets(),
                services.settings(),
                services.objects(),
                new GovernanceBypass(services.access()),
                services.clock());
    }

    static ObjectSymlink symlink(Services services) {
        return new ObjectSymlink(
                services.buckets(), services.objects(), services.access(), services.clock(), services.ids());
    }

    static Handler rename(Services services) {
        return new RenameObject(services.buckets(), services.objects(), services.access(), services.ids());
    }

    static IntelligentTiering tiering(Services services) {
        return new IntelligentTiering(services.buckets(), services.settings());
    }

    static FetchHandlers fetch(Services services) {
        return new FetchHandlers(services.buckets(), services.access(), services.fetches());
    }

    static Unset unset(CosError error) {
        return services -> NotConfigured.error(services.buckets(), error);
    }

    static Unset unset(String rootElement) {
        return services -> NotConfigured.document(services.buckets(), rootElement);
    }

    static Unset unset(String rootElement, String element, String text) {
        return services -> NotConfigured.document(services.buckets(), rootElement, element, text);
    }
}

package coffer.admin;

import coffer.bucket.Bucket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API says of buckets. */
final class BucketOperations {
    private BucketOperations() {}

    /** @param settings names of those that are made */
    record BucketView(
            String name,
            String appId,
            String ownerUin,
            String region,
            Instant created,
            List<String> settings,
            UsageOperations.UsageView usage) {
        static BucketView of(AdminServices services, Bucket bucket) {
            return new BucketView(
                    bucket.name(),
                    bucket.appId(),
                    bucket.ownerUin(),
                    bucket.region(),
                    bucket.created(),
                    bucket.settings().keySet().stream().sorted().toList(),
                    UsageOperations.UsageView.of(services.services().usage().of(bucket)));
        }
    }

    record BucketList(List<BucketView> buckets) {}

    static BucketList list(AdminServices services, AdminCall call) {
        Optional<String> appId = call.parameter("appId");
        return new BucketList(services.services().buckets().all().stream()
                .filter(bucket ->
                        appId.filter(wanted -> !wanted.equals(bucket.appId())).isEmpty())
                .map(bucket -> BucketView.of(services, bucket))
                .toList());
    }

    static BucketView get(AdminServices services, AdminCall call) {
        String name = call.path("bucket");
        return services.services()
                .buckets()
                .find(name)
                .map(bucket -> BucketView.of(services, bucket))
                .orElseThrow(() -> AdminException.notFound("There is no bucket " + name + "."));
    }
}

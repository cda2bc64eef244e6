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
            String name, String appId, String ownerUin, String region, Instant created, List<String> settings) {
        static BucketView of(Bucket bucket) {
            return new BucketView(
                    bucket.name(),
                    bucket.appId(),
                    bucket.ownerUin(),
                    bucket.region(),
                    bucket.created(),
                    bucket.settings().keySet().stream().sorted().toList());
        }
    }

    record BucketList(List<BucketView> buckets) {}

    static BucketList list(AdminServices services, AdminCall call) {
        Optional<String> appId = call.parameter("appId");
        return new BucketList(services.services().buckets().all().stream()
                .filter(bucket ->
                        appId.filter(wanted -> !wanted.equals(bucket.appId())).isEmpty())
                .map(BucketView::of)
                .toList());
    }

    static BucketView get(AdminServices services, AdminCall call) {
        String name = call.path("bucket");
        return services.services()
                .buckets()
                .find(name)
                .map(BucketView::of)
                .orElseThrow(() -> AdminException.notFound("There is no bucket " + name + "."));
    }
}

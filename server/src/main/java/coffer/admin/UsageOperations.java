package coffer.admin;

import coffer.bucket.Bucket;
import coffer.cam.AccountInfo;
import coffer.usage.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the admin API says of how much is held. */
final class UsageOperations {
    private UsageOperations() {}

    /**
     * How much is held.
     *
     * @param bytes of objects with all their versions and of uploaded parts
     * @param objects versions; delete markers and parts do not count
     * @param approximate whether it is still being counted, after the server was not stopped properly
     */
    record UsageView(long bytes, long objects, boolean approximate) {
        static UsageView of(Reading reading) {
            return new UsageView(reading.amount().bytes(), reading.amount().objects(), reading.isApproximate());
        }
    }

    record AccountUsage(String appId, String name, int buckets, UsageView usage, AccountOperations.QuotaView quota) {
        static AccountUsage of(AdminServices services, AccountInfo account, int buckets) {
            return new AccountUsage(
                    account.account().appId(),
                    account.name(),
                    buckets,
                    UsageView.of(services.services()
                            .usage()
                            .ofAccount(account.account().appId())),
                    AccountOperations.QuotaView.of(account.quota()));
        }
    }

    record UsageList(List<AccountUsage> accounts) {}

    static UsageList list(AdminServices services, AdminCall call) {
        Map<String, Integer> buckets = services.services().buckets().all().stream()
                .collect(Collectors.toMap(Bucket::appId, bucket -> 1, Integer::sum));
        return new UsageList(services.cam().accounts().list().stream()
                .map(account -> AccountUsage.of(
                        services,
                        account,
                        buckets.getOrDefault(account.account().appId(), 0)))
                .toList());
    }

    static AccountUsage get(AdminServices services, AdminCall call) {
        AccountInfo account = services.cam().accounts().require(call.path("appId"));
        return AccountUsage.of(
                services,
                account,
                services.services().buckets().list(account.account()).size());
    }
}

package coffer.admin;

import coffer.cam.AccountInfo;
import coffer.cam.Accounts;
import coffer.cam.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with accounts. */
final class AccountOperations {
    private AccountOperations() {}

    /**
     * Limits; what is absent is not limited, but for buckets, of which there are 200 then.
     *
     * @param bytes of objects with all their versions and of uploaded parts
     * @param objects versions; delete markers and parts do not count
     */
    record QuotaView(Optional<Long> bytes, Optional<Long> objects, Optional<Integer> buckets) {
        static QuotaView of(Quota quota) {
            return new QuotaView(limited(quota.bytes()), limited(quota.objects()), Optional.of(quota.buckets()));
        }

        private static Optional<Long> limited(long limit) {
            return limit == Quota.DEFAULT.bytes() ? Optional.empty() : Optional.of(limit);
        }

        Quota quota() {
            return new Quota(
                    bytes.orElse(Quota.DEFAULT.bytes()),
                    objects.orElse(Quota.DEFAULT.objects()),
                    buckets.orElse(Quota.DEFAULT.buckets()));
        }
    }

    /**
     * An account.
     *
     * @param appId the end of the names of its buckets
     * @param uin how ACLs and policies name it
     */
    record AccountView(String appId, String uin, String name, Instant created, QuotaView quota, int keys) {
        static AccountView of(AccountInfo account) {
            return new AccountView(
                    account.account().appId(),
                    account.account().uin(),
                    account.name(),
                    account.created(),
                    QuotaView.of(account.quota()),
                    account.keys().size());
        }
    }

    record AccountList(List<AccountView> accounts) {}

    /** @param appId 5 to 15 digits; made up if absent */
    record CreateAccount(String name, Optional<String> appId) {}

    record UpdateAccount(Optional<String> name, Optional<QuotaView> quota) {}

    static AccountList list(AdminServices services, AdminCall call) {
        return new AccountList(
                services.cam().accounts().list().stream().map(AccountView::of).toList());
    }

    static AccountView create(AdminServices services, AdminCall call) {
        CreateAccount wanted = call.body(CreateAccount.class);
        AccountView made = AccountView.of(services.cam().accounts().create(wanted.name, wanted.appId));
        call.audit("appId", made.appId);
        return made;
    }

    static AccountView get(AdminServices services, AdminCall call) {
        return AccountView.of(services.cam().accounts().require(call.path("appId")));
    }

    static AccountView update(AdminServices services, AdminCall call) {
        UpdateAccount wanted = call.body(UpdateAccount.class);
        Accounts accounts = services.cam().accounts();
        String appId = call.path("appId");
        AccountInfo account = accounts.require(appId);
        if (wanted.name.isPresent()) {
            account = accounts.rename(appId, wanted.name.get());
        }
        if (wanted.quota.isPresent()) {
            account = accounts.limit(appId, wanted.quota.get().quota());
            services.quotas().run();
        }
        return AccountView.of(account);
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        String appId = call.path("appId");
        if (services.status().rootAccount().appId().equals(appId)) {
            throw AdminException.invalid("The first account cannot be deleted.");
        }
        services.cam()
                .accounts()
                .delete(
                        appId,
                        () -> services.services().buckets().all().stream()
                                .anyMatch(bucket -> bucket.appId().equals(appId)));
        return new AdminWork.None();
    }
}

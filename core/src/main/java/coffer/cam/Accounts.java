package coffer.cam;

import coffer.identity.Account;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The accounts of this server. Thread-safe. */
public final class Accounts {
    private static final int MAX_ACCOUNTS = 10_000;

    /** Rows that one commit of a deletion removes. */
    private static final int SWEPT_AT_ONCE = 1000;

    private final CamRows rows;
    private final InstantSource clock;
    private final RandomGenerator random;

    Accounts(CamRows rows, InstantSource clock, RandomGenerator random) {
        this.rows = rows;
        this.clock = clock;
        this.random = random;
    }

    /** All accounts, by APPID. */
    public List<AccountInfo> list() {
        return rows.listAll(CamRows.Kind.ACCOUNT);
    }

    /** The account with this APPID. */
    public Optional<AccountInfo> find(String appId) {
        return rows.find(CamRows.Kind.ACCOUNT, appId, "");
    }

    /**
     * The account with this APPID.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public AccountInfo require(String appId) {
        return rows.account(appId).value();
    }

    /** The account whose root user or one of whose users has this UIN. */
    public Optional<AccountInfo> ofUin(String uin) {
        return rows.appIdOf(uin)
                .flatMap(this::find)
                .filter(account -> account.account().uin().equals(uin)
                        || rows.find(CamRows.Kind.USER, account.account().appId(), uin)
                                .isPresent());
    }

    /**
     * Makes an account.
     *
     * @param appId 5 to 15 digits; made up if empty
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code LIMIT_EXCEEDED}
     */
    public AccountInfo create(String name, Optional<String> appId) {
        if (list().size() >= MAX_ACCOUNTS) {
            throw CamError.LIMIT_EXCEEDED.because("A server has at most " + MAX_ACCOUNTS + " accounts.");
        }
        appId.filter(text -> !text.matches("[1-9][0-9]{4,14}")).ifPresent(text -> {
            throw CamError.INVALID_ARGUMENT.because("An APPID has 5 to 15 digits, not '" + text + "'.");
        });
        AccountInfo _ = AccountInfo.of(new Account("", ""), name, clock.instant()); // refuses a wrong name
        if (appId.isPresent()) {
            return make(appId.get(), name)
                    .orElseThrow(() ->
                            CamError.ENTITY_ALREADY_EXISTS.because("There already is an account " + appId.get() + "."));
        }
        return CamRows.repeatedly(() -> make("125" + digits(7), name));
    }

    private Optional<AccountInfo> make(String appId, String name) {
        if (find(appId).isPresent()) {
            return Optional.empty();
        }
        return make(AccountInfo.of(new Account(appId, takeUin(appId)), name, clock.instant()));
    }

    /** Takes in an account that was made elsewhere, unless it is here already. */
    public AccountInfo adopt(Account account, String name) {
        return find(account.appId()).orElseGet(() -> {
            boolean _ = rows.takeUin(account.uin(), account.appId());
            return make(AccountInfo.of(account, name, clock.instant())).orElseGet(() -> require(account.appId()));
        });
    }

    private Optional<AccountInfo> make(AccountInfo info) {
        String appId = info.account().appId();
        sweep(appId);
        return rows.create(CamRows.Kind.ACCOUNT.row(appId, ""), info.toBytes()) ? Optional.of(info) : Optional.empty();
    }

    /** Gives an account another name. */
    public AccountInfo rename(String appId, String name) {
        return update(appId, account -> account.withName(name));
    }

    /** The quotas of those accounts whose bytes or objects are limited, by APPID. */
    public Map<String, Quota> limited() {
        return list().stream()
                .filter(account -> account.quota().isLimited())
                .collect(Collectors.toMap(account -> account.account().appId(), AccountInfo::quota));
    }

    /** Gives an account other limits. */
    public AccountInfo limit(String appId, Quota quota) {
        return update(appId, account -> account.with(quota));
    }

    /**
     * Removes an account with all its users, groups, roles, policies, keys, webhooks and remote stores.
     *
     * @param hasBuckets looks whether it still has buckets. It is asked once more when no bucket can be made any longer,
     *     see {@link AccountInfo#closing}
     * @throws CamException {@code NO_SUCH_ENTITY}, {@code DELETE_CONFLICT} while it has buckets, {@code CONFLICT} if another
     *     process has called it off
     */
    public void delete(String appId, BooleanSupplier hasBuckets) {
        AccountInfo _ = require(appId);
        refuse(hasBuckets.getAsBoolean());
        close(appId, true);
        boolean deleted = false;
        try {
            CamRows.Stored<AccountInfo> stored = rows.account(appId);
            refuse(hasBuckets.getAsBoolean());
            // Whoever let buckets be made again since then has changed the row.
            deleted = stored.value().closing()
                    && rows.commit(
                            stored.row().key().group(),
                            List.of(Expected.same(stored.row())),
                            List.of(Change.delete(stored.row().key())));
            if (!deleted) {
                throw CamError.CONFLICT.because("The deletion was called off; try again.");
            }
            stored.value().keys().forEach(key -> rows.remove(CamRows.Kind.KEY.row(key, "")));
        } finally {
            if (!deleted) {
                close(appId, false);
            }
        }
        sweep(appId);
    }

    /** Calls off deletions that a crash interrupted. */
    public void recover() {
        closing().forEach(this::callOff);
    }

    /** The accounts that are being deleted, or were when a process was killed. */
    public List<AccountInfo> closing() {
        return list().stream().filter(AccountInfo::closing).toList();
    }

    /** Calls off the deletion of an account; one that is still under way fails then. */
    public void callOff(AccountInfo account) {
        close(account.account().appId(), false);
    }

    private static void refuse(boolean hasBuckets) {
        if (hasBuckets) {
            throw CamError.DELETE_CONFLICT.because("The account has buckets; delete them first.");
        }
    }

    private void close(String appId, boolean closing) {
        boolean _ = CamRows.repeatedly(() -> {
            CamRows.Stored<AccountInfo> stored = rows.account(appId);
            return rows.commit(stored, new CamRows.Plan<>(true, stored.value().closing(closing), List.of()));
        });
    }

    /** Removes what an account left behind, which means nothing without its row, but must not come back with it. */
    private void sweep(String appId) {
        List<RowKey> left = new ArrayList<>();
        rows.list(CamRows.Kind.USER, appId).forEach(user -> {
            user.keys().forEach(key -> rows.remove(CamRows.Kind.KEY.row(key, "")));
            left.add(CamRows.Kind.USER.row(appId, user.uin()));
            left.add(CamRows.name(appId, user.name()));
        });
        rows.list(CamRows.Kind.GROUP, appId).forEach(one -> left.add(CamRows.Kind.GROUP.row(appId, one.name())));
        rows.list(CamRows.Kind.POLICY, appId).forEach(one -> left.add(CamRows.Kind.POLICY.row(appId, one.name())));
        rows.list(CamRows.Kind.ROLE, appId).forEach(one -> left.add(CamRows.Kind.ROLE.row(appId, one.name())));
        rows.list(CamRows.Kind.WEBHOOK, appId).forEach(one -> left.add(CamRows.Kind.WEBHOOK.row(appId, one.name())));
        rows.list(CamRows.Kind.REMOTE, appId).forEach(one -> left.add(CamRows.Kind.REMOTE.row(appId, one.region())));
        List<Expected> gone = List.of(Expected.absent(CamRows.Kind.ACCOUNT.row(appId, "")));
        for (int from = 0; from < left.size(); from += SWEPT_AT_ONCE) {
            List<Change> changes = left.subList(from, Math.min(left.size(), from + SWEPT_AT_ONCE)).stream()
                    .map(Change::delete)
                    .toList();
            boolean _ = rows.commit(new RowGroup(CamRows.SPACE, appId), gone, changes);
        }
    }

    AccountInfo update(String appId, UnaryOperator<AccountInfo> change) {
        return rows.change(appId, account -> {
            AccountInfo changed = change.apply(account);
            return new CamRows.Plan<>(changed, changed, List.of());
        });
    }

    /** A new UIN of an account. */
    String takeUin(String appId) {
        return CamRows.repeatedly(() -> {
            String uin = "1000" + digits(8);
            return rows.takeUin(uin, appId) ? Optional.of(uin) : Optional.empty();
        });
    }

    private String digits(int length) {
        StringBuilder digits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}

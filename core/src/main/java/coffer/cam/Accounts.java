package coffer.cam;

import coffer.identity.Account;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The accounts of this server. Thread-safe. */
public final class Accounts {
    private static final int MAX_ACCOUNTS = 10_000;

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
        return find(appId).orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no account " + appId + "."));
    }

    /** The account whose root user or one of whose users has this UIN. */
    public Optional<AccountInfo> ofUin(String uin) {
        return rows.appIdOf(uin).flatMap(this::find);
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
        String id = appId.orElseGet(() -> "125" + digits(7));
        if (find(id).isPresent()) {
            throw CamError.ENTITY_ALREADY_EXISTS.because("There already is an account " + id + ".");
        }
        return adopt(new Account(id, takeUin(id)), name);
    }

    /** Takes in an account that was made elsewhere, unless it is here already. */
    public AccountInfo adopt(Account account, String name) {
        AccountInfo info = new AccountInfo(account, name, clock.instant(), Quota.DEFAULT, List.of(), 0);
        boolean _ = rows.takeUin(account.uin(), account.appId());
        boolean _ = rows.create(CamRows.Kind.ACCOUNT.row(account.appId(), ""), info.toBytes());
        return require(account.appId());
    }

    /** Gives an account another name. */
    public AccountInfo rename(String appId, String name) {
        return update(appId, account -> account.withName(name));
    }

    /** Gives an account other limits. */
    public AccountInfo limit(String appId, Quota quota) {
        return update(appId, account -> account.with(quota));
    }

    /**
     * Removes an account with all its users, groups, roles, policies and keys. Its buckets must be gone by then.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId) {
        AccountInfo account = require(appId);
        List<UserInfo> users = rows.list(CamRows.Kind.USER, appId);
        RowGroup group = new RowGroup(CamRows.SPACE, appId);
        List<Change> changes = new ArrayList<>(List.of(Change.delete(CamRows.Kind.ACCOUNT.row(appId, ""))));
        users.forEach(user -> changes.add(new Change.Delete(CamRows.Kind.USER.letter(), user.uin())));
        rows.list(CamRows.Kind.GROUP, appId)
                .forEach(one -> changes.add(new Change.Delete(CamRows.Kind.GROUP.letter(), one.name())));
        rows.list(CamRows.Kind.POLICY, appId)
                .forEach(one -> changes.add(new Change.Delete(CamRows.Kind.POLICY.letter(), one.name())));
        rows.list(CamRows.Kind.ROLE, appId)
                .forEach(one -> changes.add(new Change.Delete(CamRows.Kind.ROLE.letter(), one.name())));
        boolean _ = rows.commit(group, List.of(), changes);
        // Keys and UINs mean nothing without their owners, so a crash before this leaves nothing that works.
        account.keys().forEach(this::forgetKey);
        users.forEach(user -> user.keys().forEach(this::forgetKey));
        users.forEach(user -> rows.freeUin(user.uin()));
        rows.freeUin(account.account().uin());
    }

    private void forgetKey(String secretId) {
        RowKey row = CamRows.Kind.KEY.row(secretId, "");
        boolean _ = rows.commit(row.group(), List.of(), List.of(Change.delete(row)));
    }

    AccountInfo update(String appId, UnaryOperator<AccountInfo> change) {
        return CamRows.repeatedly(() -> {
            CamRows.Stored<AccountInfo> stored = rows.stored(CamRows.Kind.ACCOUNT, appId, "")
                    .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no account " + appId + "."));
            AccountInfo changed = change.apply(stored.value());
            boolean done = rows.commit(
                    stored.row().key().group(),
                    List.of(Expected.same(stored.row())),
                    List.of(Change.put(stored.row().key(), changed.toBytes())));
            return done ? Optional.of(changed) : Optional.empty();
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

package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of this package, all in the space {@code cam}. Thread-safe.
 *
 * <pre>
 * group APPID      a            the account
 *                  u UIN        a user
 *                  n name       the UIN of the user of this name
 *                  g name       a group
 *                  p name       a policy
 *                  r name       a role
 *                  w name       a webhook
 *                  s region     a remote store
 * group secret id  k            a key
 * group UIN        i            the APPID of the account that this UIN is or was of
 * group sts        t            the key of tokens, which coffer.sts keeps here
 * </pre>
 *
 * <p>Whatever changes in an account writes its row {@code a} anew, so that of two changes at a time one goes first and the
 * other looks again: each change sees all of the account as it will be.
 */
final class CamRows {
    static final String SPACE = "cam";

    private static final int MAX_ATTEMPTS = 1000;
    private static final int REMEMBERED = 100_000;
    private static final char NAME = 'n';

    private final MetadataStore metadata;
    private final Cache<RowKey, Decoded> decoded = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    CamRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    private record Decoded(byte[] stored, Object value) {}

    /** A kind of rows: its letter, and how a row is read. */
    record Kind<T>(char letter, Function<byte[], T> read) {
        static final Kind<AccountInfo> ACCOUNT = new Kind<>('a', AccountInfo::fromBytes);
        static final Kind<UserInfo> USER = new Kind<>('u', UserInfo::fromBytes);
        static final Kind<GroupInfo> GROUP = new Kind<>('g', GroupInfo::fromBytes);
        static final Kind<PolicyInfo> POLICY = new Kind<>('p', PolicyInfo::fromBytes);
        static final Kind<RoleInfo> ROLE = new Kind<>('r', RoleInfo::fromBytes);
        static final Kind<WebhookInfo> WEBHOOK = new Kind<>('w', WebhookInfo::fromBytes);
        static final Kind<RemoteInfo> REMOTE = new Kind<>('s', RemoteInfo::fromBytes);
        static final Kind<KeyInfo> KEY = new Kind<>('k', KeyInfo::fromBytes);

        RowKey row(String group, String suffix) {
            return new RowGroup(SPACE, group).row(letter, suffix);
        }
    }

    /** A value with the row it was read from. */
    record Stored<T>(Row row, T value) {}

    /**
     * What a change of an account comes to.
     *
     * @param account as it will be
     * @param changes of further rows of the account
     */
    record Plan<T>(T result, AccountInfo account, List<Change> changes) {}

    /**
     * Changes an account and what belongs to it.
     *
     * @param plan looks at the account and what it has; run again if another change was faster
     * @throws CamException {@code NO_SUCH_ENTITY} if there is no such account, {@code CONFLICT} if it is being deleted
     */
    <T> T change(String appId, Function<AccountInfo, Plan<T>> plan) {
        return repeatedly(() -> {
            Stored<AccountInfo> before = account(appId);
            if (before.value.closing()) {
                throw CamError.CONFLICT.because("The account " + appId + " is being deleted.");
            }
            return commit(before, plan.apply(before.value));
        });
    }

    /** Commits a plan, if its account is still as it was seen. */
    <T> Optional<T> commit(Stored<AccountInfo> before, Plan<T> plan) {
        List<Change> changes = new ArrayList<>(plan.changes);
        changes.add(Change.put(before.row.key(), plan.account.touched().toBytes()));
        boolean done = commit(before.row.key().group(), List.of(Expected.same(before.row)), changes);
        return done ? Optional.of(plan.result) : Optional.empty();
    }

    /**
     * The row of an account.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    Stored<AccountInfo> account(String appId) {
        return stored(Kind.ACCOUNT, appId, "")
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no account " + appId + "."));
    }

    <T> Optional<T> find(Kind<T> kind, String group, String suffix) {
        return stored(kind, group, suffix).map(Stored::value);
    }

    <T> Optional<Stored<T>> stored(Kind<T> kind, String group, String suffix) {
        return metadata.get(kind.row(group, suffix)).map(row -> decode(kind, row));
    }

    private <T> Stored<T> decode(Kind<T> kind, Row row) {
        Decoded known = decoded.getIfPresent(row.key());
        if (known != null && Arrays.equals(known.stored, row.value())) {
            @SuppressWarnings("unchecked") // rows of one kind hold values of one type
            T value = (T) known.value;
            return new Stored<>(row, value);
        }
        T value = kind.read.apply(row.value());
        decoded.put(row.key(), new Decoded(row.value(), value));
        return new Stored<>(row, value);
    }

    /** All rows of a kind in one group, by suffix. */
    <T> List<T> list(Kind<T> kind, String group) {
        List<T> values = new ArrayList<>();
        try (RowCursor rows = metadata.scan(SPACE, kind.letter, group, "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && row.get().key().group().key().equals(group)) {
                values.add(decode(kind, row.get()).value());
                row = rows.next();
            }
        }
        return values;
    }

    /** All rows of a kind, by group. */
    <T> List<T> listAll(Kind<T> kind) {
        List<T> values = new ArrayList<>();
        try (RowCursor rows = metadata.scan(SPACE, kind.letter, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                values.add(decode(kind, row.get()).value());
            }
        }
        return values;
    }

    /** Makes a row that is not there yet; {@code false} if it is. */
    boolean create(RowKey row, byte[] value) {
        return metadata.commit(
                Commit.ofRows(row.group(), List.of(Expected.absent(row)), List.of(Change.put(row, value))));
    }

    /** What one attempt of a change does; empty if it lost against another one. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> run();
    }

    /** Repeats a change until nobody comes between. */
    static <T> T repeatedly(Attempt<T> attempt) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            Optional<T> done = attempt.run();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw CamError.CONFLICT.because("Others are changing the same account all the time; try again.");
    }

    boolean commit(RowGroup group, List<Expected> expected, List<Change> changes) {
        return metadata.commit(Commit.ofRows(group, expected, changes));
    }

    /** The account that a UIN is of. */
    Optional<String> appIdOf(String uin) {
        return metadata.get(index(uin)).map(row -> new RecordReader(row.value(), 1).text());
    }

    /** Takes a UIN for an account, for good: grants that name it must not be another's one day. {@code false} if it is taken. */
    boolean takeUin(String uin, String appId) {
        return create(index(uin), new RecordWriter(1).text(appId).toBytes());
    }

    /** Removes a row for good. */
    void remove(RowKey row) {
        boolean _ = commit(row.group(), List.of(), List.of(Change.delete(row)));
    }

    /** The UIN of the user of this name. */
    Optional<String> uinOf(String appId, String userName) {
        return metadata.get(name(appId, userName)).map(row -> new RecordReader(row.value(), 1).text());
    }

    static Change putName(String appId, UserInfo user) {
        return Change.put(
                name(appId, user.name()), new RecordWriter(1).text(user.uin()).toBytes());
    }

    static Change deleteName(UserInfo user) {
        return new Change.Delete(NAME, user.name());
    }

    static RowKey name(String appId, String userName) {
        return new RowGroup(SPACE, appId).row(NAME, userName);
    }

    private static RowKey index(String uin) {
        return new RowGroup(SPACE, uin).row('i');
    }
}

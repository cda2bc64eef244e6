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
 *                  g name       a group
 *                  p name       a policy
 *                  r name       a role
 * group secret id  k            a key
 * group UIN        i            the APPID of the account that this UIN is of
 * </pre>
 */
final class CamRows {
    static final String SPACE = "cam";

    private static final int MAX_ATTEMPTS = 100;
    private static final int REMEMBERED = 100_000;

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
        static final Kind<KeyInfo> KEY = new Kind<>('k', KeyInfo::fromBytes);

        RowKey row(String group, String suffix) {
            return new RowGroup(SPACE, group).row(letter, suffix);
        }
    }

    /** A value with the row it was read from. */
    record Stored<T>(Row row, T value) {}

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

    /** Takes a UIN for an account; {@code false} if it is taken. */
    boolean takeUin(String uin, String appId) {
        return create(index(uin), new RecordWriter(1).text(appId).toBytes());
    }

    void freeUin(String uin) {
        RowKey row = index(uin);
        boolean _ = commit(row.group(), List.of(), List.of(Change.delete(row)));
    }

    private static RowKey index(String uin) {
        return new RowGroup(SPACE, uin).row('i');
    }
}

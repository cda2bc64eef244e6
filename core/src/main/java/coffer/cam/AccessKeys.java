package coffer.cam;

import coffer.encryption.SealedText;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.RowKey;
import coffer.store.StoreException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The permanent keys of root users and users. Secrets are shown once and stored encrypted. Thread-safe.
 *
 * <p>A key counts only while its owner's row lists it, so that neither a crash between the two rows nor the removal of the
 * owner leaves a key that works.
 */
public final class AccessKeys {
    /** Two, so that one can take the place of the other. Source: CAM docs, "Access Keys". */
    private static final int MAX_KEYS = 2;

    private static final int SECRET_LENGTH = 32;
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(10);
    private static final int REMEMBERED = 20_000;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final CamRows rows;
    private final Accounts accounts;
    private final Users users;
    private final SealedText secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** When a use was last written, or is being written. */
    private final Cache<String, Instant> noted = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    AccessKeys(
            CamRows rows,
            Accounts accounts,
            Users users,
            SealedText secrets,
            InstantSource clock,
            RandomGenerator random) {
        this.rows = rows;
        this.accounts = accounts;
        this.users = users;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /** A key just made; its secret is never shown again. */
    public record NewKey(String secretId, String secretKey) {
        @Override
        public String toString() {
            return secretId;
        }
    }

    /**
     * Makes a key.
     *
     * @param user by UIN or name; empty for the root user
     * @throws CamException {@code LIMIT_EXCEEDED}, {@code NO_SUCH_ENTITY}
     */
    public NewKey create(String appId, Optional<String> user) {
        Optional<String> uin = user.map(name -> users.require(appId, name).uin());
        NewKey key = new NewKey("AKID" + text(SECRET_LENGTH), text(SECRET_LENGTH));
        KeyInfo info = new KeyInfo(
                key.secretId,
                appId,
                uin,
                true,
                clock.instant(),
                Optional.empty(),
                secrets.seal(key.secretKey, context(key.secretId)));
        RowKey row = CamRows.Kind.KEY.row(key.secretId, "");
        if (!rows.create(row, info.toBytes())) {
            throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a key of this id; try again.");
        }
        try {
            changeList(appId, uin, names -> {
                if (names.size() >= MAX_KEYS) {
                    throw CamError.LIMIT_EXCEEDED.because(
                            "There can be " + MAX_KEYS + " keys at a time: delete one before another is made.");
                }
                return Names.with(names, key.secretId);
            });
        } catch (CamException e) {
            rows.remove(row);
            throw e;
        }
        return key;
    }

    /** The keys of a user or, if none is named, of the root user. */
    public List<KeyInfo> list(String appId, Optional<String> user) {
        List<String> names = user.map(name -> users.require(appId, name).keys())
                .orElseGet(() -> accounts.require(appId).keys());
        return names.stream().flatMap(name -> find(name).stream()).toList();
    }

    /** A key that its owner lists, enabled or not. */
    public Optional<KeyInfo> find(String secretId) {
        return rows.find(CamRows.Kind.KEY, secretId, "").filter(this::isListed);
    }

    private boolean isListed(KeyInfo key) {
        return key.userUin()
                .map(uin -> users.find(key.appId(), uin).map(UserInfo::keys).orElse(List.of()))
                .orElseGet(
                        () -> accounts.find(key.appId()).map(AccountInfo::keys).orElse(List.of()))
                .contains(key.secretId());
    }

    /**
     * Enables or disables a key.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public KeyInfo setEnabled(String appId, String secretId, boolean enabled) {
        KeyInfo _ = require(appId, secretId);
        return update(secretId, key -> key.with(enabled));
    }

    /**
     * Removes a key.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String secretId) {
        KeyInfo key = require(appId, secretId);
        changeList(appId, key.userUin(), names -> Names.without(names, secretId));
        rows.remove(CamRows.Kind.KEY.row(secretId, ""));
    }

    /** The secret of a key. */
    String secret(KeyInfo key) {
        return secrets.open(key.sealedSecret(), context(key.secretId()));
    }

    /** Notes that a key was used, unless that was noted a short while ago. Does not wait. */
    void noteUse(KeyInfo key) {
        Instant now = clock.instant();
        if (isRecent(key.lastUsed(), now) || isRecent(Optional.ofNullable(noted.getIfPresent(key.secretId())), now)) {
            return;
        }
        // Of many requests at a time one writes.
        Optional<Instant> before = Optional.ofNullable(noted.asMap().put(key.secretId(), now));
        if (!isRecent(before, now)) {
            Thread _ = Thread.startVirtualThread(() -> {
                try {
                    KeyInfo _ = update(key.secretId(), current -> current.usedAt(now));
                } catch (CamException | StoreException e) {
                    // the next use is noted instead
                }
            });
        }
    }

    private static boolean isRecent(Optional<Instant> time, Instant now) {
        return time.filter(used -> used.plus(USE_NOTED_EVERY).isAfter(now)).isPresent();
    }

    private KeyInfo require(String appId, String secretId) {
        return find(secretId).filter(key -> key.appId().equals(appId)).orElseThrow(() -> noSuch(secretId));
    }

    private void changeList(String appId, Optional<String> uin, UnaryOperator<List<String>> change) {
        if (uin.isPresent()) {
            UserInfo _ = users.update(appId, uin.get(), user -> user.withKeys(change.apply(user.keys())));
        } else {
            AccountInfo _ = accounts.update(appId, account -> account.withKeys(change.apply(account.keys())));
        }
    }

    private KeyInfo update(String secretId, UnaryOperator<KeyInfo> change) {
        return CamRows.repeatedly(() -> {
            CamRows.Stored<KeyInfo> stored =
                    rows.stored(CamRows.Kind.KEY, secretId, "").orElseThrow(() -> noSuch(secretId));
            KeyInfo changed = change.apply(stored.value());
            boolean done = rows.commit(
                    stored.row().key().group(),
                    List.of(Expected.same(stored.row())),
                    List.of(Change.put(stored.row().key(), changed.toBytes())));
            return done ? Optional.of(changed) : Optional.empty();
        });
    }

    private static CamException noSuch(String secretId) {
        return CamError.NO_SUCH_ENTITY.because("There is no key " + secretId + ".");
    }

    private static String context(String secretId) {
        return "secret of " + secretId;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}

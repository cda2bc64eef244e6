package coffer.server;

import coffer.bucket.BucketService;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The account a server begins with, and its key: made on the first start, given from outside or made up.
 *
 * @param key the key in force at the start
 * @param isNew whether this start made the account
 * @param isReplaced whether this start gave it another key
 */
record RootAccount(AccessKey key, boolean isNew, boolean isReplaced) {
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "root").row('r');
    private static final int FORMAT = 1;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /**
     * Reads the account or makes it; of several servers that start at once, one makes it. A key given from outside replaces the
     * stored one.
     *
     * @throws CannotStart if the APPID given is not the one the store was made with
     */
    static RootAccount load(MetadataStore metadata, CofferConfig.Root given, RandomGenerator random) {
        Optional<RootAccount> loaded = Optional.empty();
        while (loaded.isEmpty()) {
            loaded = tryToLoad(metadata, given, random);
        }
        return loaded.get();
    }

    /** Whether a row is that of the account. */
    static boolean isOf(RowKey row) {
        return row.equals(ROW);
    }

    /** The key in force, also if another server has replaced it since. */
    static Keyring keyring(MetadataStore metadata) {
        return (secretId, token) -> metadata.get(ROW)
                .map(row -> decode(row.value()))
                .filter(key -> key.secretId().equals(secretId));
    }

    /** @return empty if another server was faster */
    private static Optional<RootAccount> tryToLoad(
            MetadataStore metadata, CofferConfig.Root given, RandomGenerator random) {
        Optional<Row> row = metadata.get(ROW);
        Optional<AccessKey> stored = row.map(present -> decode(present.value()));
        stored.ifPresent(key -> given.appId()
                .filter(appId -> !appId.equals(key.account().appId()))
                .ifPresent(appId -> {
                    throw new CannotStart(
                            "The store belongs to APPID " + key.account().appId() + ", not " + appId
                                    + ": change COFFER_APPID or use another --data-dir.");
                }));
        Account account = stored.map(AccessKey::account)
                .orElseGet(() -> new Account(
                        given.appId().orElseGet(() -> "125" + digits(random, 7)), "1000" + digits(random, 8)));
        AccessKey key = new AccessKey(
                given.secretId()
                        .or(() -> stored.map(AccessKey::secretId))
                        .orElseGet(() -> "AKID" + text(random, ALPHANUMERIC, 32)),
                given.secretKey()
                        .or(() -> stored.map(AccessKey::secretKey))
                        .orElseGet(() -> text(random, ALPHANUMERIC, 32)),
                account);
        boolean isKept = stored.equals(Optional.of(key))
                || metadata.commit(Commit.ofRows(
                        ROW.group(), List.of(Expected.of(ROW, row)), List.of(Change.put(ROW, encode(key)))));
        boolean isReplaced = stored.filter(before -> !before.equals(key)).isPresent();
        return isKept ? Optional.of(new RootAccount(key, stored.isEmpty(), isReplaced)) : Optional.empty();
    }

    private static byte[] encode(AccessKey key) {
        return new RecordWriter(FORMAT)
                .text(key.account().appId())
                .text(key.account().uin())
                .text(key.secretId())
                .text(key.secretKey())
                .toBytes();
    }

    private static AccessKey decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        Account account = new Account(in.text(), in.text());
        return new AccessKey(in.text(), in.text(), account);
    }

    private static String digits(RandomGenerator random, int length) {
        return text(random, "0123456789", length);
    }

    private static String text(RandomGenerator random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

package coffer.sts;

import coffer.cam.Cam;
import coffer.encryption.SealedText;
import coffer.encryption.SealingKey;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The key that seals tokens: one for a store, made with the first token, so that what one server of a cluster issues the
 * others open. A store that never issued one can do without its master keys. Thread-safe.
 *
 * <p>The row {@code t} of the group {@code sts} in {@link Cam#SPACE}: format 1, the key in base64 as {@link SealedText}.
 */
final class TokenKey {
    private static final RowKey ROW = new RowGroup(Cam.SPACE, "sts").row('t');
    private static final int FORMAT = 1;
    private static final String CONTEXT = "token key";
    private static final String PURPOSE = "coffer session token 1";

    private final MetadataStore metadata;
    private final SealedText secrets;
    private final SecureRandom random;
    private final AtomicReference<Optional<SealingKey>> known = new AtomicReference<>(Optional.empty());

    TokenKey(MetadataStore metadata, SealedText secrets, SecureRandom random) {
        this.metadata = metadata;
        this.secrets = secrets;
        this.random = random;
    }

    /**
     * The key, if there is one.
     *
     * @throws StoreException {@code CORRUPT} if it does not open with the master keys
     */
    Optional<SealingKey> find() {
        Optional<SealingKey> key = known.get();
        return key.isPresent() ? key : metadata.get(ROW).map(this::open);
    }

    /** The key, made if there is none. */
    SealingKey require() {
        return find().orElseGet(() -> {
            byte[] key = new byte[SealingKey.KEY_BYTES];
            random.nextBytes(key);
            byte[] sealed = secrets.seal(Base64.getEncoder().encodeToString(key), CONTEXT);
            byte[] value = new RecordWriter(FORMAT).bytes(sealed).toBytes();
            // If another server was faster, its key is the one.
            boolean _ = metadata.commit(
                    Commit.ofRows(ROW.group(), List.of(Expected.absent(ROW)), List.of(Change.put(ROW, value))));
            return open(metadata.get(ROW).orElseThrow());
        });
    }

    private SealingKey open(Row row) {
        byte[] sealed = new RecordReader(row.value(), FORMAT).bytes();
        byte[] key = Base64.getDecoder().decode(secrets.open(sealed, CONTEXT));
        SealingKey opened = new SealingKey(key, PURPOSE, random);
        known.set(Optional.of(opened));
        return opened;
    }
}

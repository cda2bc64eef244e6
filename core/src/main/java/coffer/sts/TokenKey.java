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

/**
 * The key that seals tokens: one for a store, made by the first server on it, so that what one of them issues the others
 * open.
 *
 * <p>The row {@code t} of the group {@code sts} in {@link Cam#SPACE}: format 1, the key in base64 as {@link SealedText}.
 */
final class TokenKey {
    private static final RowKey ROW = new RowGroup(Cam.SPACE, "sts").row('t');
    private static final int FORMAT = 1;
    private static final String CONTEXT = "token key";
    private static final String PURPOSE = "coffer session token 1";

    private TokenKey() {}

    /**
     * Reads the key of a store, or makes it.
     *
     * @throws StoreException {@code CORRUPT} if it does not open with the master keys
     */
    static SealingKey of(MetadataStore metadata, SealedText secrets, SecureRandom random) {
        Optional<Row> row = metadata.get(ROW);
        if (row.isEmpty()) {
            byte[] key = new byte[SealingKey.KEY_BYTES];
            random.nextBytes(key);
            byte[] sealed = secrets.seal(Base64.getEncoder().encodeToString(key), CONTEXT);
            byte[] value = new RecordWriter(FORMAT).bytes(sealed).toBytes();
            // If another server was faster, its key is the one.
            boolean _ = metadata.commit(
                    Commit.ofRows(ROW.group(), List.of(Expected.absent(ROW)), List.of(Change.put(ROW, value))));
            row = metadata.get(ROW);
        }
        byte[] sealed = new RecordReader(row.orElseThrow().value(), FORMAT).bytes();
        return new SealingKey(Base64.getDecoder().decode(secrets.open(sealed, CONTEXT)), PURPOSE, random);
    }
}

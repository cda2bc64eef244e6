package coffer.encryption;

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
import coffer.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which master keys a store was written with, so that a server with the wrong file of keys does not start rather than
 * write what the right one cannot open. Thread-safe.
 *
 * <p>Rows in the space {@code system}: {@code k} with the key {@code master-keys} and a key id as suffix holds a value
 * derived of that master key. It is written before the first data key that the master key wraps.
 */
public final class KeyRegister {
    private static final char KIND = 'k';
    private static final String GROUP = "master-keys";
    private static final String CHECK = "coffer key check 1";
    private static final int FORMAT = 1;

    private final MetadataStore metadata;
    private final String space;
    private final MasterKeys keys;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private KeyRegister(MetadataStore metadata, String space, MasterKeys keys) {
        this.metadata = metadata;
        this.space = space;
        this.keys = keys;
    }

    /**
     * Reads the keys of a store from their file. The file is made if it is missing and nothing was written with any key.
     *
     * @param space of what belongs to no bucket
     * @throws MasterKeyException if the file is not there but should be, or cannot be used
     */
    public static MasterKeys keys(MetadataStore metadata, String space, Path file, SecureRandom random) {
        if (!Files.notExists(file)) {
            return MasterKeyFile.read(file);
        }
        Set<String> used = rows(metadata, space).keySet();
        if (used.isEmpty()) {
            return MasterKeyFile.create(file, random);
        }
        throw new MasterKeyException(
                "The file of master keys " + file + " does not exist, but this store was written with " + quoted(used)
                        + ": restore it from its copy, copy it from another server of the store, or name the right one.");
    }

    /**
     * Compares keys with those the store was written with.
     *
     * @param space of what belongs to no bucket
     * @throws MasterKeyException if one of them is missing or another one than it was
     */
    public static KeyRegister open(MetadataStore metadata, String space, MasterKeys keys) {
        KeyRegister register = new KeyRegister(metadata, space, keys);
        rows(metadata, space).forEach(register::verify);
        return register;
    }

    private void verify(String keyId, Row row) {
        MasterKeys.Key key = keys.find(keyId)
                .orElseThrow(() -> new MasterKeyException("The master key '" + keyId + "' is missing in " + keys.file()
                        + ", and this store was written with it: restore the right file, or the line of this key."));
        byte[] written = new RecordReader(row.value(), FORMAT).bytes();
        if (!MessageDigest.isEqual(written, check(keyId, key))) {
            throw new MasterKeyException("The master key '" + keyId + "' in " + keys.file()
                    + " is not the one this store was written with: restore the right file.");
        }
        known.add(keyId);
    }

    /**
     * Notes that a key is used from now on; durable when it returns.
     *
     * @throws MasterKeyException if another server has just noted another key under this id
     */
    public void add(String keyId) {
        if (known.contains(keyId)) {
            return;
        }
        RowKey address = new RowGroup(space, GROUP).row(KIND, keyId);
        Optional<Row> row = metadata.get(address);
        if (row.isEmpty()) {
            byte[] check = check(keyId, keys.find(keyId).orElseThrow());
            byte[] value = new RecordWriter(FORMAT).bytes(check).toBytes();
            boolean noted = metadata.commit(Commit.ofRows(
                    address.group(), List.of(Expected.absent(address)), List.of(Change.put(address, value))));
            if (noted) {
                known.add(keyId);
                return;
            }
            row = metadata.get(address);
        }
        verify(
                keyId,
                row.orElseThrow(() -> new StoreException(
                        StoreException.Reason.CORRUPT, "the row of the master key '" + keyId + "' comes and goes")));
    }

    private static byte[] check(String keyId, MasterKeys.Key key) {
        return Derivation.derive(key.bytes(), CHECK, keyId.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Row> rows(MetadataStore metadata, String space) {
        Map<String, Row> rows = new TreeMap<>();
        try (RowCursor cursor = metadata.scan(space, KIND, GROUP, "")) {
            Optional<Row> row = cursor.next();
            while (row.isPresent() && row.get().key().group().key().equals(GROUP)) {
                rows.put(row.get().key().suffix(), row.get());
                row = cursor.next();
            }
        }
        return rows;
    }

    private static String quoted(Set<String> ids) {
        return "'" + String.join("', '", ids) + "'";
    }
}

package coffer.server;

import coffer.bucket.BucketService;
import coffer.encryption.KeyRegister;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyException;
import coffer.encryption.MasterKeyFile;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master keys in the file that options name. */
final class ServerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ServerKeys.class);
    private static final String NAME = "master-keys";

    private ServerKeys() {}

    /** The file; in the data folder unless another one is named. */
    static Path file(Path dataDir, Optional<Path> named) {
        return named.orElseGet(() -> dataDir.resolve(NAME));
    }

    /**
     * The keys of a server; their file is made if nothing was encrypted yet.
     *
     * @param isNew whether the store is, so that the file is spoken of elsewhere
     * @param isShared whether other servers work on the store; then they are bound to these keys from now on
     * @throws coffer.encryption.MasterKeyException if they are not those the store was written with
     * @throws CannotStart if another server has just begun the store with others
     */
    static KeyService ofServer(MetadataStore metadata, Path file, boolean isNew, boolean isShared) {
        SecureRandom random = new SecureRandom();
        boolean missing = Files.notExists(file);
        MasterKeys keys = KeyRegister.keys(metadata, BucketService.SYSTEM, file, random);
        KeyRegister register = KeyRegister.open(metadata, BucketService.SYSTEM, keys);
        if (isShared) {
            bind(register, keys.activeId(), file, missing);
        }
        if (missing && !isNew) {
            LOG.warn(
                    "Made the file of master keys {}. Keep a copy of it apart from the data: without it nothing that is"
                            + " encrypted from now on can ever be read again.",
                    file);
        }
        MasterKeyFile.warning(file).ifPresent(LOG::warn);
        return new MasterKeyService(keys, register, random);
    }

    /** A file that was made for nothing goes: the next start takes the one that is copied to its place. */
    private static void bind(KeyRegister register, String keyId, Path file, boolean isMade) {
        try {
            register.add(keyId);
        } catch (MasterKeyException e) {
            if (!isMade) {
                throw e;
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                LOG.warn("The file {} belongs to no store and can be deleted: {}", file, failed.getMessage());
            }
            throw new CannotStart("Another server has just begun this store with other master keys: copy its file of"
                    + " master keys to " + file + " and start again.");
        }
    }

    /**
     * The keys for looking at a store; none if their file is not there.
     *
     * @throws coffer.encryption.MasterKeyException as {@link #ofServer}
     */
    static KeyService ofCheck(MetadataStore metadata, Path file) {
        SecureRandom random = new SecureRandom();
        if (Files.notExists(file)) {
            return KeyService.none();
        }
        MasterKeys keys = MasterKeyFile.read(file);
        return new MasterKeyService(keys, KeyRegister.open(metadata, BucketService.SYSTEM, keys), random);
    }
}

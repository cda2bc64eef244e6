package coffer.server;

import coffer.bucket.BucketService;
import coffer.encryption.KeyRegister;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyFile;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.store.MetadataStore;
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
     * @throws coffer.encryption.MasterKeyException if they are not those the store was written with
     */
    static KeyService ofServer(MetadataStore metadata, Path file, boolean isNew) {
        SecureRandom random = new SecureRandom();
        boolean missing = Files.notExists(file);
        MasterKeys keys = KeyRegister.keys(metadata, BucketService.SYSTEM, file, random);
        if (missing && !isNew) {
            LOG.warn(
                    "Made the file of master keys {}. Keep a copy of it apart from the data: without it nothing that is"
                            + " encrypted from now on can ever be read again.",
                    file);
        }
        MasterKeyFile.warning(file).ifPresent(LOG::warn);
        return keys(metadata, keys, random);
    }

    /**
     * The keys for looking at a store; none if their file is not there.
     *
     * @throws coffer.encryption.MasterKeyException as {@link #ofServer}
     */
    static KeyService ofCheck(MetadataStore metadata, Path file) {
        SecureRandom random = new SecureRandom();
        return Files.notExists(file) ? KeyService.none() : keys(metadata, MasterKeyFile.read(file), random);
    }

    private static KeyService keys(MetadataStore metadata, MasterKeys keys, SecureRandom random) {
        KeyRegister register = KeyRegister.open(metadata, BucketService.SYSTEM, keys);
        return new MasterKeyService(keys, register, random);
    }
}

package coffer.bench.loop;

import coffer.encryption.ContentKeys;
import coffer.encryption.KeyRegister;
import coffer.encryption.MasterKeyFile;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.store.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Keys that nobody will need again. */
final class NewKeys {
    private NewKeys() {}

    /** Makes a master key for a store. */
    static ContentKeys of(MetadataStore metadata) {
        try {
            SecureRandom random = new SecureRandom();
            Path folder = Files.createTempDirectory("coffer-keys-");
            Path file = folder.resolve("keys");
            MasterKeys master = MasterKeyFile.create(file, random);
            Files.delete(file);
            Files.delete(folder);
            KeyRegister register = KeyRegister.open(metadata, "system", master);
            return new ContentKeys(new MasterKeyService(master, register, random), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

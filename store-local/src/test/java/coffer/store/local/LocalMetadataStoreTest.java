package coffer.store.local;

import coffer.store.Engine;
import coffer.store.MetadataStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalMetadataStoreTest extends MetadataStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected Engine open() {
        try {
            return LocalEngine.open(Files.createTempDirectory(folder, "data"), LocalOptions.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

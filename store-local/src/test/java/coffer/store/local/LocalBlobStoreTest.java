package coffer.store.local;

import coffer.store.BlobStoreContract;
import coffer.store.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalBlobStoreTest extends BlobStoreContract {
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

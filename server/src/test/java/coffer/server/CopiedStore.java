package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.encryption.ContentKeys;
import coffer.integrity.StoreCheck;
import coffer.migration.Loss;
import coffer.migration.Migration;
import coffer.migration.Phase;
import coffer.migration.Position;
import coffer.migration.StoreSize;
import coffer.operation.Services;
import coffer.store.Engine;
import coffer.store.Finding;
import coffer.store.MetadataStore;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Copies stores as {@code ./coffer migrate} does. */
final class CopiedStore {
    private static final Migration.Watcher STRICT = new Migration.Watcher() {
        @Override
        public void begins(StoreSize all) {
            // however much
        }

        @Override
        public void reached(Phase phase, Position position) {
            // it gets there
        }

        @Override
        public void lost(Phase phase, Loss loss) {
            throw new AssertionError(loss);
        }
    };

    private CopiedStore() {}

    /** Copies a folder that nobody uses. */
    static void copy(Path folder, Engine to) {
        try (LocalInspection old = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            copy(old.engine(), to, folder);
        }
    }

    /** @param keyFolder where the file of master keys is */
    static void copy(Engine from, Engine to, Path keyFolder) {
        Migration migration = new Migration(from, to, "the old one", InstantSource.system(), STRICT);
        Migration.Report report = migration.run(metadata -> keys(metadata, keyFolder), false);
        assertThat(report.finished()).isTrue();
    }

    /** What opens objects of a store whose file of master keys is in a folder. */
    static ContentKeys keys(MetadataStore metadata, Path keyFolder) {
        return new ContentKeys(ServerKeys.ofCheck(metadata, StoreFixture.keyFile(keyFolder)), new SecureRandom());
    }

    /** Checks a folder that nobody uses, and has its own master keys: nothing may be wrong. */
    static StoreCheck.Totals check(Path folder) {
        List<Finding> findings = new ArrayList<>();
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            Services services = StoreFixture.services(inspection.engine(), folder, InstantSource.system());
            StoreCheck check = new StoreCheck(
                    inspection, services.contentKeys(), services.buckets(), services.uploads(), false, findings::add);
            StoreCheck.Totals totals = check.run();
            assertThat(findings).isEmpty();
            return totals;
        }
    }
}

package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.bucket.Bucket;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.integrity.StoreCheck;
import coffer.multipart.Upload;
import coffer.operation.Services;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Finding;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check of the whole store finds and what it can put right. */
class StoreCheckTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z"));
    private static final int LARGE = 700_000;

    @TempDir
    private Path scratch;

    private Path folder;
    private StoreFixture store;
    private Bucket bucket;
    private Upload upload;

    @BeforeEach
    void fill() {
        folder = scratch.resolve("data");
        store = new StoreFixture(folder, CLOCK);
        bucket = store.bucket("photos");
        store.put(bucket, "small", StoreFixture.bytes("small", 3000));
        store.put(bucket, "empty", new byte[0]);
        store.put(bucket, "large", StoreFixture.bytes("large", LARGE));
        store.put(bucket, "replaced", StoreFixture.bytes("old", LARGE));
        store.put(bucket, "replaced", StoreFixture.bytes("new", LARGE));
        upload = store.upload(bucket, "film");
        store.part(bucket, upload, 1, StoreFixture.bytes("part", LARGE));
        store.part(bucket, upload, 2, new byte[0]);
        Bucket gone = store.bucket("gone");
        store.services().buckets().delete(gone, List.of());
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aSoundStoreHasNoFindings() {
        store.close();
        List<Finding> findings = new ArrayList<>();
        StoreCheck.Totals totals = check(false, findings);
        assertThat(findings).isEmpty();
        assertThat(totals).isEqualTo(new StoreCheck.Totals(1, 4, 2, 3000 + 3 * LARGE, 0));
    }

    @Test
    void namesTheObjectWhoseBodyInTheLogIsDamaged() {
        store.close();
        store.damage("log", "small 100\n");
        List<Finding> findings = findings(true);
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.LOSS, Finding.Kind.DAMAGE);
        assertThat(findings.getFirst().place()).isEqualTo("photos-1250000000/small");
        assertThat(findings.getLast().place()).startsWith("log segment ");
    }

    @Test
    void namesTheObjectAndThePartWhoseBlobsAreDamagedOrGone() throws IOException {
        store.close();
        store.damage("blobs", "large 30000\n");
        store.damage("blobs", "part 100\n");
        for (Path file : store.files("blobs")) {
            if (Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .startsWith("new 0\n")) {
                Files.delete(file);
            }
        }
        List<Finding> findings = findings(true);
        assertThat(findings).allMatch(finding -> finding.kind() == Finding.Kind.LOSS && !finding.repaired());
        assertThat(findings)
                .extracting(Finding::place)
                .containsExactly(
                        "photos-1250000000/large",
                        "photos-1250000000/replaced",
                        "photos-1250000000/film, part 00001 of upload " + upload.id());
    }

    /** One whose key is the server's, one and a part whose key is the customer's, and one in its row. */
    private List<Path> encrypt() {
        List<Path> before = store.files("blobs");
        store.put(bucket, "sealed", StoreFixture.bytes("sealed", LARGE), StoreFixture.SSE_COS);
        store.put(bucket, "customers", StoreFixture.bytes("customers", LARGE), StoreFixture.CUSTOMER_KEY);
        store.put(bucket, "short", StoreFixture.bytes("short", 3000), StoreFixture.SSE_COS);
        Upload film = store.upload(bucket, "sealed film", StoreFixture.CUSTOMER_KEY);
        store.part(bucket, film, 1, StoreFixture.bytes("part", LARGE), StoreFixture.CUSTOMER_KEY);
        store.close();
        return store.files("blobs").stream()
                .filter(file -> !before.contains(file))
                .toList();
    }

    @Test
    void readsWhatIsEncryptedAsFarAsThereAreKeys() {
        encrypt();
        List<Finding> findings = new ArrayList<>();
        assertThat(check(false, findings).sealed()).isEqualTo(2);
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            Services services = StoreFixture.services(inspection.engine(), folder, CLOCK);
            ContentKeys none = new ContentKeys(KeyService.none(), new SecureRandom());
            StoreCheck check =
                    new StoreCheck(inspection, none, services.buckets(), services.uploads(), false, findings::add);
            assertThat(check.run().sealed()).isEqualTo(4);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void findsDamageInWhatIsEncrypted() throws IOException {
        for (Path blob : encrypt()) {
            StoreFixture.flip(blob, LARGE / 2);
        }
        assertThat(findings(true))
                .allMatch(finding -> finding.kind() == Finding.Kind.LOSS)
                .extracting(finding -> finding.place().replaceAll(" of upload .*", ""))
                .containsExactlyInAnyOrder(
                        "photos-1250000000/sealed",
                        "photos-1250000000/customers",
                        "photos-1250000000/sealed film, part 00001");
    }

    @Test
    void noticesAnObjectThatIsNotUnderItsOwnKey() {
        store.put(bucket, "mine", StoreFixture.bytes("mine", 3000), StoreFixture.SSE_COS);
        Row mine = store.services().objects().find(bucket, "mine").orElseThrow().row();
        RowKey place = new RowGroup(bucket.space(), "theirs").row('o');
        store.engine().commit(Commit.ofRows(place.group(), List.of(), List.of(Change.put(place, mine.value()))));
        store.close();
        assertThat(findings(false))
                .singleElement()
                .satisfies(finding -> assertThat(finding.place() + ": " + finding.message())
                        .startsWith("photos-1250000000/theirs: a data key does not open"));
    }

    @Test
    void freesWhatNobodyRefersTo() throws IOException {
        BlobId adopted = blob();
        BlobId orphan = blob();
        commit("system", "k", 'r', List.of(adopted), List.of());
        commit("b-none", "k", 'o', List.of(), List.of());
        commit(bucket.space(), "film", 'u', List.of(), List.of());
        store.engine()
                .commit(Commit.ofRows(
                        new RowGroup(bucket.space(), "film"),
                        List.of(),
                        List.of(new Change.Delete('u', upload.id()), new Change.Delete('u', ""))));
        commit(bucket.space(), "large", 'm', List.of(), List.of());
        store.close();
        int files = store.files("blobs").size();

        List<Finding> found = findings(false);
        assertThat(found).hasSize(6).allMatch(finding -> finding.kind() == Finding.Kind.LEAK && !finding.repaired());
        assertThat(found)
                .extracting(Finding::place)
                .contains(
                        "blob %016x".formatted(adopted.value()),
                        "blob %016x".formatted(orphan.value()),
                        "rows of b-none",
                        "photos-1250000000/large");
        assertThat(store.files("blobs")).hasSize(files);

        assertThat(findings(true)).allMatch(Finding::repaired);
        assertThat(store.files("blobs")).hasSize(files - 3);
        assertThat(findings(false)).isEmpty();
    }

    @Test
    void keepsWhatIsReferredToThoughItIsNotKnownToBeInUse() {
        long large = Long.parseUnsignedLong(
                store.files("blobs").getFirst().getFileName().toString(), 16);
        commit("system", "k", 'r', List.of(), List.of());
        BlobId lost = new BlobId(large);
        store.engine()
                .commit(new Commit(
                        new RowGroup("system", "k"),
                        List.of(),
                        List.of(new Change.Delete('r', "")),
                        List.of(),
                        List.of()));
        try (var _ = store.engine().blobs().pin(List.of(lost))) {
            store.engine()
                    .commit(new Commit(new RowGroup("system", "k"), List.of(), List.of(), List.of(), List.of(lost)));
            // still pinned when the store is closed, so that its file stays
            store.close();
        }
        assertThat(findings(true))
                .singleElement()
                .matches(finding -> finding.kind() == Finding.Kind.BOOKKEEPING && finding.repaired());
        assertThat(findings(false)).isEmpty();
    }

    @Test
    void aFolderInUseOrWithoutAStoreIsRefused() {
        assertThat(new picocli.CommandLine(new VerifyCommand()).execute("--data-dir", folder.toString()))
                .isEqualTo(1);
        store.close();
        assertThat(new picocli.CommandLine(new VerifyCommand()).execute("--data-dir", folder.toString()))
                .isZero();
        assertThat(new picocli.CommandLine(new VerifyCommand())
                        .execute("--data-dir", scratch.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(scratch.resolve("none")).doesNotExist();
    }

    private List<Finding> findings(boolean repair) {
        List<Finding> findings = new ArrayList<>();
        check(repair, findings);
        return findings;
    }

    private StoreCheck.Totals check(boolean repair, List<Finding> findings) {
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            Services services = StoreFixture.services(inspection.engine(), folder, CLOCK);
            return new StoreCheck(
                            inspection,
                            services.contentKeys(),
                            services.buckets(),
                            services.uploads(),
                            repair,
                            findings::add)
                    .run();
        }
    }

    private BlobId blob() {
        try (BlobWriter writer = store.engine().blobs().create(1)) {
            writer.write(ByteBuffer.wrap(new byte[] {1}));
            return writer.finish();
        }
    }

    private void commit(String space, String key, char kind, List<BlobId> adopt, List<BlobId> release) {
        RowGroup group = new RowGroup(space, key);
        store.engine()
                .commit(new Commit(
                        group, List.of(), List.of(Change.put(group.row(kind), new byte[] {1})), adopt, release));
    }
}

package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.checksum.Crc64;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentWriter;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionHeaders;
import coffer.integrity.StoreCheck;
import coffer.object.Attributes;
import coffer.object.Content;
import coffer.object.Deletion;
import coffer.object.Extent;
import coffer.object.NextVersion;
import coffer.object.ObjectListing;
import coffer.object.ObjectService;
import coffer.object.ObjectVersion;
import coffer.object.PieceBody;
import coffer.object.StoredObject;
import coffer.object.VersionId;
import coffer.object.VersionListing;
import coffer.store.BlobId;
import coffer.store.Finding;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import coffer.store.memory.MemoryEngine;
import coffer.versioning.Versioning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Random writes and deletions, versioned, not yet and no longer, encrypted and not, beside a model of what must be kept.
 * After each of them every version is read and all are listed; in the end nothing is left over or missing in the store.
 */
class VersionHistoryTest {
    static final List<Long> SEEDS = seeds();

    private static final List<String> KEYS = List.of("a/1", "a/2", "b");
    private static final int STEPS = 60;

    private static final List<Headers> WAYS = List.of(
            Headers.NONE,
            StoreFixture.SSE_COS,
            Headers.of("x-cos-server-side-encryption", "cos/kms"),
            StoreFixture.CUSTOMER_KEY);

    @TempDir
    private Path scratch;

    private static List<Long> seeds() {
        Long given = Long.getLong("coffer.versions.seed");
        return given != null ? List.of(given) : new Random(7).longs(12).boxed().toList();
    }

    /** The clock stands still and goes back now and then: versions keep their order. */
    private static final class FitfulClock implements InstantSource {
        private final Random random;
        private Instant now = Instant.parse("2026-02-02T08:00:00Z");

        FitfulClock(Random random) {
            this.random = random;
        }

        @Override
        public Instant instant() {
            now = now.plusMillis(random.nextInt(-2, 5));
            return now;
        }
    }

    /** One version or delete marker as it must be; without bytes it is a marker. */
    private record Known(String key, String id, Optional<ByteBuffer> bytes) {}

    /** Newest first, key by key. */
    private final List<List<Known>> model =
            KEYS.stream().map(key -> (List<Known>) new ArrayList<Known>()).toList();

    private Versioning versioning = Versioning.NEVER;
    private final List<Known> removed = new ArrayList<>();

    @ParameterizedTest
    @FieldSource("SEEDS")
    void keepsWhatItMust(long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = scratch.resolve("data");
        StoreFixture store = new StoreFixture(folder, new FitfulClock(new Random(seed)));
        try (store) {
            Bucket bucket = store.bucket("photos");
            for (int step = 0; step < STEPS; step++) {
                String what = step(store, bucket, random);
                if (random.nextInt(20) == 0) {
                    store.close();
                    store.reopen(new FitfulClock(new Random(step)));
                }
                Bucket now = store.services().buckets().find(bucket.name()).orElseThrow();
                String where = "seed %d, step %d: %s".formatted(seed, step, what);
                checkReads(store, now, where);
                checkListing(store, now, random, where);
            }
        }
        List<Finding> findings = new ArrayList<>();
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            var services = StoreFixture.services(inspection.engine(), folder, InstantSource.system());
            new StoreCheck(
                            inspection,
                            services.contentKeys(),
                            services.buckets(),
                            services.uploads(),
                            false,
                            findings::add)
                    .run();
        }
        assertThat(findings).as("seed %d", seed).isEmpty();
        checkCopies(store, folder, scratch.resolve("copy"), "seed %d, copied".formatted(seed));
    }

    /** In another engine, and back in another folder. */
    private void checkCopies(StoreFixture store, Path folder, Path other, String where) throws IOException {
        MemoryEngine between = new MemoryEngine();
        CopiedStore.copy(folder, between);
        try (LocalEngine target = LocalEngine.open(other, LocalOptions.DEFAULT)) {
            CopiedStore.copy(between, target, folder);
        }
        Files.copy(StoreFixture.keyFile(folder), StoreFixture.keyFile(other));
        InstantSource clock = InstantSource.system();
        try (StoreFixture back = new StoreFixture(other, clock)) {
            StoreFixture there = store.with(StoreFixture.services(between, other, clock));
            for (StoreFixture copy : List.of(there, back)) {
                Bucket bucket = copy.services().buckets().all().getFirst();
                checkReads(copy, bucket, where);
                checkListing(copy, bucket, new Random(1), where);
            }
        }
    }

    private String step(StoreFixture store, Bucket bucket, Random random) {
        int key = random.nextInt(KEYS.size());
        return switch (random.nextInt(12)) {
            case 0 -> setVersioning(store, bucket, random.nextInt(3) == 0 ? Versioning.SUSPENDED : Versioning.ENABLED);
            case 1, 2 -> delete(store, bucket, key);
            case 3, 4, 5 -> deleteVersion(store, bucket, key, random);
            case 6 -> putOfManyExtents(store, bucket, key, random);
            case 7 -> rewrite(store, bucket, key);
            default -> put(store, bucket, key, random);
        };
    }

    private String setVersioning(StoreFixture store, Bucket bucket, Versioning next) {
        if (versioning == Versioning.NEVER && removed.size() < 3) {
            return "not versioned yet";
        }
        store.services().settings().put(bucket, Settings.VERSIONING, next, BucketSettings.Rule.any());
        versioning = next;
        return "versioning " + next;
    }

    private String put(StoreFixture store, Bucket bucket, int key, Random random) {
        int length = random.nextInt(5) == 0 ? 600_000 : random.nextInt(3000);
        byte[] bytes = bytes(random, length);
        store.put(bucket, KEYS.get(key), bytes, WAYS.get(random.nextInt(WAYS.size())));
        expect(store, bucket, key, Optional.of(ByteBuffer.wrap(bytes)));
        return "put " + KEYS.get(key);
    }

    private String putOfManyExtents(StoreFixture store, Bucket bucket, int key, Random random) {
        byte[] bytes = bytes(random, 7000);
        List<Extent> extents = new ArrayList<>();
        ContentKey contentKey = store.services()
                .objects()
                .encryption()
                .begin(bucket, KEYS.get(key), WAYS.get(random.nextInt(WAYS.size())));
        for (int at = 0; at < bytes.length; at += 1000) {
            try (ContentWriter writer =
                    contentKey.cipher().encrypt(store.engine().blobs().create(1000))) {
                writer.write(ByteBuffer.wrap(bytes, at, 1000));
                extents.add(new Extent(writer.finish(), 1000, writer.salt()));
            }
        }
        List<BlobId> blobs = extents.stream().map(Extent::blob).toList();
        Crc64 crc64 = new Crc64();
        crc64.update(ByteBuffer.wrap(bytes));
        var _ = store.services().objects().commit(bucket, KEYS.get(key), blobs, current -> {
            ObjectVersion version = new ObjectVersion(
                    store.services().ids().next(),
                    bytes.length,
                    "0".repeat(32),
                    crc64.value(),
                    store.services().clock().instant(),
                    0,
                    Optional.empty(),
                    Attributes.of(Headers.NONE),
                    Content.of(extents, contentKey.encryption()));
            return NextVersion.of(version, Optional.empty(), blobs);
        });
        expect(store, bucket, key, Optional.of(ByteBuffer.wrap(bytes)));
        return "put of many extents " + KEYS.get(key);
    }

    /** Changes what is said of a version, in its place. */
    private String rewrite(StoreFixture store, Bucket bucket, int key) {
        Optional<Known> any =
                model.get(key).stream().filter(known -> known.bytes.isPresent()).reduce((first, last) -> last);
        any.ifPresent(known -> {
            ObjectService objects = store.services().objects();
            Attributes other = Attributes.of(Headers.of("x-cos-meta-again", "yes"));
            var _ = objects.rewrite(
                    bucket,
                    known.key,
                    () -> objects.versions().require(bucket, known.key, Optional.of(known.id)),
                    version -> version.with(other));
        });
        return "rewrite " + any.map(Known::id).orElse("nothing");
    }

    private String delete(StoreFixture store, Bucket bucket, int key) {
        Deletion deletion = store.services().objects().delete(bucket, KEYS.get(key));
        assertThat(deletion.made().isPresent()).isEqualTo(versioning != Versioning.NEVER);
        if (versioning == Versioning.NEVER) {
            removed.addAll(model.get(key));
            model.get(key).clear();
        } else {
            expect(store, bucket, key, Optional.empty());
        }
        return "delete " + KEYS.get(key);
    }

    private String deleteVersion(StoreFixture store, Bucket bucket, int key, Random random) {
        List<Known> history = model.get(key);
        if (history.isEmpty()) {
            return "nothing to delete";
        }
        Known victim = history.get(random.nextInt(history.size()));
        var _ = store.services().objects().delete(bucket, KEYS.get(key), VersionId.Named.parse(victim.id), false);
        history.remove(victim);
        removed.add(victim);
        return "delete version " + victim.id + " of " + KEYS.get(key);
    }

    /** Puts what must be new in front of the model. */
    private void expect(StoreFixture store, Bucket bucket, int key, Optional<ByteBuffer> bytes) {
        List<Known> history = model.get(key);
        if (versioning == Versioning.NEVER) {
            removed.addAll(history);
            history.clear();
        } else if (versioning == Versioning.SUSPENDED) {
            history.removeIf(known -> known.id.equals("null"));
        }
        String id = "null";
        if (versioning == Versioning.ENABLED) {
            Bucket now = store.services().buckets().find(bucket.name()).orElseThrow();
            id = list(store, now, KEYS.get(key), "", 1000).entries().stream()
                    .filter(entry -> entry.key().equals(KEYS.get(key)))
                    .findFirst()
                    .orElseThrow()
                    .kept()
                    .id()
                    .text();
            assertThat(removed).extracting(Known::id).doesNotContain(id);
        }
        history.addFirst(new Known(KEYS.get(key), id, bytes));
    }

    private void checkReads(StoreFixture store, Bucket bucket, String where) {
        ObjectService objects = store.services().objects();
        for (int key = 0; key < KEYS.size(); key++) {
            for (Known known : model.get(key)) {
                assertThat(read(objects, bucket, known.key, Optional.of(known.id)))
                        .as(where + ": " + known.id)
                        .isEqualTo(known.bytes);
            }
            Optional<ByteBuffer> current = model.get(key).stream().findFirst().flatMap(Known::bytes);
            assertThat(read(objects, bucket, KEYS.get(key), Optional.empty()))
                    .as(where + ": current " + KEYS.get(key))
                    .isEqualTo(current);
        }
        for (Known gone : removed) {
            if (!gone.id.equals("null")) {
                assertThat(objects.versions().find(bucket, gone.key, Optional.of(gone.id)))
                        .as(where)
                        .isEmpty();
            }
        }
    }

    private static Optional<ByteBuffer> read(ObjectService objects, Bucket bucket, String key, Optional<String> id) {
        StoredObject stored;
        try {
            stored = objects.versions().require(bucket, key, id);
        } catch (CosException e) {
            assertThat(e.error()).isEqualTo(CosError.NO_SUCH_KEY);
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) stored.version().sizeBytes() + 1);
        Encryption encryption = stored.version().content().encryption();
        boolean customers = encryption instanceof Encryption.SseC;
        ContentKey contentKey = objects.encryption()
                .open(
                        bucket,
                        key,
                        encryption,
                        EncryptionHeaders.ofRead(customers ? StoreFixture.CUSTOMER_KEY : Headers.NONE));
        ResponseBody.Pieces pieces = objects.contents()
                .open(bucket, stored, contentKey.cipher(), 0, stored.version().sizeBytes())
                .orElseThrow();
        try (PieceBody body = new PieceBody(pieces)) {
            while (body.read(bytes) >= 0) {
                assertThat(bytes.hasRemaining()).isTrue();
            }
        }
        return Optional.of(bytes.flip());
    }

    private void checkListing(StoreFixture store, Bucket bucket, Random random, String where) {
        List<String> wanted = new ArrayList<>();
        for (List<Known> history : model) {
            for (Known known : history) {
                boolean latest = known.equals(history.getFirst());
                wanted.add(known.key + " " + known.id + " " + known.bytes.isPresent() + " " + latest);
            }
        }
        List<String> listed = new ArrayList<>();
        VersionListing.Page page = list(store, bucket, "", "", 1 + random.nextInt(5));
        page.entries().forEach(entry -> listed.add(text(entry)));
        while (page.isTruncated()) {
            page = list(store, bucket, page.nextKeyMarker(), page.nextVersionIdMarker(), 1 + random.nextInt(5));
            page.entries().forEach(entry -> listed.add(text(entry)));
        }
        assertThat(listed).as(where).isEqualTo(wanted);
        assertThat(store.services()
                        .listing()
                        .list(bucket, new ObjectListing.Selection("", "", "", 1000))
                        .entries())
                .as(where)
                .extracting(ObjectListing.Entry::key)
                .isEqualTo(model.stream()
                        .filter(history ->
                                !history.isEmpty() && history.getFirst().bytes.isPresent())
                        .map(history -> history.getFirst().key)
                        .toList());
    }

    private static String text(VersionListing.Entry entry) {
        boolean version = entry.kept() instanceof VersionListing.Kept.Version;
        return entry.key() + " " + entry.kept().id().text() + " " + version + " " + entry.isLatest();
    }

    /** From a key on, that key included if no version is named. */
    private static VersionListing.Page list(StoreFixture store, Bucket bucket, String key, String version, int most) {
        boolean inclusive = version.isEmpty() && KEYS.contains(key);
        String marker = inclusive ? key.substring(0, key.length() - 1) : key;
        return store.services()
                .versionListing()
                .list(bucket, new VersionListing.Selection(new ObjectListing.Selection("", "", marker, most), version));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

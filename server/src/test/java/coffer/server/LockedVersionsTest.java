package coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.PutBucketSetting;
import coffer.bucket.SettingRules;
import coffer.bucket.Settings;
import coffer.encryption.ContentCipher;
import coffer.integrity.StoreCheck;
import coffer.lock.ObjectLock;
import coffer.lock.Retention;
import coffer.lock.RetentionMode;
import coffer.multipart.CompleteMultipartUpload;
import coffer.multipart.Upload;
import coffer.object.AppendObject;
import coffer.object.Attributes;
import coffer.object.CopyObject;
import coffer.object.DeleteObject;
import coffer.object.GovernanceBypass;
import coffer.object.ObjectListing;
import coffer.object.ObjectRetention;
import coffer.object.ObjectService;
import coffer.object.ObjectTagging;
import coffer.object.ObjectVersion;
import coffer.object.PieceBody;
import coffer.object.Possession;
import coffer.object.PutObject;
import coffer.object.StoredObject;
import coffer.object.VersionListing;
import coffer.operation.Services;
import coffer.request.CosRequest;
import coffer.request.Digests;
import coffer.request.Handler;
import coffer.store.Finding;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Random requests, and a clock that moves between them: whatever they are, a version that is locked is there after each
 * as it was before, and its lock is no weaker. Restarts in between; in the end nothing is left over in the store.
 */
class LockedVersionsTest {
    static final List<Long> SEEDS = seeds();

    private static final List<String> KEYS = List.of("a", "b/c", "log");
    private static final int STEPS = 150;

    @TempDir
    private Path scratch;

    private final Clock clock = new Clock();
    private int refused;
    private int freed;

    private static List<Long> seeds() {
        Long given = Long.getLong("coffer.locks.seed");
        return given != null ? List.of(given) : new Random(11).longs(10).boxed().toList();
    }

    /** Stands still during a request. */
    private static final class Clock implements InstantSource {
        private Instant now = Instant.parse("2026-11-25T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void move(Random random) {
            now = now.plusSeconds(random.nextInt(8) == 0 ? -random.nextInt(600) : random.nextInt(3600));
        }
    }

    /** A version as clients can see it. */
    private record Seen(String key, ObjectVersion version, ByteBuffer bytes) {
        ObjectLock lock() {
            return version.attributes().lock();
        }

        /** What a lock keeps: all but the lock itself, and who may read it. */
        List<Object> kept() {
            Attributes others = version.attributes().with(ObjectLock.NONE).with(Possession.OF_BUCKET);
            return List.of(key, bytes, version.etag(), version.crc64(), version.lastModified(), others);
        }
    }

    /** A request, and the write id of the version whose hold it may take off. */
    private record Step(String what, Handler handler, CosRequest request, String unheld) {}

    @ParameterizedTest
    @FieldSource("SEEDS")
    void noLockedVersionChangesBeforeItsTime(long seed) {
        Random random = new Random(seed);
        Path folder = scratch.resolve("data");
        StoreFixture store = new StoreFixture(folder, clock);
        try (store) {
            Bucket bucket = store.bucket("photos");
            assertThat(run(setLock(store.services(), bucket, random))).isEqualTo("200");
            Map<String, Seen> before = Map.of();
            for (int i = 0; i < STEPS; i++) {
                clock.move(random);
                if (random.nextInt(30) == 0) {
                    store.close();
                    store.reopen(clock);
                }
                Step step = step(store, bucket, new ArrayList<>(before.values()), random);
                String outcome = run(step);
                Map<String, Seen> after = look(store, bucket);
                check(before, after, step, "seed %d, step %d: %s %s".formatted(seed, i, step.what, outcome));
                before = after;
            }
        }
        assertThat(refused).isGreaterThan(5);
        assertThat(freed).isPositive();
        List<Finding> findings = new ArrayList<>();
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            Services services = StoreFixture.services(inspection.engine(), folder, clock);
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
    }

    private String run(Step step) {
        try {
            return Integer.toString(step.handler.handle(step.request).status());
        } catch (CosException e) {
            refused += e.error() == CosError.OBJECT_LOCKED ? 1 : 0;
            return e.error().code();
        }
    }

    private void check(Map<String, Seen> before, Map<String, Seen> after, Step step, String where) {
        before.forEach((id, old) -> {
            Optional<Seen> now = Optional.ofNullable(after.get(id));
            if (old.lock().isLocked(clock.now, false)) {
                assertThat(now).as(where).isPresent();
                assertKept(old, now.orElseThrow(), step.unheld.equals(id), where);
            } else if (now.isEmpty() && old.lock().retention().isPresent()) {
                freed++;
            }
        });
    }

    private void assertKept(Seen old, Seen now, boolean mayBeUnheld, String where) {
        assertThat(now.kept()).as(where).isEqualTo(old.kept());
        old.lock().retention().filter(kept -> kept.holds(clock.now)).ifPresent(kept -> {
            Retention next = now.lock().retention().orElseThrow();
            assertThat(next.until()).as(where).isAfterOrEqualTo(kept.until());
            assertThat(next.mode()).as(where).isIn(kept.mode(), RetentionMode.COMPLIANCE);
        });
        if (!mayBeUnheld) {
            assertThat(now.lock().hold()).as(where).isEqualTo(old.lock().hold());
        }
    }

    private Step step(StoreFixture store, Bucket bucket, List<Seen> seen, Random random) {
        Services s = store.services();
        ObjectTagging tagging = new ObjectTagging(s.buckets(), s.objects(), s.access(), clock);
        GovernanceBypass bypass = new GovernanceBypass(s.access());
        ObjectRetention retention = new ObjectRetention(s.buckets(), s.settings(), s.objects(), bypass, clock);
        CopyObject copy = new CopyObject(s.buckets(), s.objects(), s.access(), clock, s.ids());
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Optional<Seen> any = seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(random.nextInt(seen.size())));
        Request to = new Request(bucket, key);
        Request toAny = new Request(bucket, any.map(Seen::key).orElse(key))
                .query("versionId=" + any.map(one -> one.version.id().text()).orElse("null"));
        return switch (random.nextInt(16)) {
            case 0 -> setLock(s, bucket, random);
            case 1 -> setVersioning(s, bucket, random);
            case 2, 3 -> to.step("delete", new DeleteObject(s.buckets(), s.objects(), bypass));
            case 4, 5, 6 -> toAny.step("delete version", new DeleteObject(s.buckets(), s.objects(), bypass));
            case 7 ->
                toAny.body("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>")
                        .step("tag", tagging.put());
            case 8 -> toAny.step("untag", tagging.delete());
            case 9 ->
                toAny.body("<Retention><RetainUntilDate>" + within(random, 7200) + "</RetainUntilDate></Retention>")
                        .step("retain", retention.put());
            case 10 ->
                toAny.body("<LegalHold><Status>" + (random.nextBoolean() ? "ON" : "OFF") + "</Status></LegalHold>")
                        .step(
                                "hold",
                                retention.putLegalHold(),
                                any.map(one -> one.version.writeId()).orElse(""));
            case 11 ->
                to.header("x-cos-copy-source", bucket.name() + "/" + KEYS.get(random.nextInt(KEYS.size())))
                        .header("x-cos-metadata-directive", "Replaced")
                        .header("x-cos-meta-n", Integer.toString(random.nextInt()))
                        .step("copy", copy);
            case 12 -> {
                long size = seen.stream()
                        .filter(one -> one.key.equals("log"))
                        .mapToLong(one -> one.version.sizeBytes())
                        .findFirst()
                        .orElse(0);
                yield new Request(bucket, "log")
                        .query("append&position=" + size)
                        .body("more")
                        .step("append", new AppendObject(s.buckets(), s.objects(), clock, s.ids()));
            }
            case 13 -> complete(store, bucket, key, random);
            default -> locked(to.body(text(random)), random).step("put", new PutObject(s.buckets(), s.objects()));
        };
    }

    private Step setLock(Services s, Bucket bucket, Random random) {
        String rule = random.nextInt(4) > 0 ? "" : "<Rule><DefaultRetention><Days>1</Days></DefaultRetention></Rule>";
        return new Request(bucket, "")
                .body("<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>" + rule
                        + "</ObjectLockConfiguration>")
                .step(
                        "lock " + rule,
                        PutBucketSetting.of(
                                s.buckets(),
                                s.settings(),
                                Settings.OBJECT_LOCK,
                                new SettingRules(s.settings())::objectLock));
    }

    private static Step setVersioning(Services s, Bucket bucket, Random random) {
        String status = random.nextInt(4) == 0 ? "Enabled" : "Suspended";
        return new Request(bucket, "")
                .body("<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>")
                .step(
                        status,
                        PutBucketSetting.of(
                                s.buckets(),
                                s.settings(),
                                Settings.VERSIONING,
                                new SettingRules(s.settings())::versioning));
    }

    private Step complete(StoreFixture store, Bucket bucket, String key, Random random) {
        Services s = store.services();
        byte[] bytes = text(random).getBytes(UTF_8);
        Upload upload = store.upload(bucket, key);
        store.part(bucket, upload, 1, bytes);
        String etag = HexFormat.of().formatHex(Digests.md5().digest(bytes));
        return new Request(bucket, key)
                .query("uploadId=" + upload.id())
                .body("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag
                        + "</ETag></Part></CompleteMultipartUpload>")
                .step("complete", new CompleteMultipartUpload(s.buckets(), s.objects(), s.uploads(), s.assembly()));
    }

    private Request locked(Request request, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> request.header("x-cos-object-lock-legal-hold", "ON");
            case 1, 2 ->
                request.header("x-cos-object-lock-mode", random.nextInt(4) == 0 ? "GOVERNANCE" : "COMPLIANCE")
                        .header("x-cos-object-lock-retain-until-date", within(random, 14400));
            default -> request;
        };
    }

    private String within(Random random, int seconds) {
        return clock.now.plus(Duration.ofSeconds(random.nextInt(seconds))).toString();
    }

    private static String text(Random random) {
        int length = random.nextInt(6) == 0 ? 600_000 : random.nextInt(2000);
        return Integer.toString(random.nextInt()).repeat(1 + length / 10);
    }

    private static Map<String, Seen> look(StoreFixture store, Bucket bucket) {
        Services s = store.services();
        Bucket now = s.buckets().find(bucket.name()).orElseThrow();
        Map<String, Seen> seen = new LinkedHashMap<>();
        VersionListing.Selection all = new VersionListing.Selection(new ObjectListing.Selection("", "", "", 1000), "");
        for (VersionListing.Entry entry : s.versionListing().list(now, all).entries()) {
            if (entry.kept() instanceof VersionListing.Kept.Version) {
                StoredObject stored = s.objects()
                        .versions()
                        .require(now, entry.key(), Optional.of(entry.kept().id().text()));
                seen.put(
                        stored.version().writeId(),
                        new Seen(entry.key(), stored.version(), bytes(s.objects(), now, stored)));
            }
        }
        return seen;
    }

    private static ByteBuffer bytes(ObjectService objects, Bucket bucket, StoredObject stored) {
        ByteBuffer bytes = ByteBuffer.allocate((int) stored.version().sizeBytes() + 1);
        ResponseBody.Pieces pieces = objects.contents()
                .open(bucket, stored, ContentCipher.none(), 0, stored.version().sizeBytes())
                .orElseThrow();
        try (PieceBody body = new PieceBody(pieces)) {
            while (body.read(bytes) >= 0) {
                assertThat(bytes.hasRemaining()).isTrue();
            }
        }
        return bytes.flip();
    }

    /** A request by the root user of the bucket's account. */
    private record Request(Bucket bucket, String key, String query, Map<String, String> headers, String body) {
        Request(Bucket bucket, String key) {
            this(bucket, key, "", Map.of(), "");
        }

        Request query(String next) {
            return new Request(bucket, key, next, headers, body);
        }

        Request header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Request(bucket, key, query, more, body);
        }

        Request body(String text) {
            return new Request(bucket, key, query, headers, text);
        }

        Step step(String what, Handler handler) {
            return step(what, handler, "");
        }

        Step step(String what, Handler handler, String unheld) {
            return new Step(
                    what + " " + key + " " + query + " " + headers,
                    handler,
                    new RootRequest("ANY", bucket, key, query, headers, body).request(),
                    unheld);
        }
    }
}

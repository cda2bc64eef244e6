package coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.lock.ObjectLockConfiguration;
import coffer.object.AppendObject;
import coffer.object.CopyObject;
import coffer.object.DeleteObject;
import coffer.object.GetObject;
import coffer.object.GovernanceBypass;
import coffer.object.ListObjects;
import coffer.object.ListingWords;
import coffer.object.ObjectVersion;
import coffer.object.RestoreObject;
import coffer.object.RestoreWords;
import coffer.object.StorageClass;
import coffer.operation.Services;
import coffer.restore.RestoreDelays;
import coffer.restore.RestoreTier;
import coffer.versioning.Versioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Restored objects while the clock moves. */
class RestoreObjectTest {
    private static final RestoreDelays DELAYS = new RestoreDelays(Map.of(
            RestoreTier.EXPEDITED, Duration.ofMinutes(1),
            RestoreTier.STANDARD, Duration.ofHours(3)));
    private static final Instant BEGIN = Instant.parse("2026-03-02T09:34:50Z");

    /** The midnight in Beijing after three hours and a day. */
    private static final Instant END = Instant.parse("2026-03-03T16:00:00Z");

    private static final String ARCHIVED = "403 InvalidObjectState";

    private Instant now = BEGIN;
    private final InstantSource clock = () -> now;
    private final Path folder;
    private final StoreFixture store;
    private final Bucket bucket;

    RestoreObjectTest(@TempDir Path scratch) {
        folder = scratch.resolve("data");
        store = new StoreFixture(folder, clock);
        bucket = store.bucket("photos");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Services services() {
        return StoreFixture.services(store.engine(), folder, clock, DELAYS);
    }

    private void put(String key, StorageClass storageClass) {
        store.put(bucket, key, "text".getBytes(UTF_8), Headers.of("x-cos-storage-class", storageClass.name()));
    }

    private RootRequest.Outcome send(String method, String key, String query) {
        Services s = services();
        return new RootRequest(method, bucket, key)
                .query(query)
                .sentTo(new GetObject(s.buckets(), s.objects(), s.access()));
    }

    private String get(String key) {
        RootRequest.Outcome outcome = send("GET", key, "");
        return outcome.status().equals("200") ? outcome.text() : outcome.status();
    }

    private RootRequest.Outcome head(String key) {
        return send("HEAD", key, "");
    }

    private String restore(String key, String tier) {
        return restore(key, "", 1, tier);
    }

    private String restore(String key, String query, int days, String tier) {
        Services s = services();
        return new RootRequest("POST", bucket, key)
                .query(query)
                .body("<RestoreRequest><Days>" + days + "</Days><CASJobParameters><Tier>" + tier
                        + "</Tier></CASJobParameters></RestoreRequest>")
                .sentTo(new RestoreObject(s.buckets(), s.objects(), s.restoreDelays()))
                .status();
    }

    private RootRequest.Outcome copy(String from, String to, String storageClass) {
        Services s = services();
        return new RootRequest("PUT", bucket, to)
                .header("x-cos-copy-source", bucket.name() + "/" + from)
                .header("x-cos-storage-class", storageClass)
                .sentTo(new CopyObject(s.buckets(), s.objects(), s.access(), clock, s.ids()));
    }

    private String listed(RestoreWords words) {
        Services s = services();
        ListingWords dialect = new ListingWords(Bucket::appId, StorageClass::name, "", words, 1);
        String document = new RootRequest("GET", bucket, "")
                .header("x-cos-optional-object-attributes", "RestoreStatus")
                .sentTo(new ListObjects(s.buckets(), s.listing(), dialect, clock))
                .text();
        int at = document.indexOf("<StorageClass>");
        return document.substring(at, document.indexOf("</Contents>"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARCHIVE", "DEEP_ARCHIVE", "MAZ_ARCHIVE"})
    void canBeReadFromThenUntilThen(StorageClass storageClass) {
        put("k", storageClass);
        ObjectVersion before = find("k");
        assertThat(get("k")).isEqualTo(ARCHIVED);
        assertThat(head("k").header("x-cos-restore")).isEmpty();
        assertThat(head("k").header("x-cos-storage-class")).contains(storageClass.name());

        now = BEGIN.plusSeconds(5);
        assertThat(restore("k", "Standard")).isEqualTo("202");
        assertThat(restore("k", "Standard")).isEqualTo("409 RestoreAlreadyInProgress");
        now = BEGIN.plusSeconds(4 + 3 * 3600);
        assertThat(get("k")).isEqualTo(ARCHIVED);
        assertThat(head("k").header("x-cos-restore")).contains("ongoing-request=\"true\"");
        assertThat(head("k").header("x-cos-restore-status"))
                .contains("tier=\"standard\"; request-date=\"Mon, 02 Mar 2026 09:34:55 GMT\"");
        assertThat(restore("k", "Standard")).isEqualTo("409 RestoreAlreadyInProgress");

        now = BEGIN.plusSeconds(5 + 3 * 3600);
        assertThat(get("k")).isEqualTo("text");
        assertThat(head("k").header("x-cos-restore"))
                .contains("ongoing-request=\"false\", expiry-date=\"Tue, 03 Mar 2026 16:00:00 GMT\"");
        assertThat(head("k").header("x-cos-restore-status")).isEmpty();
        assertThat(copy("k", "copy", "STANDARD").status()).isEqualTo("200");
        assertThat(get("copy")).isEqualTo("text");

        now = END.minusMillis(1);
        assertThat(get("k")).isEqualTo("text");
        now = END;
        assertThat(get("k")).isEqualTo(ARCHIVED);
        assertThat(head("k").header("x-cos-restore")).isEmpty();
        assertThat(restore("k", "Standard")).isEqualTo("202");
        assertThat(get("k")).isEqualTo(ARCHIVED);
        ObjectVersion after = find("k");
        assertThat(after.with(before.content()))
                .as("nothing else of it has changed")
                .isEqualTo(before.with(after.restoration().orElseThrow()));
    }

    private ObjectVersion find(String key) {
        return services().objects().find(bucket, key).orElseThrow().version();
    }

    @Test
    void whatIsRestoredStaysSoForAsManyDaysFromNow() {
        put("k", StorageClass.ARCHIVE);
        assertThat(restore("k", "Expedited")).isEqualTo("202");
        now = BEGIN.plus(Duration.ofDays(1));
        assertThat(restore("k", "", 2, "Bulk")).isEqualTo("200");
        assertThat(head("k").header("x-cos-restore").orElseThrow()).contains("Thu, 05 Mar 2026 16:00:00 GMT");
        assertThat(restore("k", "", 1, "Bulk"))
                .as("days count from now, also fewer")
                .isEqualTo("200");
        assertThat(head("k").header("x-cos-restore").orElseThrow()).contains("Wed, 04 Mar 2026 16:00:00 GMT");
    }

    @Test
    void aTierWithoutADelayTakesNoTime() {
        put("k", StorageClass.DEEP_ARCHIVE);
        assertThat(restore("k", "Bulk")).isEqualTo("202");
        assertThat(get("k")).isEqualTo("text");
        assertThat(restore("k", "Bulk")).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD, Standard, 405 RestoreNonArchiveObject",
        "COLD, Standard, 405 RestoreNonArchiveObject",
        "STANDARD_IA, Expedited, 405 RestoreNonArchiveObject",
        "DEEP_ARCHIVE, Expedited, 400 InvalidArgument",
        "ARCHIVE, Quick, 400 InvalidArgument",
    })
    void refusesWhatCannotBeRestored(StorageClass storageClass, String tier, String refusal) {
        put("k", storageClass);
        assertThat(restore("k", tier)).isEqualTo(refusal);
        assertThat(restore("absent", "Standard")).isEqualTo("404 NoSuchKey");
        assertThat(find("k").restoration()).isEmpty();
    }

    @Test
    void knowsItAfterARestart() {
        put("ongoing", StorageClass.ARCHIVE);
        put("done", StorageClass.ARCHIVE);
        assertThat(restore("ongoing", "Standard")).isEqualTo("202");
        assertThat(restore("done", "Bulk")).isEqualTo("202");
        store.close();
        store.reopen(clock);
        assertThat(restore("ongoing", "Bulk")).isEqualTo("409 RestoreAlreadyInProgress");
        assertThat(get("done")).isEqualTo("text");
        store.close();
        now = BEGIN.plus(Duration.ofHours(4));
        store.reopen(clock);
        assertThat(get("ongoing")).isEqualTo("text");
        now = END;
        assertThat(get("ongoing")).isEqualTo(ARCHIVED);
        assertThat(get("done")).isEqualTo(ARCHIVED);
    }

    @Test
    void restoresTheVersionThatIsNamed() {
        set(Versioning.ENABLED);
        put("k", StorageClass.ARCHIVE);
        String first = "versionId=" + find("k").id().text();
        put("k", StorageClass.ARCHIVE);
        assertThat(restore("k", first, 1, "Bulk")).isEqualTo("202");
        assertThat(send("GET", "k", first).text()).isEqualTo("text");
        assertThat(get("k")).isEqualTo(ARCHIVED);
        assertThat(restore("k", "Bulk")).isEqualTo("202");
        assertThat(get("k")).as("also where its row is copied").isEqualTo("text");

        Services s = services();
        assertThat(new RootRequest("DELETE", bucket, "k")
                        .sentTo(new DeleteObject(s.buckets(), s.objects(), new GovernanceBypass(s.access())))
                        .status())
                .isEqualTo("204");
        assertThat(restore("k", "Bulk")).isEqualTo("404 NoSuchKey");
        assertThat(restore("k", "versionId=MTg0NDUwMDAwMDAwMDAwMDAwMDE", 1, "Bulk"))
                .isEqualTo("404 NoSuchVersion");
        assertThat(restore("k", first, 1, "Bulk")).isEqualTo("200");
    }

    private void set(Versioning versioning) {
        services().settings().put(bucket, Settings.VERSIONING, versioning, BucketSettings.Rule.any());
    }

    /** Its bytes and what is said of it stay. */
    @Test
    void aLockedObjectCanBeRestored() {
        services()
                .settings()
                .put(
                        bucket,
                        Settings.OBJECT_LOCK,
                        new ObjectLockConfiguration(Optional.empty()),
                        BucketSettings.Rule.any());
        store.put(
                services().buckets().find(bucket.name()).orElseThrow(),
                "k",
                "text".getBytes(UTF_8),
                Headers.of("x-cos-storage-class", "ARCHIVE", "x-cos-object-lock-legal-hold", "ON"));
        assertThat(copy("k", "k", "STANDARD").status()).as("locked").isEqualTo("409 ObjectLocked");
        assertThat(restore("k", "Bulk")).isEqualTo("202");
        assertThat(get("k")).isEqualTo("text");
        assertThat(head("k").header("x-cos-object-lock-legal-hold")).contains("ON");
    }

    @Test
    void anotherClassNeedsTheObjectToBeReadable() {
        put("k", StorageClass.ARCHIVE);
        assertThat(copy("k", "k", "STANDARD").status()).isEqualTo(ARCHIVED);
        assertThat(copy("k", "other", "STANDARD").status()).isEqualTo(ARCHIVED);
        assertThat(restore("k", "Bulk")).isEqualTo("202");
        assertThat(copy("k", "k", "STANDARD").status()).isEqualTo("200");
        now = END;
        assertThat(get("k")).isEqualTo("text");
        assertThat(copy("k", "k", "DEEP_ARCHIVE").status()).isEqualTo("200");
        assertThat(get("k")).isEqualTo(ARCHIVED);
    }

    @Test
    void nothingIsAppendedToWhatIsArchived() {
        Services s = services();
        AppendObject append = new AppendObject(s.buckets(), s.objects(), clock, s.ids());
        RootRequest first = new RootRequest("POST", bucket, "log")
                .query("append&position=0")
                .header("x-cos-storage-class", "ARCHIVE")
                .body("one");
        assertThat(first.sentTo(append).status()).isEqualTo("200");
        assertThat(first.query("append&position=3").sentTo(append).status()).isEqualTo(ARCHIVED);
        assertThat(restore("log", "Bulk")).isEqualTo("202");
        assertThat(get("log")).isEqualTo("one");
        assertThat(first.query("append&position=3").sentTo(append).status()).isEqualTo(ARCHIVED);
    }

    @Test
    void listingsSayHowFarItIs() {
        put("k", StorageClass.ARCHIVE);
        String kept = "<StorageClass>ARCHIVE</StorageClass>";
        assertThat(listed(RestoreWords.COS)).isEqualTo(kept);
        assertThat(restore("k", "Standard")).isEqualTo("202");
        assertThat(listed(RestoreWords.COS)).isEqualTo(kept + "<RestoreStatus>ONGOING</RestoreStatus>");
        assertThat(listed(RestoreWords.S3))
                .isEqualTo(kept + "<RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>");
        now = BEGIN.plus(Duration.ofHours(3));
        assertThat(listed(RestoreWords.COS)).isEqualTo(kept + "<RestoreStatus>DONE</RestoreStatus>");
        assertThat(listed(RestoreWords.S3))
                .isEqualTo(kept + "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress>"
                        + "<RestoreExpiryDate>2026-03-03T16:00:00.000Z</RestoreExpiryDate></RestoreStatus>");
        now = END;
        assertThat(listed(RestoreWords.COS)).isEqualTo(kept);
    }

    @Test
    void ofManyRequestsAtOnceOneBeginsIt() throws InterruptedException, ExecutionException {
        put("k", StorageClass.ARCHIVE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> restore("k", "Standard")))
                    .toList();
            int begun = 0;
            for (Future<String> outcome : asked) {
                begun += outcome.get().equals("202") ? 1 : 0;
                assertThat(outcome.get()).isIn("202", "409 RestoreAlreadyInProgress");
            }
            assertThat(begun).isEqualTo(1);
        }
    }

    /** An object whose extents are not in its row, and one that is encrypted. */
    @Test
    void theBytesStayWhatTheyAre() {
        String large = "0123456789".repeat(100_000);
        Headers archived = Headers.of("x-cos-storage-class", "ARCHIVE");
        store.put(bucket, "large", large.getBytes(UTF_8), archived);
        store.put(
                bucket,
                "secret",
                "text".getBytes(UTF_8),
                Headers.of("x-cos-storage-class", "ARCHIVE", "x-cos-server-side-encryption", "AES256"));
        for (String key : List.of("large", "secret")) {
            assertThat(restore(key, "Bulk")).isEqualTo("202");
            assertThat(restore(key, "Bulk")).isEqualTo("200");
        }
        store.close();
        store.reopen(clock);
        assertThat(get("large")).isEqualTo(large);
        assertThat(get("secret")).isEqualTo("text");
    }
}

package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.accesslog.AccessRecord;
import coffer.accesslog.LogFormat;
import coffer.accesslog.LogKeys;
import coffer.accesslog.LogSource;
import coffer.accesslog.LogSpool;
import coffer.accesslog.LogTarget;
import coffer.accesslog.SpoolFile;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.bucket.Bucket;
import coffer.housekeeping.AccessLogWorker;
import coffer.identity.Principal;
import coffer.object.ObjectDelivery;
import coffer.object.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When access logs are delivered, and what becomes of those that cannot be. */
class AccessLogWorkerTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-02T08:03:00Z"));
    private final InstantSource clock = now::get;
    private StoreFixture store;
    private LogSpool spool;
    private Bucket logs;

    @BeforeEach
    void open() {
        store = new StoreFixture(folder.resolve("data"), clock);
        logs = store.bucket("logs");
        spool = openSpool();
    }

    @AfterEach
    void close() {
        spool.close();
        store.close();
    }

    private LogSpool openSpool() {
        return LogSpool.open(folder.resolve("spool"), clock, new Random(1), LogSpool.Limits.USUAL);
    }

    private AccessLogWorker worker() {
        return new AccessLogWorker(
                spool,
                store.services().buckets(),
                store.services().objects(),
                new ObjectDelivery(store.services().objects()),
                clock);
    }

    private void request(String bucket) {
        AccessRecord.Asked asked = new AccessRecord.Asked(
                "id",
                now.get(),
                "host",
                new AccessRecord.OperationName("GetObject", "REST.GET.OBJECT"),
                "192.0.2.1",
                new Principal.Anonymous(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("k"),
                "GET",
                "/k",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        AccessRecord.Answered answered = new AccessRecord.Answered(
                now.get(),
                200,
                Optional.empty(),
                0,
                4,
                0,
                1,
                1,
                OptionalLong.of(4),
                Optional.empty(),
                Optional.of("STANDARD"),
                Optional.empty());
        LogSource source = new LogSource("photos-1250000000", "ap-guangzhou", "1250000000", "100000000001");
        spool.add(new LogTarget(bucket, "p/", LogFormat.COS, LogKeys.COS), new AccessRecord(source, asked, answered));
    }

    private static Next work(AccessLogWorker worker) {
        return worker.work(new Shift(1_000_000, () -> false));
    }

    private Optional<StoredObject> delivered(SpoolFile file) {
        return store.services().objects().find(logs, file.destination().key());
    }

    @Test
    void deliversWithTheNextFiveMinutes() {
        AccessLogWorker worker = worker();
        assertThat(work(worker)).isEqualTo(new Next.At(Instant.parse("2026-02-02T08:05:00Z")));
        request(logs.name());
        SpoolFile file = spool.seal().getFirst();
        assertThat(work(worker)).isEqualTo(new Next.At(Instant.parse("2026-02-02T08:05:00Z")));
        assertThat(delivered(file)).isEmpty();
        now.set(Instant.parse("2026-02-02T08:05:00Z"));
        assertThat(work(worker)).isEqualTo(new Next.At(Instant.parse("2026-02-02T08:10:00Z")));
        assertThat(delivered(file).orElseThrow().version().sizeBytes()).isEqualTo(file.lengthBytes());
        assertThat(file.path()).doesNotExist();
        assertThat(worker.figures()).containsEntry("delivered", 1L).containsEntry("records", 1L);
    }

    /** It was killed after the object was there and before the file was gone. */
    @Test
    void whatMayHaveBeenDeliveredIsNotThereTwice() throws IOException {
        request(logs.name());
        SpoolFile file = spool.seal().getFirst();
        byte[] kept = Files.readAllBytes(file.path());
        work(worker());
        Instant written = delivered(file).orElseThrow().version().lastModified();
        spool.close();
        Files.write(file.path(), kept);
        spool = openSpool();
        now.set(now.get().plus(Duration.ofHours(1)));
        work(worker());
        assertThat(delivered(file).orElseThrow().version().lastModified()).isEqualTo(written);
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void withoutATargetLogsAreDroppedAndTheOthersDelivered() {
        request("gone-1250000000");
        request(logs.name());
        List<SpoolFile> files = spool.seal();
        AccessLogWorker worker = worker();
        work(worker);
        assertThat(worker.figures()).containsEntry("delivered", 1L).containsEntry("dropped", 1L);
        assertThat(files).allSatisfy(file -> assertThat(file.path()).doesNotExist());
    }
}

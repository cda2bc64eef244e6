package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.bucket.Bucket;
import coffer.bucket.BucketInventories;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.housekeeping.InventoryWorker;
import coffer.inventory.InventoryConfiguration;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectListing;
import coffer.object.ObjectRows;
import coffer.object.StoredObject;
import coffer.versioning.Versioning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports over a store on disk: when they are made, where they go on, what is in them. */
class InventoryWorkerTest {
    private static final String DAILY = "<IsEnabled>true</IsEnabled><Schedule><Frequency>Daily</Frequency></Schedule>";

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-02T08:00:00Z"));
    private final InstantSource clock = now::get;
    private StoreFixture store;
    private Bucket bucket;
    private Bucket reports;

    @BeforeEach
    void open() {
        store = new StoreFixture(folder, clock);
        bucket = store.bucket("photos");
        reports = store.bucket("reports");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private InventoryWorker worker() {
        return new InventoryWorker(
                store.engine().metadata(),
                store.services().buckets(),
                store.services().inventories(),
                new ObjectDelivery(store.services().objects()),
                clock,
                new InventoryWorker.Options(1_000_000_000, 100));
    }

    private static Element document(String id, String more) {
        String document = "<InventoryConfiguration><Id>" + id + "</Id><Destination><COSBucketDestination>"
                + "<Format>CSV</Format><Bucket>qcs::cos:ap-guangzhou::reports-1250000000</Bucket>"
                + "</COSBucketDestination></Destination><IncludedObjectVersions>Current</IncludedObjectVersions>"
                + "<OptionalFields><Field>Size</Field></OptionalFields>" + more + "</InventoryConfiguration>";
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private void set(String id) {
        store.services().inventories().put(bucket, InventoryConfiguration.read(id, document(id, DAILY)));
    }

    private void ask(String id) {
        String _ = store.services().inventories().ask(bucket, InventoryConfiguration.readOneTime(id, document(id, "")));
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    private static Instant work(InventoryWorker worker) {
        while (true) {
            if (worker.work(new Shift(1_000_000_000, () -> false)) instanceof Next.At at) {
                return at.time();
            }
        }
    }

    private void put(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            store.put(bucket, "%s%04d".formatted(prefix, i), new byte[] {1, 2, 3});
        }
    }

    private List<String> written() {
        return new ObjectListing(store.engine().metadata())
                .list(reports, new ObjectListing.Selection("", "", "", 1000)).entries().stream()
                        .map(ObjectListing.Entry::key)
                        .toList();
    }

    private byte[] read(String key) {
        StoredObject stored = store.services().objects().find(reports, key).orElseThrow();
        Optional<ByteBuffer> tail = store.services().objects().contents().storedTail(stored);
        byte[] bytes = new byte[tail.orElseThrow().remaining()];
        tail.get().get(bytes);
        return bytes;
    }

    private JsonNode manifest(String id, String day) {
        return JsonMapper.builder().build().readTree(read("1250000000/photos/" + id + "/" + day + "/manifest.json"));
    }

    /** The lines of all files of a report. */
    private List<String> lines(JsonNode manifest) throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode file : manifest.get("files")) {
            byte[] zipped = read(file.get("key").stringValue());
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    @Test
    void reportsAreMadeAtMidnight() throws IOException {
        put("a/", 3);
        set("daily");
        assertThat(work(worker())).isEqualTo(Instant.parse("2026-02-02T08:05:00Z"));
        assertThat(written()).isEmpty();
        pass(Duration.ofHours(9));
        assertThat(work(worker())).isEqualTo(Instant.parse("2026-02-02T17:05:00Z"));
        assertThat(written()).hasSize(3);
        assertThat(lines(manifest("daily", "20260203")))
                .containsExactly(
                        "1250000000,photos,a/0000,3", "1250000000,photos,a/0001,3", "1250000000,photos,a/0002,3");
        work(worker());
        assertThat(written()).hasSize(3);
        pass(Duration.ofDays(10)); // those of days that went by unseen are not made
        work(worker());
        assertThat(written()).hasSize(6);
        assertThat(lines(manifest("daily", "20260213"))).hasSize(3);
    }

    @Test
    void whatFellDueIsMadeAlsoWhenItIsReplacedThen() {
        set("daily");
        pass(Duration.ofHours(9));
        set("daily");
        work(worker());
        assertThat(written()).hasSize(3);
        set("daily");
        work(worker());
        assertThat(written()).hasSize(3);
    }

    /** Each server works a little and is closed; each file is there once, the manifest last. */
    @Test
    void aReportGoesOnWhereItWasStopped() throws IOException {
        put("k", 950);
        ask("once");
        int servers = 0;
        while (written().stream().noneMatch(key -> key.endsWith("manifest.checksum"))) {
            assertThat(servers++).isLessThan(50);
            assertThat(written()).noneMatch(key -> key.contains("manifest"));
            AtomicInteger asked = new AtomicInteger();
            Next _ = worker().work(new Shift(1_000_000_000, () -> asked.incrementAndGet() > 250));
            store.close();
            store.reopen(clock);
        }
        assertThat(servers).isGreaterThan(3);
        JsonNode manifest = manifest("once", "20260202");
        assertThat(manifest.get("files")).hasSize(10);
        assertThat(written()).hasSize(12);
        assertThat(lines(manifest)).hasSize(950).doesNotHaveDuplicates();
        assertThat(manifest.get("filterObjectCount").stringValue()).isEqualTo("950");
        assertThat(manifest.get("filterStorageSize").stringValue()).isEqualTo("2850");
        work(worker());
        assertThat(written()).hasSize(12);
    }

    @Test
    void anIdIsUsedOnceADay() {
        ask("once");
        assertThatThrownBy(() -> ask("once")).isInstanceOf(CosException.class);
        work(worker());
        assertThatThrownBy(() -> ask("once")).isInstanceOf(CosException.class);
        pass(Duration.ofDays(1));
        work(worker());
        ask("once");
        work(worker());
        assertThat(written()).hasSize(6);
    }

    @Test
    void versionsAndMarkersAreInItInTheirOrder() throws IOException {
        store.put(bucket, "k", new byte[] {1});
        store.services().settings().put(bucket, Settings.VERSIONING, Versioning.ENABLED, BucketSettings.Rule.any());
        bucket = store.services().buckets().find(bucket.name()).orElseThrow();
        for (int i = 0; i < 250; i++) {
            store.put(bucket, "k", new byte[] {1, 2});
        }
        var _ = store.services().objects().delete(bucket, "k");
        Element current = document("all", "");
        Element versions = new Element(
                current.name(),
                "",
                current.children().stream()
                        .map(child -> child.name().equals("IncludedObjectVersions")
                                ? new Element(child.name(), "All", List.of())
                                : child)
                        .toList());
        String _ = store.services().inventories().ask(bucket, InventoryConfiguration.readOneTime("all", versions));
        work(worker());
        List<String> lines = lines(manifest("all", "20260202"));
        assertThat(lines).hasSize(252).doesNotHaveDuplicates();
        assertThat(lines.getFirst()).matches("1250000000,photos,k,[^,]+,true,true,");
        assertThat(lines.get(1)).matches("1250000000,photos,k,[^,]+,false,false,2");
        assertThat(lines.getLast()).isEqualTo("1250000000,photos,k,null,false,false,1");
    }

    @Test
    void aReportThatCannotBeWrittenIsGivenUp() {
        ask("once");
        store.services().buckets().delete(reports, List.of(ObjectRows.CURRENT));
        InventoryWorker worker = worker();
        work(worker);
        assertThat(worker.figures()).containsEntry("failed", 1L).containsEntry("reports", 0L);
        work(worker);
        assertThat(worker.figures()).containsEntry("failed", 1L);
    }

    @Test
    void inventoriesGoWithTheirBucket() {
        set("daily");
        ask("once");
        BucketInventories inventories = store.services().inventories();
        store.services()
                .buckets()
                .delete(store.services().buckets().find(bucket.name()).orElseThrow(), List.of(ObjectRows.CURRENT));
        bucket = store.bucket("photos");
        assertThat(inventories.list(bucket)).isEmpty();
        pass(Duration.ofDays(1));
        work(worker());
        assertThat(written()).isEmpty();
    }

    @Test
    void reportsAreEncryptedIfTheyAreToBe() {
        Element plain = document("once", "");
        Element sse = withEncryption(plain);
        String _ = store.services().inventories().ask(bucket, InventoryConfiguration.readOneTime("once", sse));
        work(worker());
        assertThat(written())
                .hasSize(3)
                .allSatisfy(key -> assertThat(store.services()
                                .objects()
                                .find(reports, key)
                                .orElseThrow()
                                .version()
                                .content()
                                .encryption()
                                .isNone())
                        .isFalse());
    }

    private static Element withEncryption(Element element) {
        List<Element> children = new ArrayList<>(element.children().stream()
                .map(InventoryWorkerTest::withEncryption)
                .toList());
        if (element.name().equals("COSBucketDestination")) {
            children.add(new Element("SSE-COS", "", List.of()));
        }
        return new Element(element.name(), element.content(), children);
    }
}

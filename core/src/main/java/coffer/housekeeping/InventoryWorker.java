package coffer.housekeeping;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketInventories;
import coffer.bucket.BucketInventories.Open;
import coffer.bucket.BucketService;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryRun;
import coffer.lifecycle.LifecycleDays;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectVersion;
import coffer.object.StreamBody;
import coffer.request.Digests;
import coffer.store.MetadataStore;
import coffer.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the lists that buckets are set to have made: at midnight of +08:00, or as soon as one is asked for. A report is files
 * of bounded length, written one after the other, then its manifest. How far it is is kept behind each file; after a crash
 * the file that was being written is written again, under its name.
 */
public final class InventoryWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryWorker.class);
    private static final String ASKED = "asked";

    /** It is woken when there is something to do, but for what was known to a process alone that was killed. */
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(5);

    private static final Headers SSE_COS = Headers.of("x-cos-server-side-encryption", "AES256");

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final BucketInventories inventories;
    private final ObjectDelivery delivery;
    private final InstantSource clock;
    private final Options options;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong reports = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private volatile Runnable wake = () -> {};

    /**
     * How it goes about it.
     *
     * @param rowsPerSecond how fast it may be, from 1
     * @param linesPerFile how long a file of a report may become, from 1
     */
    public record Options(long rowsPerSecond, long linesPerFile) {
        /** A hundred million rows an hour, and a million lines in a file. */
        public static final Options USUAL = new Options(30_000, 1_000_000);
    }

    public InventoryWorker(
            MetadataStore metadata,
            BucketService buckets,
            BucketInventories inventories,
            ObjectDelivery delivery,
            InstantSource clock,
            Options options) {
        this.metadata = metadata;
        this.buckets = buckets;
        this.inventories = inventories;
        this.delivery = delivery;
        this.clock = clock;
        this.options = options;
    }

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public long unitsPerSecond() {
        return options.rowsPerSecond;
    }

    @Override
    public void onStart(Runnable waker) {
        wake = waker;
        inventories.onAsked(() -> take(Set.of(ASKED)));
    }

    @Override
    public Set<String> errands() {
        return isAsked.getAndSet(false) ? Set.of(ASKED) : Set.of();
    }

    @Override
    public void take(Set<String> errands) {
        isAsked.set(true);
        wake.run();
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("rows", rows.get());
        figures.put("reports", reports.get());
        figures.put("failed", failed.get());
        return figures;
    }

    @Override
    public Next work(Shift shift) {
        Instant now = clock.instant();
        isAsked.set(false);
        inventories.beginDue(now);
        List<Open> open = inventories.open(now);
        for (Open report : open) {
            if (shift.isOver()) {
                return new Next.Now();
            }
            try {
                make(report, shift);
            } catch (InventoryFile.Interrupted e) {
                return new Next.Now();
            }
        }
        if (!open.isEmpty()) {
            return new Next.Now();
        }
        Instant midnight = LifecycleDays.REAL.next(now);
        Instant look = now.plus(LOOKS_EVERY);
        return new Next.At(midnight.isBefore(look) ? midnight : look);
    }

    private void make(Open begun, Shift shift) {
        Open open = begun;
        InventoryConfiguration configuration = begun.run().configuration().orElseThrow();
        try {
            Bucket target = target(begun.bucket(), configuration);
            while (!open.run().isListed()) {
                Optional<Open> next = inventories.save(open, withFile(open, configuration, target, shift));
                if (next.isEmpty()) {
                    return; // its bucket is gone
                }
                open = next.get();
            }
            manifest(open, configuration, target);
            reports.incrementAndGet();
            end(open);
        } catch (CosException e) {
            if (e.error().status() == CosError.SERVICE_UNAVAILABLE.status()) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, e.message(), e);
            }
            fail(open, e.error().code() + ": " + e.message());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT) {
                throw e;
            }
            fail(open, String.valueOf(e.getMessage()));
        }
    }

    /** Whose it is may have changed since it was set: it may be another bucket of that name. */
    private Bucket target(Bucket source, InventoryConfiguration configuration) {
        return buckets.find(configuration.destination().bucket())
                .filter(bucket -> bucket.appId().equals(source.appId()))
                .filter(bucket -> bucket.region().equals(source.region()))
                .orElseThrow(() -> CosError.NO_SUCH_BUCKET.because(
                        "The destination bucket " + configuration.destination().bucket() + " does not exist."));
    }

    private InventoryRun withFile(Open open, InventoryConfiguration configuration, Bucket target, Shift shift) {
        InventoryRun run = open.run();
        InventoryEntries entries = new InventoryEntries(metadata, open.bucket(), configuration, run.position());
        try (InventoryFile file = new InventoryFile(
                entries,
                new InventoryLines(open.bucket(), configuration),
                run.listed(),
                run.reported(),
                options.linesPerFile,
                shift,
                rows)) {
            String key = InventoryManifest.folder(open.bucket(), configuration)
                    + name(run.jobId(), run.files().size()) + ".csv.gz";
            write(target, key, "application/gzip", configuration, new StreamBody(file, -1));
            InventoryRun.ReportFile written = new InventoryRun.ReportFile(key, file.sizeBytes(), file.md5());
            return run.plus(written, entries.position(), !entries.hasNext(), file.listed(), file.reported());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for the same file, so that who writes it again leaves none behind. */
    private static String name(String jobId, int number) {
        byte[] seed = (jobId + "/" + number).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString();
    }

    private void manifest(Open open, InventoryConfiguration configuration, Bucket target) {
        String key = InventoryManifest.key(open.bucket(), configuration, open.run());
        byte[] document = InventoryManifest.document(open.bucket(), configuration, open.run());
        byte[] checksum =
                HexFormat.of().formatHex(Digests.md5().digest(document)).getBytes(StandardCharsets.US_ASCII);
        write(target, key + "json", "application/json", configuration, StreamBody.of(document));
        write(target, key + "checksum", "text/plain", configuration, StreamBody.of(checksum));
    }

    private void write(
            Bucket target, String key, String contentType, InventoryConfiguration configuration, StreamBody body) {
        List<Headers.Header> headers = new ArrayList<>(List.of(new Headers.Header("Content-Type", contentType)));
        if (configuration.destination().isEncrypted()) {
            headers.addAll(SSE_COS.all());
        }
        ObjectVersion _ = delivery.deliver(target, key, Headers.of(headers), body);
    }

    private void end(Open open) {
        Optional<Open> _ = inventories.save(open, open.run().end());
    }

    /** It is not tried again: the next one is made when it is due. */
    private void fail(Open open, String reason) {
        LOG.warn(
                "The inventory {} of {} was not made: {}",
                open.id(),
                open.bucket().name(),
                reason);
        failed.incrementAndGet();
        end(open);
    }
}

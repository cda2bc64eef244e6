package coffer.housekeeping;

import coffer.accesslog.LogSpool;
import coffer.accesslog.SpoolFile;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectService;
import coffer.object.StreamBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access logs into the buckets that are meant to have them, every five minutes by the clock. A log that may have been
 * delivered before a crash is delivered under the same key, so nothing is there twice. Source: COS docs, "Logging Overview".
 */
public final class AccessLogWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLogWorker.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final long MIB = 1024 * 1024;
    private static final Headers HEADERS = Headers.of("Content-Type", "text/plain; charset=utf-8");

    /** Such a log is written in five seconds, and is no burden for who else uses the disk. */
    private static final long MIB_PER_SECOND = 64;

    private final LogSpool spool;
    private final BucketService buckets;
    private final ObjectService objects;
    private final ObjectDelivery delivery;
    private final InstantSource clock;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private Instant next = Instant.MIN;

    public AccessLogWorker(
            LogSpool spool,
            BucketService buckets,
            ObjectService objects,
            ObjectDelivery delivery,
            InstantSource clock) {
        this.spool = spool;
        this.buckets = buckets;
        this.objects = objects;
        this.delivery = delivery;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "access-logs";
    }

    /** In MiB. */
    @Override
    public long unitsPerSecond() {
        return MIB_PER_SECOND;
    }

    /** Each delivers what it has taken down itself; the keys of logs have a part that is made by chance. */
    @Override
    public boolean isOfEachProcess() {
        return true;
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("records", spool.records());
        figures.put("lost", spool.lost());
        figures.put("delivered", delivered.sum());
        figures.put("dropped", dropped.sum());
        return figures;
    }

    /** Delivers all that was taken down before, what an earlier server left at once. */
    @Override
    public Next work(Shift shift) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return new Next.At(next);
        }
        for (SpoolFile log : spool.seal()) {
            if (shift.isOver()) {
                return new Next.Now();
            }
            deliver(log);
            shift.pace(log.lengthBytes() / MIB);
        }
        next = behind(now);
        return new Next.At(next);
    }

    private static Instant behind(Instant now) {
        long seconds = EVERY.toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), seconds) + 1) * seconds);
    }

    private void deliver(SpoolFile log) {
        SpoolFile.Destination to = log.destination();
        Optional<Bucket> target = buckets.find(to.bucket())
                .filter(bucket -> bucket.state() == Bucket.State.ACTIVE)
                .filter(bucket -> bucket.ownerUin().equals(to.ownerUin()));
        try {
            if (target.isEmpty()) {
                throw CosError.NO_SUCH_BUCKET.exception();
            }
            if (!isThere(target.get(), log)) {
                write(target.get(), log);
            }
            delivered.increment();
            spool.remove(log);
        } catch (CosException e) {
            refused(log, e);
        }
    }

    /** The key has a part that nobody else has made. */
    private boolean isThere(Bucket target, SpoolFile log) {
        return objects.find(target, log.destination().key())
                .filter(found -> found.version().sizeBytes() == log.lengthBytes())
                .isPresent();
    }

    private void write(Bucket target, SpoolFile log) {
        try (InputStream lines = log.open()) {
            delivery.deliver(target, log.destination().key(), HEADERS, new StreamBody(lines, log.lengthBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What cannot be delivered now is tried again with the next logs, unless there is nowhere to deliver it to. */
    private void refused(SpoolFile log, CosException e) {
        SpoolFile.Destination to = log.destination();
        boolean isGone = e.error() == CosError.NO_SUCH_BUCKET;
        LOG.warn(
                "An access log of {} {} into {}: {}",
                to.source(),
                isGone ? "is dropped, since it cannot be written" : "waits, since it cannot be written",
                to.bucket(),
                e.message());
        if (isGone) {
            dropped.increment();
            spool.remove(log);
        }
    }
}

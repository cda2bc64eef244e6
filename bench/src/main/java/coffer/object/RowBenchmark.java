package coffer.object;

import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.encryption.Encryption;
import coffer.encryption.Salt;
import coffer.request.KeyEncoding;
import coffer.store.Row;
import coffer.store.RowGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The row of an object as bytes and back, and a page of 1,000 of them as XML. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
    private static final Bucket BUCKET = new Bucket(
            "bench-1250000000",
            "1250000000",
            "100000000001",
            "ap-guangzhou",
            Instant.EPOCH,
            "b-1",
            false,
            Bucket.State.ACTIVE,
            0,
            Map.of());

    private final ObjectVersion version = new ObjectVersion(
            "0123456789abcdef01234567",
            4096,
            "0123456789abcdef0123456789abcdef",
            0x1234_5678_9abc_def0L,
            Instant.parse("2026-02-02T08:00:00Z"),
            0,
            Optional.empty(),
            Attributes.of(Headers.of("Content-Type", "image/jpeg", "x-cos-meta-author", "nobody")),
            Content.tail(4096, Salt.NONE, new Encryption.None()));
    private final Row row = new Row(
            new RowGroup("b-1", "photos/cat.jpg").row('o'),
            version.toBytes(ObjectVersion.RowPlace.OWN, true),
            Optional.empty());
    private final List<ObjectListing.Entry> entries = new ArrayList<>();

    @Setup
    public void fill() {
        for (int i = 0; i < 1000; i++) {
            entries.add(new ObjectListing.Entry("photos/%08d.jpg".formatted(i), version));
        }
    }

    @Benchmark
    public byte[] encode() {
        return version.toBytes(ObjectVersion.RowPlace.OWN, true);
    }

    @Benchmark
    public ObjectVersion decode() {
        return ObjectRows.summary(row);
    }

    @Benchmark
    public byte[] listing1000() {
        return ListObjects.document(
                        BUCKET.name(),
                        new ObjectListing.Selection("", "", "", 1000),
                        new ObjectListing.Page(entries, List.of(), Optional.empty()),
                        new ListedEntries(BUCKET, KeyEncoding.NONE, ListingWords.COS, Optional.empty()))
                .toBytes();
    }
}

package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import coffer.encryption.Encryption;
import coffer.encryption.Salt;
import coffer.record.RecordWriter;
import coffer.restore.Restoration;
import coffer.restore.RestoreRequest;
import coffer.restore.RestoreTier;
import coffer.store.BlobId;
import coffer.store.Commit;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of objects as bytes: those of today, and those of older programs. */
class ObjectVersionRecordTest {
    private static final Instant TIME = Instant.parse("2026-02-02T08:00:00Z");
    private static final ObjectChecksum CHECKSUM =
            new ObjectChecksum(ChecksumAlgorithm.CRC32C, ObjectChecksum.Type.COMPOSITE, "4waSgw==-2");

    @Test
    void readsRowsOfTheFirstFormat() {
        byte[] row = described(new RecordWriter(1))
                .number(0)
                .number(1)
                .number(2)
                .number(11)
                .number(100)
                .number(12)
                .number(23)
                .toBytes();
        ObjectVersion version = ObjectVersion.fromBytes(row).version();
        assertThat(version.sizeBytes()).isEqualTo(123);
        assertThat(version.checksum()).isEmpty();
        assertThat(version.parts()).containsExactly(ObjectPart.of(1, 100), ObjectPart.of(2, 23));
        assertThat(ObjectVersion.isCopy(row)).isFalse();
    }

    @Test
    void readsRowsFromBeforeThereWerePartsAndChecksums() {
        RecordWriter begun = new RecordWriter(2).number(1);
        VersionId.UNVERSIONED.write(begun);
        RecordWriter out = described(begun)
                .number(0)
                .number(0)
                .number(1)
                .number(2)
                .number(11)
                .number(100);
        out.number(12).number(23);
        new Encryption.None().write(out);
        ObjectVersion version = ObjectVersion.fromBytes(out.toBytes()).version();
        assertThat(version.sizeBytes()).isEqualTo(123);
        assertThat(version.checksum()).isEmpty();
        assertThat(version.parts()).containsExactly(ObjectPart.of(1, 100), ObjectPart.of(2, 23));
        assertThat(ObjectVersion.isCopy(out.toBytes())).isTrue();
    }

    /** All fields up to the attributes, of an object of two parts. */
    private static RecordWriter described(RecordWriter out) {
        return out.text("write")
                .number(123)
                .text("0123456789abcdef0123456789abcdef-2")
                .number(7)
                .time(TIME)
                .number(0)
                .optionalText(Optional.of("upload"))
                .text("STANDARD")
                .texts(Map.of("Content-Type", "text/plain"))
                .texts(Map.of());
    }

    @Test
    void aLastPartWithoutBytesIsCountedByTheETag() {
        ObjectVersion version = version(2, List.of(extent(100)), List.of(), Optional.empty());
        assertThat(version.parts()).containsExactly(ObjectPart.of(1, 100), ObjectPart.of(2, 0));
    }

    @Test
    void whatIsNoUploadHasNoParts() {
        ObjectVersion version = new ObjectVersion(
                "write",
                3,
                "0123456789abcdef0123456789abcdef-3",
                7,
                TIME,
                3,
                Optional.empty(),
                Attributes.of(Headers.NONE),
                Content.tail(3, Salt.NONE, new Encryption.None()));
        assertThat(version.parts()).isEmpty();
        assertThat(version.toBytes(ObjectVersion.RowPlace.OWN, true)[0]).isEqualTo((byte) 2);
    }

    /** Few extents are in the row itself, many in a manifest. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 1000})
    void keepsNumbersAndChecksumsOfParts(int count) {
        List<Extent> extents =
                IntStream.range(0, count).mapToObj(i -> extent(100 + i)).toList();
        List<ObjectPart> parts = IntStream.range(0, count)
                .mapToObj(i -> new ObjectPart(2 * i + 1, 100 + i, Optional.of("4waSgw==")))
                .toList();
        ObjectVersion version = version(count, extents, parts, Optional.of(CHECKSUM));
        for (ObjectVersion.RowPlace place : ObjectVersion.RowPlace.values()) {
            byte[] row = version.toBytes(place, count <= 4);
            assertThat(ObjectVersion.isCopy(row)).isEqualTo(place == ObjectVersion.RowPlace.COPY);
            assertThat(ObjectVersion.fromBytes(row).version().checksum()).contains(CHECKSUM);
        }
        assertThat(stored(version)).isEqualTo(version);
    }

    @Test
    void writesNoPartsWhereTheExtentsTell() {
        List<Extent> extents = IntStream.range(0, 9).mapToObj(i -> extent(100)).toList();
        ObjectVersion version = version(9, extents, List.of(), Optional.empty());
        assertThat(version.toBytes(ObjectVersion.RowPlace.OWN, false)[0]).isEqualTo((byte) 2);
        assertThat(ContentRecord.manifest(version.content())[0]).isEqualTo((byte) 1);
        assertThat(stored(version)).isEqualTo(version);
        assertThat(version.parts()).hasSize(9).endsWith(ObjectPart.of(9, 100));
    }

    /** Restorations and symlinks have a format of their own, which programs that know neither refuse. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5})
    void keepsRestorationsAndTargets(int count) {
        List<Extent> extents =
                IntStream.range(0, count).mapToObj(i -> extent(100 + i)).toList();
        List<ObjectPart> parts = IntStream.range(0, count / 2)
                .mapToObj(i -> new ObjectPart(2 * i + 1, 100 + i, Optional.of("4waSgw==")))
                .toList();
        for (Optional<ObjectChecksum> checksum : List.of(Optional.<ObjectChecksum>empty(), Optional.of(CHECKSUM))) {
            ObjectVersion plain = version(count, extents, parts, checksum);
            Restoration restoration =
                    Restoration.begin(new RestoreRequest(3, RestoreTier.BULK), TIME, Duration.ofHours(5));
            for (ObjectVersion version : List.of(
                    plain.with(restoration),
                    plain.linkedTo(Optional.of("目标")),
                    plain.linkedTo(Optional.of("a")).with(restoration))) {
                assertThat(version.toBytes(ObjectVersion.RowPlace.OWN, true)[0]).isEqualTo((byte) 4);
                assertThat(ObjectVersion.isCopy(version.toBytes(ObjectVersion.RowPlace.COPY, true)))
                        .isTrue();
                assertThat(stored(version)).isEqualTo(version);
            }
        }
    }

    /** Written by the rows of a store and read back. */
    private static ObjectVersion stored(ObjectVersion version) {
        MemoryEngine engine = new MemoryEngine();
        ObjectRows rows = new ObjectRows(engine);
        RowGroup group = new RowGroup("b-1", "k");
        assertThat(engine.commit(Commit.ofRows(
                        group, List.of(), rows.put(group.row(ObjectRows.CURRENT), version, Optional.empty()))))
                .isTrue();
        Row row = engine.get(group.row(ObjectRows.CURRENT)).orElseThrow();
        return rows.complete(row).orElseThrow().version();
    }

    private static Extent extent(long bytes) {
        return new Extent(new BlobId(bytes), bytes, Salt.NONE);
    }

    private static ObjectVersion version(
            int count, List<Extent> extents, List<ObjectPart> parts, Optional<ObjectChecksum> checksum) {
        return new ObjectVersion(
                        "write",
                        extents.stream().mapToLong(Extent::lengthBytes).sum(),
                        "0123456789abcdef0123456789abcdef-" + count,
                        7,
                        TIME,
                        0,
                        Optional.of("upload"),
                        Attributes.of(Headers.NONE),
                        Content.of(extents, new Encryption.None(), parts))
                .with(checksum);
    }
}

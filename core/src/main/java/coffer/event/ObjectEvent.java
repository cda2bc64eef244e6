package coffer.event;

import coffer.checksum.Crc64;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that has happened to an object, as it is kept until everybody was told.
 *
 * @param sequence grows with each event of a key
 * @param time when it happened
 * @param versionId as clients see it; empty where versions have none
 * @param etag without quotes; empty for what was removed
 * @param contentType empty for what was removed
 */
public record ObjectEvent(
        EventType type,
        long sequence,
        Instant time,
        String key,
        Optional<String> versionId,
        long sizeBytes,
        String etag,
        String contentType,
        Cause cause) {
    private static final int FORMAT = 1;

    /** Unique for its key. */
    public String id() {
        return String.format("%016x", sequence);
    }

    /** Unique in its bucket: two processes may give the same sequence to events of different keys. */
    public String uniqueId() {
        return id() + "%016x".formatted(Crc64.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** The row. */
    public byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(type.name())
                .number(sequence)
                .time(time)
                .text(key)
                .optionalText(versionId)
                .number(sizeBytes)
                .text(etag)
                .text(contentType)
                .text(cause.act().name())
                .text(cause.requester())
                .text(cause.remoteAddress())
                .text(cause.requestId())
                .toBytes();
    }

    /**
     * What {@link #toBytes} wrote.
     *
     * @throws coffer.store.StoreException {@code CORRUPT}
     */
    public static ObjectEvent fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new ObjectEvent(
                EventType.valueOf(in.text()),
                in.number(),
                in.time(),
                in.text(),
                in.optionalText(),
                in.number(),
                in.text(),
                in.text(),
                new Cause(Cause.Act.valueOf(in.text()), in.text(), in.text(), in.text()));
    }
}

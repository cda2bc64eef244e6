package coffer.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads the batches of a segment in order. Not thread-safe. */
final class SegmentReader {
    private static final int SEARCH_BYTES = 1024 * 1024;

    private final Segment segment;
    private final long length;
    private long position;

    SegmentReader(Segment segment, long position) throws IOException {
        this.segment = segment;
        this.length = segment.lengthBytes();
        this.position = position;
    }

    /** A whole batch whose checksum is right. */
    record Batch(ByteBuffer payload, long payloadPosition, long sequence) {}

    /** Behind the last batch read. */
    long position() {
        return position;
    }

    /** The next batch, or empty at the end of what is whole. */
    Optional<Batch> next() throws IOException {
        if (position + LogWriter.HEADER_BYTES > length) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.allocate(LogWriter.HEADER_BYTES);
        read(header, position);
        int payloadBytes = header.getInt(4);
        boolean plausible = header.getInt(0) == LogWriter.MAGIC
                && payloadBytes > 0
                && position + LogWriter.HEADER_BYTES + payloadBytes <= length
                && header.getLong(8) == segment.number();
        if (!plausible) {
            return Optional.empty();
        }
        ByteBuffer batch = ByteBuffer.allocate(LogWriter.HEADER_BYTES + payloadBytes);
        read(batch, position);
        if (header.getInt(LogWriter.CRC_OFFSET) != LogWriter.crc(batch, batch.capacity())) {
            return Optional.empty();
        }
        long payloadPosition = position + LogWriter.HEADER_BYTES;
        position += batch.capacity();
        return Optional.of(
                new Batch(batch.position(LogWriter.HEADER_BYTES).slice(), payloadPosition, header.getLong(16)));
    }

    /**
     * Whether a whole batch lies somewhere behind the last one read. A batch is begun only when the one before it is
     * synced, so then what lies between is no torn write but damage.
     */
    boolean hasLaterBatch() throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SEARCH_BYTES);
        for (long at = position; at + LogWriter.HEADER_BYTES <= length; at += SEARCH_BYTES - LogWriter.HEADER_BYTES) {
            read(window.clear().limit((int) Math.min(SEARCH_BYTES, length - at)), at);
            for (int i = 0; i + LogWriter.HEADER_BYTES <= window.limit(); i++) {
                boolean candidate = window.getInt(i) == LogWriter.MAGIC && window.getLong(i + 8) == segment.number();
                if (candidate && new SegmentReader(segment, at + i).next().isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void read(ByteBuffer target, long from) throws IOException {
        while (target.hasRemaining() && segment.channel().read(target, from + target.position()) >= 0) {
            // until it is full: a file may answer in pieces
        }
    }
}

package coffer.store.local;

import coffer.store.BlobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the payload of a batch, be it just written or replayed. */
final class LogPayload {
    private LogPayload() {}

    /** Where a body lies in the log. */
    record BodyPlace(long segment, long position, int lengthBytes, int crc) {}

    /** What a record does to the index. */
    interface Effects {
        void put(byte[] key, byte[] value, Optional<BodyPlace> body);

        void delete(byte[] key);

        void drop(byte[] prefix);

        void adopt(List<BlobId> blobs);

        void release(List<BlobId> blobs);
    }

    /**
     * Reads all records.
     *
     * @param payload from its position to its limit
     * @param segment where it lies
     * @param position where its first byte lies in the segment
     */
    static void read(ByteBuffer payload, long segment, long position, Effects effects) {
        int origin = payload.position();
        while (payload.hasRemaining()) {
            byte type = payload.get();
            if (type == LogWriter.COMMIT) {
                int changes = payload.getInt();
                for (int i = 0; i < changes; i++) {
                    readChange(payload, segment, position - origin, effects);
                }
                effects.adopt(ids(payload));
                effects.release(ids(payload));
            } else {
                effects.drop(bytes(payload, payload.getShort()));
            }
        }
    }

    private static void readChange(ByteBuffer payload, long segment, long offset, Effects effects) {
        byte[] key = bytes(payload, payload.getShort());
        int valueLength = payload.getInt();
        if (valueLength < 0) {
            effects.delete(key);
            return;
        }
        byte[] value = bytes(payload, valueLength);
        int bodyLength = payload.getInt();
        if (bodyLength < 0) {
            effects.put(key, value, Optional.empty());
            return;
        }
        int crc = payload.getInt();
        BodyPlace place = new BodyPlace(segment, offset + payload.position(), bodyLength, crc);
        payload.position(payload.position() + bodyLength);
        effects.put(key, value, Optional.of(place));
    }

    private static byte[] bytes(ByteBuffer payload, int length) {
        byte[] bytes = new byte[length];
        payload.get(bytes);
        return bytes;
    }

    private static List<BlobId> ids(ByteBuffer payload) {
        int count = payload.getInt();
        List<BlobId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(new BlobId(payload.getLong()));
        }
        return ids;
    }
}

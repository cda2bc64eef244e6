package coffer.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What of a file a power cut may take back: each sector that was changed since the last sync. Guarded by its disk. */
final class UnsyncedFile {
    static final int SECTOR_BYTES = 512;
    private static final byte[] ZEROS = new byte[SECTOR_BYTES];

    private final Map<Long, byte[]> durableSectors = new TreeMap<>();
    private long durableBytes;

    UnsyncedFile(long durableBytes) {
        this.durableBytes = durableBytes;
    }

    /** Remembers what is about to be written over. */
    void willWrite(Path file, ByteBuffer bytes, long position) throws IOException {
        boolean nothingNew = position >= durableBytes && isZero(bytes);
        if (!nothingNew) {
            remember(file, position, position + bytes.remaining());
        }
    }

    /** Remembers what is about to be cut off. */
    void willTruncate(Path file, long length) throws IOException {
        remember(file, length, Math.min(Files.size(file), durableBytes));
    }

    private void remember(Path file, long from, long to) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long sector = from / SECTOR_BYTES; sector * SECTOR_BYTES < to; sector++) {
                if (!durableSectors.containsKey(sector)) {
                    durableSectors.put(sector, durable(channel, sector * SECTOR_BYTES));
                }
            }
        }
    }

    private byte[] durable(FileChannel channel, long position) throws IOException {
        if (position >= durableBytes) {
            return ZEROS;
        }
        ByteBuffer content = ByteBuffer.allocate(SECTOR_BYTES);
        channel.read(content, position);
        return isZero(content.duplicate().flip()) ? ZEROS : content.array();
    }

    private static boolean isZero(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    void synced(long length) {
        durableSectors.clear();
        durableBytes = length;
    }

    /**
     * Makes of a copy of the file what a power cut may leave of it.
     *
     * @param kept the share of unsynced sectors that reached the disk all the same
     */
    void cut(Path copy, double kept, RandomGenerator random) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            boolean keepsLength = channel.size() == durableBytes || random.nextDouble() < kept;
            long length = keepsLength ? channel.size() : durableBytes;
            for (Map.Entry<Long, byte[]> sector : durableSectors.entrySet()) {
                long position = sector.getKey() * SECTOR_BYTES;
                boolean cutOff = position >= channel.size();
                if (position < length && (cutOff || random.nextDouble() >= kept)) {
                    int count = (int) Math.min(SECTOR_BYTES, length - position);
                    channel.write(ByteBuffer.wrap(sector.getValue(), 0, count), position);
                }
            }
            if (channel.size() > length) {
                channel.truncate(length);
            } else if (channel.size() < length) {
                channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
        }
    }
}

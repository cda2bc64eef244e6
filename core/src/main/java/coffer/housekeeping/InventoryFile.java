package coffer.housekeeping;

import coffer.background.Shift;
import coffer.inventory.InventoryRun.Sum;
import coffer.request.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/**
 * One file of a report, made while it is read: no more of it is in memory than what a few lines become. Used by one thread.
 */
final class InventoryFile extends InputStream {
    /** Another file begins behind it, so that none is longer than an object may be. */
    private static final long MAX_BYTES = 1L << 30;

    /** Lines go into the compressor by so much. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final InventoryEntries entries;
    private final InventoryLines lines;
    private final long maxLines;
    private final Shift shift;
    private final AtomicLong rows;
    private final MessageDigest md5 = Digests.md5();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final GZIPOutputStream zip;
    private byte[] ready = new byte[0];
    private int taken;
    private long sizeBytes;
    private long lineCount;
    private boolean isFinished;
    private Sum listed;
    private Sum reported;

    /** The shift ended before the file did. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The file that comes next.
     *
     * @param maxLines it ends behind them
     * @param shift asked before each line
     * @param rows counts what is looked at
     */
    InventoryFile(
            InventoryEntries entries,
            InventoryLines lines,
            Sum listed,
            Sum reported,
            long maxLines,
            Shift shift,
            AtomicLong rows)
            throws IOException {
        this.entries = entries;
        this.lines = lines;
        this.listed = listed;
        this.reported = reported;
        this.maxLines = maxLines;
        this.shift = shift;
        this.rows = rows;
        this.zip = new GZIPOutputStream(out);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (taken == ready.length && !isFinished) {
            fill();
        }
        int count = Math.min(length, ready.length - taken);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(ready, taken, target, offset, count);
        taken += count;
        return count;
    }

    private void fill() throws IOException {
        StringBuilder piece = new StringBuilder(PIECE_BYTES);
        while (piece.length() < PIECE_BYTES && mayGoOn()) {
            if (shift.isOver()) {
                throw new Interrupted();
            }
            shift.pace(1);
            InventoryEntries.Entry entry = entries.next();
            rows.incrementAndGet();
            listed = listed.plus(entry.sizeBytes());
            if (lines.has(entry)) {
                reported = reported.plus(entry.sizeBytes());
                lineCount++;
                piece.append(lines.of(entry));
            }
        }
        zip.write(piece.toString().getBytes(StandardCharsets.UTF_8));
        if (!mayGoOn()) {
            zip.close();
            isFinished = true;
        }
        ready = out.toByteArray();
        taken = 0;
        out.reset();
        md5.update(ready);
        sizeBytes += ready.length;
    }

    private boolean mayGoOn() {
        return lineCount < maxLines && sizeBytes < MAX_BYTES && entries.hasNext();
    }

    /** All that was looked at. */
    Sum listed() {
        return listed;
    }

    /** What of it is in the files. */
    Sum reported() {
        return reported;
    }

    /** Its length, once it was read to its end. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** Its MD5 in hex, once it was read to its end; asked for once. */
    String md5() {
        return HexFormat.of().formatHex(md5.digest());
    }
}

package coffer.record;

import coffer.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link RecordWriter} wrote. */
public final class RecordReader {
    private final byte[] in;
    private int position;

    /**
     * Opens a record.
     *
     * @param newest the newest format the caller understands
     * @throws StoreException {@code CORRUPT} if the record is of a newer format
     */
    public RecordReader(byte[] in, int newest) {
        this.in = in;
        if (in.length == 0 || format() > newest) {
            throw corrupt("a record of an unknown format");
        }
        position = 1;
    }

    /** The format byte the record begins with. */
    public int format() {
        return in[0] & 0xff;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw corrupt("a number that does not end");
    }

    public int count() {
        long count = number();
        if (count < 0 || count > in.length - position) {
            throw corrupt("a count beyond the record's end");
        }
        return (int) count;
    }

    public String text() {
        int length = count();
        String text = new String(in, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    public byte[] bytes() {
        int length = count();
        byte[] bytes = Arrays.copyOfRange(in, position, position + length);
        position += length;
        return bytes;
    }

    public Optional<String> optionalText() {
        return number() == 0 ? Optional.empty() : Optional.of(text());
    }

    public Instant time() {
        return Instant.ofEpochMilli(number());
    }

    /** In the order they were written. */
    public Map<String, String> texts() {
        int size = count();
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
            String name = text();
            texts.put(name, text());
        }
        return texts;
    }

    /** Whether there is more than was read: what later programs added at the end. */
    public boolean hasMore() {
        return position < in.length;
    }

    private byte next() {
        if (position >= in.length) {
            throw corrupt("a record that ends too early");
        }
        return in[position++];
    }

    private static StoreException corrupt(String what) {
        return new StoreException(StoreException.Reason.CORRUPT, "the store holds " + what);
    }
}

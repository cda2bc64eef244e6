package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Optional;

/**
 * A stretch of an object.
 *
 * @param first offset of its first byte
 * @param lengthBytes at least 1, but for an object or part without bytes
 */
public record ByteRange(long first, long lengthBytes) {
    private static final String UNIT = "bytes=";

    /**
     * Resolves a Range header against an object: {@code bytes=a-b}, {@code bytes=a-}, {@code bytes=-n}.
     *
     * @return empty if the header is to be ignored: another unit, several ranges, not a range
     * @throws CosException {@code InvalidRange} if no byte of the object is in it
     */
    public static Optional<ByteRange> resolve(String header, long sizeBytes) {
        if (!header.startsWith(UNIT)) {
            return Optional.empty();
        }
        int dash = header.indexOf('-');
        String from = dash < 0 ? "x" : header.substring(UNIT.length(), dash).strip();
        String to = dash < 0 ? "x" : header.substring(dash + 1).strip();
        if (!isNumber(from) || !isNumber(to) || (from.isEmpty() && to.isEmpty())) {
            return Optional.empty();
        }
        if (from.isEmpty()) {
            long last = Long.parseLong(to);
            long start = last == 0 ? sizeBytes : Math.max(0, sizeBytes - last);
            return Optional.of(within(start, sizeBytes - 1, sizeBytes));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? sizeBytes - 1 : Long.parseLong(to);
        if (!to.isEmpty() && last < first) {
            return Optional.empty();
        }
        if (to.isEmpty() && first == 0 && sizeBytes == 0) {
            return Optional.empty();
        }
        return Optional.of(within(first, last, sizeBytes));
    }

    /** {@code a-b/size}, as Content-Range has it behind the unit. */
    public String text(long sizeBytes) {
        return first + "-" + (first + lengthBytes - 1) + "/" + sizeBytes;
    }

    private static ByteRange within(long first, long last, long sizeBytes) {
        if (first >= sizeBytes) {
            throw CosError.INVALID_RANGE.exception().withHeader("Content-Range", "bytes */" + sizeBytes);
        }
        return new ByteRange(first, Math.min(last, sizeBytes - 1) - first + 1);
    }

    private static boolean isNumber(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

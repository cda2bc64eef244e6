package coffer.select.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of CSV, which is a text, or whatever it is compared or computed with. Valid until the next record is read;
 * {@link #text} stays.
 */
public final class Untyped {
    private final byte[] bytes;
    private final int from;
    private final int to;

    /** The bytes from {@code from} to before {@code to}, which are not copied. */
    public Untyped(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** Where its bytes are. */
    public byte[] array() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** The text; {@code InvalidTextEncoding} if it is none. */
    public String text() {
        return Utf8.strict(bytes, from, to);
    }

    /** The number that it is. */
    public Optional<Object> number() {
        return Optional.ofNullable(numberOrNull());
    }

    @Nullable
    Object numberOrNull() {
        return NumberText.parse(bytes, from, to);
    }

    /** As {@link String#compareTo}, without making a text of it where it is ASCII up to the difference. */
    int compareTo(String other) {
        int common = Math.min(to - from, other.length());
        for (int i = 0; i < common; i++) {
            byte b = bytes[from + i];
            if (b < 0) {
                return text().compareTo(other);
            }
            if (b != other.charAt(i)) {
                return b - other.charAt(i);
            }
        }
        return to - from - other.length();
    }

    @Override
    public String toString() {
        return Utf8.lenient(bytes, from, to);
    }
}

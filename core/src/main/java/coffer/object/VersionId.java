package coffer.object;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The place of a version among those of its key.
 *
 * <p>In rows it is written as 20 digits that shrink with time, so that the newest version comes first; clients see the
 * base64 of those digits, 27 characters, as COS has it.
 *
 * @param sequence grows with every version and delete marker of a key, see {@link coffer.record.UniqueIds#nextSequence};
 *     0 for what was written while the bucket had never been versioned
 * @param isNull whether clients call it {@code null}
 */
public record VersionId(long sequence, boolean isNull) {
    /** What is written while a bucket has never been versioned. */
    public static final VersionId UNVERSIONED = new VersionId(0, true);

    private static final String NULL = "null";
    private static final int DIGITS = 20;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** A version id as a request names it. */
    public sealed interface Named {
        /** The version {@code null}, wherever it is. */
        record Null() implements Named {}

        /** The version of this sequence. */
        record Numbered(long sequence) implements Named {}

        /** What no version is called. */
        record Unknown() implements Named {}

        /** Reads it. */
        static Named parse(String text) {
            return text.equals(NULL)
                    ? new Null()
                    : sequenceOf(text).<Named>map(Numbered::new).orElseGet(Unknown::new);
        }
    }

    /** As clients see it. */
    public String text() {
        return isNull ? NULL : encoded(sequence);
    }

    /** As a request would name it. */
    Named named() {
        return isNull ? new Named.Null() : new Named.Numbered(sequence);
    }

    /** The suffix of its row. */
    String suffix() {
        return suffix(sequence);
    }

    /** 20 digits, fewer the later. */
    static String suffix(long sequence) {
        return new String(digits(sequence), StandardCharsets.US_ASCII);
    }

    private static byte[] digits(long sequence) {
        byte[] digits = new byte[DIGITS];
        long left = -1 - sequence;
        for (int i = DIGITS - 1; i >= 0; i--) {
            long rest = Long.divideUnsigned(left, 10);
            digits[i] = (byte) ('0' + (left - 10 * rest));
            left = rest;
        }
        return digits;
    }

    void write(RecordWriter out) {
        out.number(sequence).number(isNull ? 1 : 0);
    }

    static VersionId read(RecordReader in) {
        return new VersionId(in.number(), in.number() == 1);
    }

    private static String encoded(long sequence) {
        return ENCODER.encodeToString(digits(sequence));
    }

    private static Optional<Long> sequenceOf(String text) {
        try {
            String digits = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            long sequence = -1 - Long.parseUnsignedLong(digits);
            return sequence > 0 && encoded(sequence).equals(text) ? Optional.of(sequence) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // neither base64 nor digits: nothing this server has made
        }
    }
}

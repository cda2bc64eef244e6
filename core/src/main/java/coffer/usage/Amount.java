package coffer.usage;

/**
 * Bytes and objects: what is held, or what a change adds; negative where it takes away.
 *
 * @param bytes of objects with all their versions and of uploaded parts, as clients sent them
 * @param objects versions; delete markers and parts do not count
 */
public record Amount(long bytes, long objects) {
    /** Nothing. */
    public static final Amount NONE = new Amount(0, 0);

    /** A version of an object. */
    public static Amount ofVersion(long bytes) {
        return new Amount(bytes, 1);
    }

    /** A part of an upload. */
    public static Amount ofPart(long bytes) {
        return new Amount(bytes, 0);
    }

    public Amount plus(Amount other) {
        return new Amount(bytes + other.bytes, objects + other.objects);
    }

    public Amount minus(Amount other) {
        return new Amount(bytes - other.bytes, objects - other.objects);
    }
}
